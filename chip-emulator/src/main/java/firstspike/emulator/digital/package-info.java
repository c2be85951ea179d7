/**
 * The digital half of the chip: registers, crossbar, PADI buses, synapse drivers and event outputs, exact to the
 * half-tick of 4 ns. Start with {@link firstspike.emulator.digital.ChipFabric}, which consumes
 * {@link firstspike.emulator.digital.ChipEffects}. One owner thread. Source: {@code spec/playback.md} 5, 6, 12.
 */
package firstspike.emulator.digital;
