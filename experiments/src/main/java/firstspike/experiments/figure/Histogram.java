package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import java.util.List;

/** Bins of equal width over several groups of values. */
public final class Histogram {

    private static final int BINS = 48;

    private final Axis axis;
    private final double[] edges = new double[BINS + 1];

    /**
     * Over all finite values of some groups.
     *
     * @param label of their axis, with its unit
     * @param groups of values; those that are not finite are not counted
     */
    public Histogram(String label, double[]... groups) {
        axis = Axis.around(label, groups);
        for (int i = 0; i <= BINS; i++) {
            edges[i] = axis.least() + i * (axis.most() - axis.least()) / BINS;
        }
    }

    /** The axis of the values. */
    public Axis axis() {
        return axis;
    }

    /** Edges of the bins, one more than bins. */
    public double[] edges() {
        return edges.clone();
    }

    /**
     * Counts a group.
     *
     * @param values of the group
     * @return how many lie in each bin
     */
    public double[] counts(double[] values) {
        double[] counts = new double[BINS];
        for (double value : values) {
            if (Double.isFinite(value)) {
                counts[
                        Math.max(0, Math.min(BINS - 1, (int)
                                ((value - axis.least()) / (axis.most() - axis.least()) * BINS)))]++;
            }
        }
        return counts;
    }

    /**
     * The largest of several counts.
     *
     * @param counts of each group
     * @return it, 1 at least
     */
    public static double most(List<double[]> counts) {
        double most = 1;
        for (double[] group : counts) {
            for (double count : group) {
                most = Math.max(most, count);
            }
        }
        return most;
    }
}
