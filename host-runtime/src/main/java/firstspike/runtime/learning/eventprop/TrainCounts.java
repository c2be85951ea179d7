package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.GradientCounts;

/**
 * What a gradient on trains treated specially. Arrays have an entry a layer.
 *
 * @param dropped (sample, neuron) pairs above the largest weight gradient, absent from the weight gradient
 * @param floored spikes with a slope below the floor, scaled down
 * @param flat spikes without usable slope, through which no gradient goes
 * @param forced spikes that follow the one before them
 * @param excessSquares sum over unforced spikes of the squared distance of membrane and threshold, in units of the threshold
 * @param excessSpikes number of these spikes
 * @param missing probes that lift a membrane
 * @param surplus probes that lower one
 */
public record TrainCounts(
        long[] dropped,
        long[] floored,
        long[] flat,
        long[] forced,
        double[] excessSquares,
        long[] excessSpikes,
        long missing,
        long surplus) {

    /**
     * Nothing counted.
     *
     * @param layers number of layers
     * @return zeros
     */
    public static TrainCounts none(int layers) {
        return new TrainCounts(
                new long[layers],
                new long[layers],
                new long[layers],
                new long[layers],
                new double[layers],
                new long[layers],
                0,
                0);
    }

    static TrainCounts of(TrainTally[] tallies, long missing, long surplus) {
        TrainCounts counts = none(tallies.length);
        for (int layer = 0; layer < tallies.length; layer++) {
            counts.dropped[layer] = tallies[layer].dropped;
            counts.floored[layer] = tallies[layer].floored;
            counts.flat[layer] = tallies[layer].flat;
            counts.forced[layer] = tallies[layer].forced;
            counts.excessSquares[layer] = tallies[layer].excessSquares;
            counts.excessSpikes[layer] = tallies[layer].excessSpikes;
        }
        return new TrainCounts(
                counts.dropped,
                counts.floored,
                counts.flat,
                counts.forced,
                counts.excessSquares,
                counts.excessSpikes,
                missing,
                surplus);
    }

    /**
     * Sum of two counts of the same layers.
     *
     * @param other counts to add
     * @return the sum
     */
    public TrainCounts plus(TrainCounts other) {
        TrainCounts sum = none(dropped.length);
        for (int layer = 0; layer < dropped.length; layer++) {
            sum.dropped[layer] = dropped[layer] + other.dropped[layer];
            sum.floored[layer] = floored[layer] + other.floored[layer];
            sum.flat[layer] = flat[layer] + other.flat[layer];
            sum.forced[layer] = forced[layer] + other.forced[layer];
            sum.excessSquares[layer] = excessSquares[layer] + other.excessSquares[layer];
            sum.excessSpikes[layer] = excessSpikes[layer] + other.excessSpikes[layer];
        }
        return new TrainCounts(
                sum.dropped,
                sum.floored,
                sum.flat,
                sum.forced,
                sum.excessSquares,
                sum.excessSpikes,
                missing + other.missing,
                surplus + other.surplus);
    }

    /**
     * The counts that every gradient has.
     *
     * @return sums over the layers
     */
    public GradientCounts gradients() {
        return new GradientCounts(sum(dropped), sum(floored), sum(flat), 0);
    }

    /**
     * Sum over the layers.
     *
     * @param counts an entry a layer
     * @return their sum
     */
    public static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
