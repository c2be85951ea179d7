package firstspike.runtime.training;

import firstspike.runtime.learning.eventprop.SpikeTrains;
import java.util.List;
import java.util.SortedMap;

/**
 * How a network did on a set of samples.
 *
 * @param samples number of samples
 * @param correct samples classified right
 * @param loss mean loss, 0 for no samples
 * @param predicted class of each sample, -1 without any label spike
 * @param labelTimes times of the label layer in units of tau, sample after sample; positive infinity is silent
 * @param labelTrains all spikes of the label layer, batch after batch; empty where first ones alone count
 * @param missing silent fraction of (sample, neuron) pairs of each layer
 * @param counters health counters of the executor
 * @param chipSeconds time that the chip was busy
 */
public record Evaluation(
        int samples,
        int correct,
        double loss,
        int[] predicted,
        double[] labelTimes,
        List<SpikeTrains> labelTrains,
        double[] missing,
        SortedMap<String, Long> counters,
        double chipSeconds) {
    /**
     * Fraction classified right.
     *
     * @return 0..1, 0 for no samples
     */
    public double accuracy() {
        return samples == 0 ? 0 : (double) correct / samples;
    }

    /** Loss and accuracy alone. */
    SplitResult result() {
        return new SplitResult(loss, accuracy());
    }
}
