package firstspike.experiments.bench;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import java.util.Arrays;

/** How long an empty program takes in a session that is open: what every small program pays. */
final class EmptyRoundTrip {

    private static final double MICROS = 1e-3;
    /** Rounds until the code of both sides is compiled. */
    private static final int WARM_UPS = 5;

    private final int repetitions;
    private final int calls;

    /**
     * @param repetitions that count
     * @param calls of each
     */
    EmptyRoundTrip(int repetitions, int calls) {
        this.repetitions = repetitions;
        this.calls = calls;
    }

    /**
     * Measures.
     *
     * @param name of the benchmark
     * @param subject what the link leads over
     * @param link open, stays the caller's
     * @param goal in words
     * @return median call of each repetition, microseconds; the fact {@code p99_us} is the largest of theirs
     */
    Rate measure(String name, String subject, ChipLink link, String goal) {
        PlaybackProgram empty = PlaybackProgram.builder().done();
        double[] medians = new double[repetitions];
        double p99 = 0;
        for (int repetition = -WARM_UPS; repetition < repetitions; repetition++) {
            long[] times = new long[calls];
            for (int call = 0; call < calls; call++) {
                long start = System.nanoTime();
                link.run(empty, RunOptions.defaults());
                times[call] = System.nanoTime() - start;
            }
            Arrays.sort(times);
            if (repetition >= 0) {
                medians[repetition] = times[calls / 2] * MICROS;
                p99 = Math.max(p99, times[calls * 99 / 100] * MICROS);
            }
        }
        return Rate.of(name, subject, medians, "us", goal)
                .with("calls", (long) calls * repetitions)
                .with("p99_us", Math.round(p99));
    }
}
