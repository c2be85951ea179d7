package firstspike.experiments.doctor;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.runtime.target.ChipTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Whether a target answers, who it is, and how fast. */
public final class TargetChecks {

    private static final double SLOW_MS = 50;

    private static final double SLOW_BYTES_PER_SECOND = 1e6;
    private static final int WORD_BYTES = 8;
    private static final String LOSSES = "no drops";

    private final LongSupplier nanoTime;
    private final int calls;
    private final int bytes;
    private final Function<ChipDescription, CheckResult> calibration;

    /**
     * @param nanoTime clock of the round trips
     * @param calls number of round trips
     * @param bytes size of the program that is sent and answered word by word
     * @param calibration looks for the calibration of a chip
     */
    public TargetChecks(
            LongSupplier nanoTime, int calls, int bytes, Function<ChipDescription, CheckResult> calibration) {
        this.calibration = calibration;
        this.nanoTime = nanoTime;
        this.calls = calls;
        this.bytes = bytes;
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
            results.add(skipped(CalibrationCheck.NAME));
            results.add(skipped("round trip"));
            results.add(skipped("throughput"));
            results.add(skipped("drop counters"));
            return results;
        }
        results.add(new CheckResult("connect", Status.OK, ms(nanoTime.getAsLong() - start), "an answer", ""));
        ChipDescription chip = chips.get(0);
        results.add(new CheckResult(
                "chip",
                Status.OK,
                chip.chipId().value() + ", " + chip.fidelity() + ", tick " + chip.tickPicoseconds() + " ps"
                        + (chip.needsCalibration() ? ", needs a calibration" : ""),
                "ready to run",
                ""));
        results.add(calibration.apply(chip));
        results.add(roundTrip(target));
        throughput(target, results);
        return results;
    }

    /** A program of loopback ticks: as many words come back as were sent. */
    private void throughput(ChipTarget target, List<CheckResult> results) {
        String expected = "above " + (long) (SLOW_BYTES_PER_SECOND * 1e-6) + " MB/s";
        int words = bytes / WORD_BYTES;
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int word = 0; word < words; word++) {
            builder.marker();
        }
        PlaybackProgram program = builder.done();
        try (ChipLink link = target.open(0, 0)) {
            long start = nanoTime.getAsLong();
            RunResult result = link.run(program, RunOptions.forSetup());
            double rate = (double) bytes / (nanoTime.getAsLong() - start) * 1e9;
            int answers = result.responses(ResponseKind.LOOPBACK);
            String value = String.format(
                    Locale.ROOT,
                    "%.1f MB/s each way over %.0f MiB, %d of %d words came back",
                    rate * 1e-6,
                    bytes / 1048576.0,
                    answers,
                    words);
            results.add(CheckResult.of(
                    "throughput",
                    answers == words && rate > SLOW_BYTES_PER_SECOND,
                    answers == words ? Status.WARN : Status.FAIL,
                    value,
                    expected,
                    "look for load, distance, or a slow line"));
            results.add(drops(result.health()));
        } catch (ChipException e) {
            results.add(new CheckResult(
                    "throughput",
                    Status.FAIL,
                    e.getMessage(),
                    expected,
                    e.detail().remedy()));
            results.add(skipped("drop counters"));
        }
    }

    private static CheckResult drops(RunHealth health) {
        String found = health.counters().entrySet().stream()
                .filter(counter -> counter.getValue() != 0)
                .filter(counter ->
                        counter.getKey().contains("dropped") || counter.getKey().contains("input_drops"))
                .map(counter -> counter.getKey() + " " + counter.getValue())
                .collect(Collectors.joining(", "));
        return CheckResult.of(
                "drop counters",
                found.isEmpty() && health.lossFree(),
                Status.WARN,
                found.isEmpty() ? LOSSES : found,
                LOSSES,
                "see which part of the chip or its link loses events, and reset it");
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
