/**
 * Chips behind an FPGA that speaks HostARQ over UDP: {@link firstspike.driver.fpga.FpgaSource} holds the one session with
 * it, a {@link firstspike.driver.fpga.FpgaLink} is the one user of the chip. A program is sent while it
 * is encoded and its answers are decoded as they arrive, into the same result as that of every other link (wire.md 10,
 * playback.md 11). Links have one owner thread; a source may be used from any.
 */
package firstspike.driver.fpga;
