/**
 * UT messages, the words that host and FPGA exchange (wire.md 3 to 5). Every message to the FPGA is exactly one 64-bit
 * word: start with {@link firstspike.driver.message.ToFpga}. Pure functions, any thread.
 */
package firstspike.driver.message;
