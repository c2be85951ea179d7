/**
 * HostARQ, the reliable transport of 64-bit words over UDP between host and FPGA (wire.md 11 to 18). Host side:
 * {@link firstspike.driver.hostarq.HostArqClient}; FPGA side: {@link firstspike.driver.hostarq.HostArqEndpoint}. Both
 * drive the same state machines, which have neither thread nor clock; one event loop thread per session owns them.
 */
package firstspike.driver.hostarq;
