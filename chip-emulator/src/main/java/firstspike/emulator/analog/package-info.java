/**
 * The analog side of the emulated chip: CapMem cells, transfer laws, fixed pattern and trial noise, and the membranes of
 * the 512 neuron circuits, advanced exactly from event to event.
 *
 * <p>Start with {@link firstspike.emulator.analog.ChipModel} (what chip is emulated) and
 * {@link firstspike.emulator.analog.NeuronArray} (the seam to the digital fabric). Immutable types are shared freely; a
 * {@code NeuronArray} belongs to one thread. Source of all laws: {@code spec/analog.md}.
 */
package firstspike.emulator.analog;
