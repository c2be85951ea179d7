/**
 * The experiments of a first hour with the chip: one neuron that its leak drives over the threshold, its rate against a
 * current, one synaptic input, each recorded by both converters and drawn against the model (journeys.md 1.2). Start with
 * {@link firstspike.experiments.firsthour.FirstHour}; nothing here knows how a chip is emulated.
 */
package firstspike.experiments.firsthour;
