package firstspike.runtime.calibration.procedure;

import firstspike.runtime.measurement.MadcTrace;
import java.util.Arrays;

/**
 * A trace of the MADC on its even grid, without the samples that the converter needs to come up (8 µs, registers.md 12.2).
 * Arrays belong to the reader.
 *
 * @param startUs time of the first sample after the start of the recording
 * @param lsb readings, NaN where a sample was lost
 */
record EvenTrace(double startUs, double[] lsb) {

    /** Distance of two samples in microseconds. */
    static final double SPACING_US = 0.034;
    /** What is recorded before samples are good, microseconds. */
    static final double COMING_UP_US = 8;

    private static final double TICKS_A_SAMPLE = 4.25;
    private static final double TICK_US = 0.008;
    /** A trace that lost more than this share of its samples is not used (calibration.md 12). */
    private static final double FEWEST_SHARE = 0.9;

    /**
     * @param us of good samples
     * @return how many samples a recording needs for them
     */
    static int samples(double us) {
        return (int) Math.ceil((COMING_UP_US + us) / SPACING_US);
    }

    /**
     * @param trace as recorded
     * @param samples that were asked for
     * @return whether enough of them came
     */
    static boolean isComplete(MadcTrace trace, int samples) {
        return trace.values().length >= FEWEST_SHARE * samples;
    }

    /**
     * @param trace as recorded, at least one sample
     * @return its good samples on their grid
     */
    static EvenTrace of(MadcTrace trace) {
        int[] ticks = trace.ticks();
        int first = 0;
        while (first < ticks.length && ticks[first] * TICK_US < COMING_UP_US) {
            first++;
        }
        if (first == ticks.length) {
            return new EvenTrace(COMING_UP_US, new double[0]);
        }
        int begin = ticks[first];
        double[] lsb = new double[place(ticks[ticks.length - 1] - begin) + 1];
        Arrays.fill(lsb, Double.NaN);
        for (int i = first; i < ticks.length; i++) {
            lsb[place(ticks[i] - begin)] = trace.values()[i];
        }
        return new EvenTrace(begin * TICK_US, lsb);
    }

    private static int place(int ticks) {
        return (int) Math.round(ticks / TICKS_A_SAMPLE);
    }

    /**
     * @param us after the start of the recording
     * @return number of the first sample that is not before it, at most the length
     */
    int at(double us) {
        return (int) Math.max(0, Math.min(lsb.length, Math.ceil((us - startUs) / SPACING_US)));
    }

    /**
     * @param from first sample
     * @param to after the last one
     * @return mean of the samples that are there, NaN without any
     */
    double mean(int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, from); i < Math.min(to, lsb.length); i++) {
            if (!Double.isNaN(lsb[i])) {
                sum += lsb[i];
                count++;
            }
        }
        return sum / count;
    }
}
