package firstspike.runtime.training;

import firstspike.runtime.execution.InputSpikes;

/**
 * Encoded samples with their labels. The arrays are shared, not copied.
 *
 * @param values input times in units of tau, sample after sample, one per input before copying; positive infinity is absent
 * @param inputs number of inputs
 * @param labels true label of each sample, 0 or more
 * @param numbers of the samples in their data set; empty: as they stand here
 * @param slots times an input has in a sample, 1 or more; fewer events leave slots infinite
 */
public record SampleSet(SampleValues values, int inputs, int[] labels, int[] numbers, int slots) {
    private static final int[] AS_THEY_STAND = {};

    /** Checks shapes and values; throws {@link IllegalArgumentException} that names the sample. */
    public SampleSet {
        if (inputs < 1 || slots < 1 || values.length() != (long) labels.length * inputs * slots) {
            throw new IllegalArgumentException("samples : " + values.length() + " times, " + labels.length
                    + " labels (expected: " + inputs + " x " + slots + " times for each label)");
        }
        for (int i = 0; i < values.length(); i++) {
            if (!(values.get(i) >= 0)) {
                throw new IllegalArgumentException("sample " + i / (inputs * slots) + ", input "
                        + i % (inputs * slots) / slots + " : time "
                        + values.get(i) + " tau (expected: >= 0, or infinite for absent)");
            }
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IllegalArgumentException("label of sample " + i + " : " + labels[i] + " (expected: >= 0)");
            }
        }
        if (numbers.length != 0 && numbers.length != labels.length) {
            throw new IllegalArgumentException(
                    "samples : " + numbers.length + " numbers (expected: " + labels.length + ", or none)");
        }
    }

    /**
     * Samples with one time an input.
     *
     * @param values input times in units of tau
     * @param inputs number of inputs
     * @param labels true label of each sample
     * @param numbers of the samples in their data set
     */
    public SampleSet(SampleValues values, int inputs, int[] labels, int[] numbers) {
        this(values, inputs, labels, numbers, 1);
    }

    /**
     * A whole data set.
     *
     * @param times input times in units of tau
     * @param inputs number of inputs
     * @param labels true label of each sample
     */
    public SampleSet(double[] times, int inputs, int[] labels) {
        this(SampleValues.of(times), inputs, labels);
    }

    /**
     * A whole data set.
     *
     * @param values input times in units of tau
     * @param inputs number of inputs
     * @param labels true label of each sample
     */
    public SampleSet(SampleValues values, int inputs, int[] labels) {
        this(values, inputs, labels, AS_THEY_STAND);
    }

    /**
     * Input times of all samples.
     *
     * @return row-major (sample, input), in units of tau; shared where the set holds them as they are
     */
    public double[] times() {
        return values.toArray();
    }

    /**
     * Number of samples.
     *
     * @return 0 or more
     */
    public int size() {
        return labels.length;
    }

    /** The samples of some indices, in this order. */
    SampleSet part(int[] order, int from, int to) {
        int width = inputs * slots;
        double[] partTimes = new double[(to - from) * width];
        int[] partLabels = new int[to - from];
        int[] partNumbers = new int[to - from];
        for (int i = from; i < to; i++) {
            values.copy(order[i] * width, width, partTimes, (i - from) * width);
            partLabels[i - from] = labels[order[i]];
            partNumbers[i - from] = numbers.length == 0 ? order[i] : numbers[order[i]];
        }
        return new SampleSet(SampleValues.of(partTimes), inputs, partLabels, partNumbers, slots);
    }

    /** The input spikes as an executor takes them. */
    InputSpikes spikes() {
        return InputSpikes.ofDense(times(), inputs, slots).numbered(numbers);
    }
}
