package firstspike.runtime.learning.eventprop;

/**
 * Keeps the spike counts of hidden neurons within bounds, which no gradient does: a neuron whose mean count over a batch lies
 * outside gets {@code value} added to, or taken from, all its input weights ({@code eventprop.md} section 6).
 *
 * @param min smallest mean count, 0 or more
 * @param max largest mean count, at least {@code min}
 * @param value change of a weight at the first learning rate, 0 or more
 */
public record CountRule(double min, double max, double value) {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public CountRule {
        if (!(min >= 0) || !(max >= min) || !(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("spike_count min " + min + ", max " + max + ", value " + value
                    + " (expected: 0 <= min <= max, value finite, 0 or more)");
        }
    }

    /**
     * Applies the rule to a layer.
     *
     * @param trains of the layer in a batch
     * @param weights row-major (row, neuron), changed in place
     * @param factor present learning rate in units of the first one
     * @return neurons that were changed
     */
    int apply(SpikeTrains trains, double[] weights, double factor) {
        int size = trains.neurons();
        int changed = 0;
        for (int neuron = 0; neuron < size && trains.samples() > 0; neuron++) {
            long spikes = 0;
            for (int sample = 0; sample < trains.samples(); sample++) {
                spikes += trains.count(sample, neuron);
            }
            double mean = (double) spikes / trains.samples();
            double change = mean < min ? value * factor : mean > max ? -value * factor : 0;
            changed += change == 0 ? 0 : 1;
            for (int i = neuron; change != 0 && i < weights.length; i += size) {
                weights[i] += change;
            }
        }
        return changed;
    }
}
