/**
 * The door of the emulator: {@link firstspike.emulator.EmulatedChip} executes playback programs in process,
 * {@link firstspike.emulator.EmulatorSource} makes such chips, {@link firstspike.emulator.FpgaServer} puts one behind UDP
 * ports, and targets of the scheme {@code emu} lead here. The only input of a chip is the stream of instruction words.
 */
package firstspike.emulator;
