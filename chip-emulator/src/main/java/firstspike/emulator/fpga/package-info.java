/**
 * The emulated FPGA: it executes the words of a playback program tick by tick, turns what reaches the chip into effects,
 * and packs what comes back into the trace.
 *
 * <p>Start with {@link firstspike.emulator.fpga.PlaybackExecutor}. It runs ahead of the chip: instructions become timed
 * effects, the fabric consumes them in batches, the trace orders what comes back. One owner thread. Behind a network it is
 * a {@link firstspike.emulator.fpga.FpgaEndpoint}. Source: {@code spec/playback.md} 2 to 4, 6.2, 9 and 10,
 * {@code spec/registers.md} 13 and 14, {@code spec/wire.md} 17.
 */
package firstspike.emulator.fpga;
