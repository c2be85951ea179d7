package firstspike.runtime.session;

import firstspike.driver.coordinate.CrossbarInput;

/**
 * Where the events of one source shall arrive.
 *
 * @param input crossbar input that the events come in by
 * @param neuronLabel low 14 bits of their label
 * @param circuits neuron circuits, 0 to 511, whose synapses shall hear them
 */
public record SpikePath(CrossbarInput input, int neuronLabel, int[] circuits) {}
