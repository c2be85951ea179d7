package firstspike.experiments.dataset;

/**
 * Labelled samples. The arrays are shared, not copied, and never written after construction.
 *
 * @param inputs values a sample
 * @param classes number of classes
 * @param values row-major (sample, input), 0 to 1
 * @param labels class of each sample, 0 to classes - 1
 */
public record Samples(int inputs, int classes, double[] values, int[] labels) {

    /** Checks the shapes. */
    public Samples {
        if (values.length != labels.length * inputs) {
            throw new IllegalArgumentException("samples: " + values.length + " values for " + labels.length
                    + " labels (limit: " + inputs + " values a label); make them match");
        }
    }

    /** Number of samples. */
    public int size() {
        return labels.length;
    }
}
