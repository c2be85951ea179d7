/**
 * UT messages, the words that host and FPGA exchange (wire.md 3 to 7). To the FPGA every message is exactly one 64-bit word:
 * start with {@link firstspike.driver.message.ToFpga}. From the FPGA they are a stream of bits: start with
 * {@link firstspike.driver.message.FromFpgaDecoder} and {@link firstspike.driver.message.FromFpgaEncoder}, which hand
 * primitives to and take them as a {@link firstspike.driver.message.TraceMessages}. The {@code …Message} types are a typed
 * view for printing and tests. Functions of words: any thread; encoders and decoders have one owner thread.
 */
package firstspike.driver.message;
