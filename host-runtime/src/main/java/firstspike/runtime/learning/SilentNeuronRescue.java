package firstspike.runtime.learning;

/**
 * Finds the first layer with too many silent neurons and raises its weights; remembers layer and bump value between batches.
 * Mutable, one owner thread.
 */
public final class SilentNeuronRescue {
    /** No layer. */
    public static final int NONE = -1;

    private static final long INFINITE = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private final RescueSettings settings;
    private int last = NONE;
    private double bumpValue;
    private boolean saturated;

    /**
     * A rescue that has bumped nothing yet.
     *
     * @param settings form and limits
     */
    public SilentNeuronRescue(RescueSettings settings) {
        this.settings = settings;
        bumpValue = settings.value();
    }

    /**
     * Fraction of (sample, neuron) pairs without a spike.
     *
     * @param times spike times of a layer
     * @param count samples times neurons, at most the length
     * @return 0 to 1, 0 for no pairs
     */
    public static double missing(double[] times, int count) {
        int silent = 0;
        for (int i = 0; i < count; i++) {
            // by bits: a branch would follow no pattern
            silent += Double.doubleToRawLongBits(times[i]) == INFINITE ? 1 : 0;
        }
        return count == 0 ? 0 : (double) silent / count;
    }

    /**
     * Decides about a batch and sets the bump value for it.
     *
     * @param missing silent fraction per layer
     * @param limits largest allowed fraction per layer
     * @return the layer to bump, or {@link #NONE}
     */
    public int decide(double[] missing, double[] limits) {
        int layer = NONE;
        for (int i = 0; i < missing.length && layer == NONE; i++) {
            if (missing[i] > limits[i]) {
                layer = i;
            }
        }
        saturated = false;
        if (layer != NONE) {
            boolean again = settings.exponential() && layer == last;
            double wanted = again ? 2 * bumpValue : settings.value();
            bumpValue = Math.min(wanted, settings.max());
            saturated = bumpValue < wanted;
        }
        last = layer;
        return layer;
    }

    /**
     * Raises the weights of the layer that was decided on.
     *
     * @param model the layer's shape
     * @param weights changed in place (presynaptic, postsynaptic), biases included
     * @param times spike times of the layer
     * @param samples number of samples
     */
    public void bump(LayerModel model, double[] weights, double[] times, int samples) {
        bump(model, weights, times, samples, 1);
    }

    /**
     * Raises the weights of the layer that was decided on by a part of the bump value.
     *
     * @param model the layer's shape
     * @param weights changed in place (presynaptic, postsynaptic), biases included
     * @param times first spike times of the layer
     * @param samples number of samples
     * @param factor part of the bump value, 0 or more
     */
    public void bump(LayerModel model, double[] weights, double[] times, int samples, double factor) {
        int size = model.size();
        for (int neuron = 0; neuron < size; neuron++) {
            if (settings.targeted() && !silentSomewhere(times, samples, size, neuron)) {
                continue;
            }
            for (int i = neuron; i < weights.length; i += size) {
                weights[i] += bumpValue * factor;
            }
        }
    }

    /**
     * Whether the present bump value was held back by the upper limit.
     *
     * @return true at the limit
     */
    public boolean saturated() {
        return saturated;
    }

    /**
     * Layer bumped in the latest batch.
     *
     * @return index or {@link #NONE}
     */
    public int last() {
        return last;
    }

    /**
     * Present bump value.
     *
     * @return weight units
     */
    public double bumpValue() {
        return bumpValue;
    }

    /**
     * Continues from a stored state.
     *
     * @param lastLayer layer bumped in the latest batch or {@link #NONE}
     * @param value its bump value, not used for {@link #NONE}
     */
    public void restore(int lastLayer, double value) {
        last = lastLayer;
        bumpValue = lastLayer == NONE ? settings.value() : value;
    }

    private static boolean silentSomewhere(double[] times, int samples, int size, int neuron) {
        for (int sample = 0; sample < samples; sample++) {
            if (times[sample * size + neuron] == Double.POSITIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }
}
