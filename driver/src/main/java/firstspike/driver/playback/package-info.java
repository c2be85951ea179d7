/**
 * Playback programs: lists of instructions for the FPGA, held as the UT words that go down the wire (playback.md 3, 13).
 * Start with {@link firstspike.driver.playback.PlaybackProgram#builder()}; reads give
 * {@link firstspike.driver.playback.Ticket}s that are redeemed at the result. Builders belong to one thread, programs and
 * tickets to all.
 */
package firstspike.driver.playback;
