package firstspike.experiments.doctor;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.target.ChipTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Whether a target answers, who it is, and how fast. */
public final class TargetChecks {

    private static final double SLOW_MS = 50;

    private final LongSupplier nanoTime;
    private final int calls;

    /**
     * @param nanoTime clock of the round trips
     * @param calls number of round trips
     */
    public TargetChecks(LongSupplier nanoTime, int calls) {
        this.nanoTime = nanoTime;
        this.calls = calls;
    }

    /**
     * Looks at a target; a failed step skips the later ones.
     *
     * @param target not closed
     * @return one result a check
     */
    public List<CheckResult> run(ChipTarget target) {
        List<CheckResult> results = new ArrayList<>();
        long start = nanoTime.getAsLong();
        List<ChipDescription> chips;
        try {
            chips = target.chips();
        } catch (ChipException e) {
            results.add(new CheckResult(
                    "connect",
                    Status.FAIL,
                    e.getMessage(),
                    "an answer",
                    e.detail().remedy()));
            results.add(skipped("chip"));
            results.add(skipped("round trip"));
            return results;
        }
        results.add(new CheckResult("connect", Status.OK, ms(nanoTime.getAsLong() - start), "an answer", ""));
        ChipDescription chip = chips.get(0);
        results.add(CheckResult.of(
                "chip",
                !chip.needsCalibration(),
                Status.WARN,
                chip.chipId().value() + ", " + chip.fidelity() + ", tick " + chip.tickPicoseconds() + " ps"
                        + (chip.needsCalibration() ? ", needs a calibration" : ""),
                "ready to run",
                "take mismatch=residual, or make a calibration"));
        results.add(roundTrip(target));
        return results;
    }

    private CheckResult roundTrip(ChipTarget target) {
        String expected = "below " + SLOW_MS + " ms";
        try (ChipLink link = target.open(0, 0)) {
            PlaybackProgram empty = PlaybackProgram.builder().done();
            long[] times = new long[calls];
            link.run(empty, RunOptions.forSetup());
            for (int i = 0; i < calls; i++) {
                long start = nanoTime.getAsLong();
                link.run(empty, RunOptions.forSetup());
                times[i] = nanoTime.getAsLong() - start;
            }
            Arrays.sort(times);
            long median = times[calls / 2];
            String value = "p50 " + ms(median) + ", p99 " + ms(times[Math.min(calls - 1, calls * 99 / 100)]) + " over "
                    + calls + " empty programs";
            return CheckResult.of(
                    "round trip", median * 1e-6 < SLOW_MS, Status.WARN, value, expected, "look for load or distance");
        } catch (ChipException e) {
            return new CheckResult(
                    "round trip",
                    Status.FAIL,
                    e.getMessage(),
                    expected,
                    e.detail().remedy());
        }
    }

    private static CheckResult skipped(String name) {
        return new CheckResult(name, Status.SKIPPED, "not asked", "", "");
    }

    private static String ms(long nanoseconds) {
        return String.format(Locale.ROOT, "%.3f ms", nanoseconds * 1e-6);
    }
}
