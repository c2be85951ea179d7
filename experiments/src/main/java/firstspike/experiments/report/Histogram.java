package firstspike.experiments.report;

import java.util.List;

/** Bins of equal width over several groups of values. */
final class Histogram {

    private static final int BINS = 48;

    private final Axis axis;
    private final double[] edges = new double[BINS + 1];

    /** Over all finite values of the groups. */
    Histogram(String label, double[]... groups) {
        axis = Axis.around(label, groups);
        for (int i = 0; i <= BINS; i++) {
            edges[i] = axis.least() + i * (axis.most() - axis.least()) / BINS;
        }
    }

    Axis axis() {
        return axis;
    }

    double[] edges() {
        return edges.clone();
    }

    /** How many values of a group lie in each bin. */
    double[] counts(double[] values) {
        double[] counts = new double[BINS];
        for (double value : values) {
            if (Double.isFinite(value)) {
                counts[Math.max(0, Math.min(BINS - 1, (int) (axis.place(value) * BINS)))]++;
            }
        }
        return counts;
    }

    /** The largest count of several groups, 1 at least. */
    static double most(List<double[]> counts) {
        double most = 1;
        for (double[] group : counts) {
            for (double count : group) {
                most = Math.max(most, count);
            }
        }
        return most;
    }
}
