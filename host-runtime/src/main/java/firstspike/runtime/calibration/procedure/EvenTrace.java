package firstspike.runtime.calibration.procedure;

import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.MadcTrace;
import java.util.Arrays;

/**
 * A trace of the MADC on its even grid, without the samples that the converter needs to come up (8 µs, registers.md 12.2).
 * Arrays belong to the reader.
 *
 * @param startUs time of the first sample after the start of the recording
 * @param lsb readings, NaN where a sample was lost
 * @param grid of the samples
 */
record EvenTrace(double startUs, double[] lsb, Grid grid) {

    /** What is recorded before samples are good, microseconds. */
    static final double COMING_UP_US = 8;

    private static final double TICK_US = 0.008;
    /** A trace that lost more than this share of its samples is not used (calibration.md 12). */
    private static final double FEWEST_SHARE = 0.9;

    /**
     * Distances of samples (registers.md 12.2).
     *
     * @param divider of the converter's clock: 1, or an even number
     */
    record Grid(int divider) {

        private static final double SHORTEST_US = 0.034;
        private static final int MOST = 8192;

        /** Samples as fast as they come. */
        static final Grid FINEST = new Grid(1);

        /** The coarsest grid whose samples are not farther apart than this. */
        static Grid within(double us) {
            int divider = (int) Math.min(MOST, us / SHORTEST_US) / 2 * 2;
            return divider < 2 ? FINEST : new Grid(divider);
        }

        /** Distance of two samples in microseconds. */
        double spacingUs() {
            return SHORTEST_US * divider;
        }

        /** How many samples a recording needs for so many microseconds of good ones. */
        int samples(double us) {
            return (int) Math.ceil((COMING_UP_US + us) / spacingUs());
        }

        /** Lets the bench's converter sample on this grid. */
        void set(Bench bench) {
            ContainerValues settings = bench.configuration()
                    .values(Container.MADC_CONFIG, 0)
                    .with("enable_madc_clock_scaling", divider > 1)
                    .with("madc_clock_scale_value", Math.max(0, divider / 2 - 1));
            bench.configure(bench.configuration()
                    .change()
                    .set(Container.MADC_CONFIG, 0, settings)
                    .build());
        }

        private int place(int ticks) {
            return (int) Math.round(ticks * TICK_US / spacingUs());
        }
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
     * @param grid on which it was
     * @return its good samples on their grid
     */
    static EvenTrace of(MadcTrace trace, Grid grid) {
        int[] ticks = trace.ticks();
        int first = 0;
        while (first < ticks.length && ticks[first] * TICK_US < COMING_UP_US) {
            first++;
        }
        if (first == ticks.length) {
            return new EvenTrace(COMING_UP_US, new double[0], grid);
        }
        int begin = ticks[first];
        double[] lsb = new double[grid.place(ticks[ticks.length - 1] - begin) + 1];
        Arrays.fill(lsb, Double.NaN);
        for (int i = first; i < ticks.length; i++) {
            lsb[grid.place(ticks[i] - begin)] = trace.values()[i];
        }
        return new EvenTrace(begin * TICK_US, lsb, grid);
    }

    /**
     * @param us after the start of the recording
     * @return number of the first sample that is not before it, at most the length
     */
    int at(double us) {
        return (int) Math.max(0, Math.min(lsb.length, Math.ceil((us - startUs) / grid.spacingUs())));
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
