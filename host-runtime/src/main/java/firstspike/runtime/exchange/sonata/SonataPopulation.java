package firstspike.runtime.exchange.sonata;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes of one population.
 *
 * @param name of it
 * @param nodeIds ids, not necessarily without gaps
 * @param modelType {@code point_neuron} or {@code virtual}
 * @param modelTemplate such as {@code pynn:IF_curr_exp}, or {@code NULL}
 * @param parameters by PyNN name, one number a node: times in milliseconds, potentials in model units
 */
public record SonataPopulation(
        String name, long[] nodeIds, String modelType, String modelTemplate, SortedMap<String, double[]> parameters) {

    /** Type of neurons that are emulated. */
    public static final String POINT_NEURON = "point_neuron";
    /** Type of neurons that only send spikes. */
    public static final String VIRTUAL = "virtual";
    /** Template of the neurons of our networks. */
    public static final String CURRENT_BASED = "pynn:IF_curr_exp";

    /** Copies the map. */
    public SonataPopulation {
        parameters = new TreeMap<>(parameters);
    }
}
