package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * What the MADC has recorded of a neuron. Arrays belong to the reader.
 *
 * @param neuron the circuit
 * @param ticks time of each sample in ticks of 8 ns after the start
 * @param values readings, 0 to 1023; fewer than were asked for when samples were lost
 */
public record MadcTrace(AtomicNeuron neuron, int[] ticks, short[] values) {}
