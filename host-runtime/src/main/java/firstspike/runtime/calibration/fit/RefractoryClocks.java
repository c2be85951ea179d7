package firstspike.runtime.calibration.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Clock scales and counters that give every neuron its refractory time and its holdoff, computed and not measured
 * (calibration.md 4.9). Neurons above the mean refractory time, and those whose holdoff is too long for the fast clock, take
 * the slow one. Immutable by contract: arrays are not to be written.
 *
 * @param fastScale of the fast clock, 0 to 15: its period is 2^(scale+1) times 4 ns
 * @param slowScale of the slow clock
 * @param counter refractory time of each neuron in periods of its clock, 1 to 255
 * @param holdoff register value of each neuron, 0 to 15: 2·(15 - holdoff) + 1 periods
 * @param fast whether a neuron takes the fast clock
 * @param warnings what will be less exact than wanted
 */
public record RefractoryClocks(
        int fastScale, int slowScale, int[] counter, int[] holdoff, boolean[] fast, List<String> warnings) {

    /** Longest counter. */
    public static final int LONGEST_COUNTER = 255;
    /** Holdoff register of the shortest holdoff, one period. */
    public static final int SHORTEST_HOLDOFF = 15;

    private static final double BASE_PERIOD_US = 0.004;
    private static final int LARGEST_SCALE = 15;
    /** Leaves room to change counters by hand in both directions. */
    private static final int PREFERRED_SCALE = 4;
    /** Fewer cycles than these count time too coarsely (3 %). */
    private static final int FEWEST_CYCLES = 30;

    private static final int LONGEST_HOLDOFF_CYCLES = 2 * SHORTEST_HOLDOFF + 1;

    /**
     * Computes the settings.
     *
     * @param refractoryUs wanted refractory times in microseconds, holdoff included, 0 or more
     * @param holdoffUs wanted holdoffs in microseconds, as many; 0: the shortest
     * @return the settings
     * @throws IllegalArgumentException for times that no clock reaches
     */
    public static RefractoryClocks of(double[] refractoryUs, double[] holdoffUs) {
        int n = refractoryUs.length;
        double mean = Arrays.stream(refractoryUs).average().orElse(0);
        double longest = Arrays.stream(holdoffUs).max().orElse(0);
        double shortest = Arrays.stream(holdoffUs).min().orElse(0);
        List<String> warnings = new ArrayList<>();

        boolean[] fast = new boolean[n];
        for (int i = 0; i < n; i++) {
            fast[i] = refractoryUs[i] <= mean;
        }
        Span fastTimes = Span.of(refractoryUs, fast, true);
        int fastScale = fastTimes.isEmpty()
                ? 0
                : scale(fastTimes.most / LONGEST_COUNTER, fastTimes.least / FEWEST_CYCLES, "fast", warnings);
        for (int i = 0; i < n; i++) {
            fast[i] &= holdoffUs[i] <= LONGEST_HOLDOFF_CYCLES * periodUs(fastScale);
        }
        Span slowTimes = Span.of(refractoryUs, fast, false);
        int slowScale = slowTimes.isEmpty()
                ? 0
                : scale(
                        Math.max(longest / LONGEST_HOLDOFF_CYCLES, slowTimes.most / LONGEST_COUNTER),
                        Math.min(shortest, slowTimes.least / FEWEST_CYCLES),
                        "slow",
                        warnings);

        int[] counter = new int[n];
        int[] holdoff = new int[n];
        for (int i = 0; i < n; i++) {
            double period = periodUs(fast[i] ? fastScale : slowScale);
            counter[i] = Math.min(LONGEST_COUNTER, cycles(refractoryUs[i], period));
            int free = Math.min(LONGEST_HOLDOFF_CYCLES, cycles(holdoffUs[i], period));
            holdoff[i] = (int) Math.ceil(SHORTEST_HOLDOFF - (free - 1) / 2.0);
        }
        return new RefractoryClocks(fastScale, slowScale, counter, holdoff, fast, List.copyOf(warnings));
    }

    /**
     * @param scale of a clock, 0 to 15
     * @return its period in microseconds
     */
    public static double periodUs(int scale) {
        return BASE_PERIOD_US * (2 << scale);
    }

    /**
     * @param neuron number of the neuron
     * @return the refractory time that it gets, microseconds
     */
    public double refractoryUs(int neuron) {
        return counter[neuron] * periodUs(fast[neuron] ? fastScale : slowScale);
    }

    /**
     * @param neuron number of the neuron
     * @return the holdoff that it gets, microseconds
     */
    public double holdoffUs(int neuron) {
        return (2 * (SHORTEST_HOLDOFF - holdoff[neuron]) + 1) * periodUs(fast[neuron] ? fastScale : slowScale);
    }

    /** The last bit of the counter always belongs to the holdoff, hence one more. */
    private static int cycles(double timeUs, double periodUs) {
        return (int) Math.floor(timeUs / periodUs + 1e-9) + 1;
    }

    private static int scale(double leastPeriod, double mostPeriod, String clock, List<String> warnings) {
        double most = Math.max(mostPeriod, 2 * leastPeriod);
        int scale = PREFERRED_SCALE;
        while (scale >= 0 && scale <= LARGEST_SCALE && !(periodUs(scale) >= leastPeriod && periodUs(scale) <= most)) {
            scale += periodUs(scale) < leastPeriod ? 1 : -1;
        }
        if (scale > LARGEST_SCALE) {
            throw new IllegalArgumentException("refractory period: a " + clock + " clock of " + leastPeriod
                    + " us or more (limit: " + periodUs(LARGEST_SCALE)
                    + " us); shorten tau_refrac_us or holdoff_us");
        }
        if (scale < 0) {
            warnings.add("the " + clock + " refractory clock is at its fastest, " + periodUs(0)
                    + " us: refractory times and holdoffs will be less exact than 3 %");
        }
        return Math.max(0, scale);
    }

    private record Span(double least, double most) {
        static Span of(double[] times, boolean[] fast, boolean which) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < times.length; i++) {
                if (fast[i] == which) {
                    least = Math.min(least, times[i]);
                    most = Math.max(most, times[i]);
                }
            }
            return new Span(least, most);
        }

        boolean isEmpty() {
            return most < least;
        }
    }
}
