package firstspike.runtime.mapping;

/**
 * Whose a spike label is. Copies of an input have a label each.
 *
 * @param toChip whether the host sends it
 * @param label 16 bit
 * @param population {@link #INPUT}, name of a layer and {@link #BIAS}, or name of a layer
 * @param neuron index in the population, from 0
 */
public record LabelOwner(boolean toChip, int label, String population, int neuron) {

    /** Population of the external inputs. */
    public static final String INPUT = "input";
    /** What follows the name of a layer in the population of its biases; no name of a layer has a point. */
    public static final String BIAS = ".bias";
}
