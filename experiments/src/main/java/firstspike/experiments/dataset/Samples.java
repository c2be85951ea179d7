package firstspike.experiments.dataset;

import firstspike.runtime.training.SampleValues;

/**
 * Labelled samples. The arrays are shared, not copied, and never written after construction.
 *
 * @param inputs values a sample
 * @param classes number of classes
 * @param grid row-major (sample, input), 0 to 1
 * @param labels class of each sample, 0 to classes - 1
 * @param slots values an input has in a sample, each an event; 1 or more
 */
public record Samples(int inputs, int classes, SampleValues grid, int[] labels, int slots) {

    /** Checks the shapes. */
    public Samples {
        if (grid.length() != labels.length * inputs * slots) {
            throw new IllegalArgumentException("samples: " + grid.length() + " values for " + labels.length
                    + " labels (limit: " + inputs + " x " + slots + " values a label); make them match");
        }
    }

    /**
     * Samples whose values are kept as they are.
     *
     * @param inputs values a sample
     * @param classes number of classes
     * @param values row-major (sample, input), 0 to 1
     * @param labels class of each sample
     */
    public Samples(int inputs, int classes, double[] values, int[] labels) {
        this(inputs, classes, SampleValues.of(values), labels, 1);
    }

    /**
     * Samples with several events an input.
     *
     * @param inputs number of inputs
     * @param classes number of classes
     * @param values row-major (sample, input, slot)
     * @param labels class of each sample
     * @param slots events an input has
     */
    public Samples(int inputs, int classes, double[] values, int[] labels, int slots) {
        this(inputs, classes, SampleValues.of(values), labels, slots);
    }

    /**
     * Samples with one value an input.
     *
     * @param inputs values a sample
     * @param classes number of classes
     * @param grid row-major (sample, input), 0 to 1
     * @param labels class of each sample
     */
    public Samples(int inputs, int classes, SampleValues grid, int[] labels) {
        this(inputs, classes, grid, labels, 1);
    }

    /** All values, row-major (sample, input), 0 to 1; shared where they are kept as they are. */
    public double[] values() {
        return grid.toArray();
    }

    /** Number of samples. */
    public int size() {
        return labels.length;
    }
}
