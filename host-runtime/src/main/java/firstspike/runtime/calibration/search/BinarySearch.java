package firstspike.runtime.calibration.search;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Bisection with steps of its own at the end, in which the neighbours of the code compete (calibration.md 3). With noise the
 * codes of many instances do not meet at the same value on the way. Immutable.
 */
public final class BinarySearch implements Search {

    /** Largest noise of the start code that calibrations use. */
    public static final int NOISE = 5;

    private static final int COMPETING = 3;
    private static final int EXTRA_STEPS = 2;
    private static final int LEAST_STEPS = 3;

    private final int amplitude;
    private final long seed;

    private BinarySearch(int amplitude, long seed) {
        this.amplitude = amplitude;
        this.seed = seed;
    }

    /** Without noise. */
    public static BinarySearch plain() {
        return new BinarySearch(0, 0);
    }

    /**
     * With noise of {@link #NOISE} codes.
     *
     * @param seed of the generator of the noise
     */
    public static BinarySearch noisy(long seed) {
        return noisy(NOISE, seed);
    }

    /**
     * @param amplitude largest noise in codes, 1 or more
     * @param seed of the generator of the noise
     */
    public static BinarySearch noisy(int amplitude, long seed) {
        if (amplitude < 1) {
            throw new IllegalArgumentException(
                    "noise of a search: " + amplitude + " codes (limit: 1 or more); use the search without noise");
        }
        return new BinarySearch(amplitude, seed);
    }

    @Override
    public SearchOutcome search(SearchTask task, Observable observable) {
        int[] noise = new int[task.instances()];
        if (amplitude > 0) {
            Random random = new Random(seed);
            Arrays.setAll(noise, i -> random.nextInt(2 * amplitude + 1) - amplitude);
        }
        return search(task, observable, noise);
    }

    /**
     * @param task what is searched for
     * @param observable measures
     * @param noise added to the start code of each instance
     * @return the codes
     */
    SearchOutcome search(SearchTask task, Observable observable, int[] noise) {
        int[] increments = increments(task.range());
        int start = task.range().low() + task.range().size() / 2;
        int[] codes = IntStream.of(noise).map(n -> task.range().clip(start + n)).toArray();
        int competing = Math.min(increments.length, COMPETING + ceilLog2(Math.max(1, amplitude)));
        int[][] tested = new int[competing][];
        double[][] results = new double[competing][];
        SearchFailure[] failures = new SearchFailure[task.instances()];
        for (int k = 0; k < increments.length; k++) {
            int remaining = increments.length - k - 1;
            double[] measured = observable.measure(codes.clone());
            Failures.freeze(measured, failures);
            if (remaining < competing) {
                tested[remaining] = codes.clone();
                results[remaining] = measured.clone();
            }
            for (int i = 0; i < codes.length && remaining > 0; i++) {
                if (failures[i] == null) {
                    int next = remaining > 1
                            ? moved(task, codes[i], measured[i] > task.targets()[i], increments[k])
                            : opposite(task.range(), tested[2][i], codes[i]);
                    codes[i] = task.range().clip(next);
                }
            }
        }
        return Failures.outcome(task, tested, results, failures, codes, increments.length);
    }

    private static int moved(SearchTask task, int code, boolean tooLarge, int increment) {
        return tooLarge != task.inverted() ? code - increment : code + increment;
    }

    /** The neighbour on the other side of the code before this one. */
    private static int opposite(SearchRange range, int before, int code) {
        if (before == code && code == range.low()) {
            return code + 1;
        }
        if (before == code && code == range.high()) {
            return code - 1;
        }
        return 2 * before - code;
    }

    /** Steps and by how much each moves, in the order of the steps. */
    int[] increments(SearchRange range) {
        int steps = ceilLog2(range.size()) + EXTRA_STEPS;
        if (steps < LEAST_STEPS) {
            throw new IllegalArgumentException("range of a binary search: " + range.low() + " to " + range.high()
                    + " (limit: 2 codes or more); nothing is to be searched");
        }
        int[] increments = new int[steps];
        for (int k = 0; k < steps; k++) {
            long divisor = 1L << k + 2;
            increments[k] = (int) ((range.size() + divisor - 1) / divisor);
        }
        if (amplitude == 0) {
            return increments;
        }
        if (amplitude > increments[0]) {
            throw new IllegalArgumentException("noise of a search: " + amplitude + " codes (limit: " + increments[0]
                    + ", the first step); choose less noise or a larger range");
        }
        int[] more = IntStream.concat(IntStream.of(increments), IntStream.of(amplitude))
                .sorted()
                .toArray();
        return IntStream.range(0, more.length)
                .map(i -> more[more.length - 1 - i])
                .toArray();
    }

    private static int ceilLog2(int number) {
        return number <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(number - 1);
    }
}
