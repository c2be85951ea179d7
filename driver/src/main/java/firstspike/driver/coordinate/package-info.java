/**
 * Places on the chip as range-checked, ordered values, with the conversions between them: neurons, synapse words,
 * drivers, buses, crossbar, analog cells, and the spike label that travels through all of them. Start with
 * {@link firstspike.driver.coordinate.AtomicNeuron} and {@link firstspike.driver.coordinate.SpikeLabel}. Everything
 * is
 * immutable. Source: registers.md sections 3, 5, 9 and 10.
 */
package firstspike.driver.coordinate;
