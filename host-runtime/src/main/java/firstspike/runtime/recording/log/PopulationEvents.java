package firstspike.runtime.recording.log;

import java.util.OptionalLong;

/**
 * Events of a population.
 *
 * @param direction label space
 * @param name as the header has it
 * @param events of all its neurons
 * @param silent neurons without an event; empty when the labels were not read
 */
public record PopulationEvents(SpikeDirection direction, String name, long events, OptionalLong silent) {}
