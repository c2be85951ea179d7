package firstspike.runtime.recording.log;

import java.util.Objects;

/**
 * Which neuron a label stands for.
 *
 * @param direction label space
 * @param label 0 to 65535
 * @param population its name
 * @param neuron index in the population, from 0
 */
public record LabelEntry(SpikeDirection direction, int label, String population, int neuron) {

    /** Checks the ranges. */
    public LabelEntry {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(population, "population");
        if (label < 0 || label > 0xffff || neuron < 0) {
            throw new IllegalArgumentException("label " + label + " of " + population + "[" + neuron
                    + "] (limit: label 0 to 65535, neuron from 0); give a spike label");
        }
    }
}
