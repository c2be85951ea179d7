package firstspike.runtime.execution;

/**
 * Input spikes of a batch, sample after sample.
 *
 * @param first index of each sample's first spike; length samples + 1, the last entry is the number of spikes
 * @param source external input of each spike, 0 to inputs - 1 (before copying; biases are the executor's business)
 * @param time of each spike in units of tau, finite and 0 or more
 * @param number of each sample in its data set; empty when nobody needs to know
 */
public record InputSpikes(int[] first, short[] source, double[] time, int[] number) {

    private static final int[] UNNUMBERED = {};

    /** Checks the shapes. */
    public InputSpikes {
        if (first.length < 1 || source.length != time.length || first[first.length - 1] != time.length) {
            throw new IllegalArgumentException(
                    "input spikes: " + first.length + " borders, " + source.length + " sources, " + time.length
                            + " times (limit: samples + 1 borders, equal columns); make whole columns");
        }
        if (number.length != 0 && number.length != first.length - 1) {
            throw new IllegalArgumentException("input spikes: " + number.length + " numbers of " + (first.length - 1)
                    + " samples (limit: one each, or none); number all of them");
        }
    }

    /**
     * Samples without numbers.
     *
     * @param first index of each sample's first spike
     * @param source external input of each spike
     * @param time of each spike in units of tau
     */
    public InputSpikes(int[] first, short[] source, double[] time) {
        this(first, source, time, UNNUMBERED);
    }

    /**
     * @param numbers of the samples in their data set
     * @return the same spikes, numbered
     */
    public InputSpikes numbered(int[] numbers) {
        return new InputSpikes(first, source, time, numbers);
    }

    /** Number of samples. */
    public int samples() {
        return first.length - 1;
    }

    /**
     * Spikes from one time an input and sample.
     *
     * @param times row-major (sample, input); positive infinity: no spike
     * @param inputs number of inputs
     * @return the columns
     */
    public static InputSpikes ofDense(double[] times, int inputs) {
        return ofDense(times, inputs, 1);
    }

    /**
     * Spikes from so many times an input and sample.
     *
     * @param times row-major (sample, input, slot); positive infinity: no spike
     * @param inputs number of inputs
     * @param slots times an input and sample, 1 or more
     * @return the columns
     */
    public static InputSpikes ofDense(double[] times, int inputs, int slots) {
        int width = inputs * slots;
        int samples = width == 0 ? 0 : times.length / width;
        int[] first = new int[samples + 1];
        int present = 0;
        for (double time : times) {
            if (time != Double.POSITIVE_INFINITY) {
                present++;
            }
        }
        short[] source = new short[present];
        double[] time = new double[present];
        int n = 0;
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < width; i++) {
                double t = times[s * width + i];
                if (t != Double.POSITIVE_INFINITY) {
                    source[n] = (short) (i / slots);
                    time[n++] = t;
                }
            }
            first[s + 1] = n;
        }
        return new InputSpikes(first, source, time);
    }
}
