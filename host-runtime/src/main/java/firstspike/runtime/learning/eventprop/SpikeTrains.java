package firstspike.runtime.learning.eventprop;

import java.util.Arrays;

/**
 * Spike trains of one layer over a batch: all spikes of each (sample, neuron), one after the other. The arrays are shared, not
 * copied.
 *
 * @param samples number of samples
 * @param neurons neurons of the layer, or rows of inputs
 * @param first index of the first spike of each (sample, neuron), row-major; length samples x neurons + 1
 * @param time ascending within a train, in units of tau
 */
public record SpikeTrains(int samples, int neurons, int[] first, double[] time) {
    /** Checks the shapes; throws {@link IllegalArgumentException} that names them. */
    public SpikeTrains {
        if (first.length != samples * neurons + 1 || first[first.length - 1] != time.length) {
            throw new IllegalArgumentException("spike trains of " + samples + " samples x " + neurons + " neurons : "
                    + first.length + " borders, " + time.length + " times (expected: " + (samples * neurons + 1)
                    + " borders, the last one the number of times)");
        }
    }

    /**
     * Trains of one spike or none.
     *
     * @param times row-major (sample, neuron); positive infinity is silent
     * @param samples number of samples
     * @param neurons number of neurons
     * @return the trains
     */
    public static SpikeTrains ofFirst(double[] times, int samples, int neurons) {
        int[] first = new int[samples * neurons + 1];
        double[] time = new double[samples * neurons];
        int n = 0;
        for (int i = 0; i < samples * neurons; i++) {
            if (times[i] < Double.POSITIVE_INFINITY) {
                time[n++] = times[i];
            }
            first[i + 1] = n;
        }
        return new SpikeTrains(samples, neurons, first, Arrays.copyOf(time, n));
    }

    /**
     * Index of a train's first spike.
     *
     * @param sample of the batch
     * @param neuron of the layer
     * @return index in {@link #time}; also the end of the train before
     */
    public int begin(int sample, int neuron) {
        return first[sample * neurons + neuron];
    }

    /**
     * End of a train.
     *
     * @param sample of the batch
     * @param neuron of the layer
     * @return index after its last spike
     */
    public int end(int sample, int neuron) {
        return first[sample * neurons + neuron + 1];
    }

    /**
     * Number of spikes of a train.
     *
     * @param sample of the batch
     * @param neuron of the layer
     * @return 0 or more
     */
    public int count(int sample, int neuron) {
        return end(sample, neuron) - begin(sample, neuron);
    }

    /**
     * First spikes.
     *
     * @return row-major (sample, neuron); positive infinity is silent
     */
    public double[] firstTimes() {
        double[] times = new double[samples * neurons];
        for (int i = 0; i < times.length; i++) {
            times[i] = first[i] < first[i + 1] ? time[first[i]] : Double.POSITIVE_INFINITY;
        }
        return times;
    }

    /**
     * Spikes of the longest train.
     *
     * @return 0 or more
     */
    public int longest() {
        int most = 0;
        for (int i = 1; i < first.length; i++) {
            most = Math.max(most, first[i] - first[i - 1]);
        }
        return most;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpikeTrains that
                && samples == that.samples
                && neurons == that.neurons
                && Arrays.equals(first, that.first)
                && Arrays.equals(time, that.time);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(time);
    }

    @Override
    public String toString() {
        return "SpikeTrains[samples=" + samples + ", neurons=" + neurons + ", spikes=" + time.length + "]";
    }
}
