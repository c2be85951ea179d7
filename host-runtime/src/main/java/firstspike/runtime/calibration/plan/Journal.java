package firstspike.runtime.calibration.plan;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_FAILED;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.procedure.Finding;
import firstspike.runtime.calibration.procedure.Procedure;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.result.Effort;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.result.Verification;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the steps of a calibration and keeps what they found, the last finding of each quantity. One owner thread. */
final class Journal {

    /** Steps of a whole calibration with calibrated strengths. */
    private static final int STEPS = 26;

    private static final double NANO = 1e-9;
    private static final double MOST_MISSING = 0.2;

    private final Bench bench;
    private final CalibrationTask request;
    private final CalibrationListener listener;
    private final Clock clock;
    private final Instant begun;
    private final long begunNanos = System.nanoTime();
    private final List<StepRecord> steps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<Quantity, Finding> findings = new EnumMap<>(Quantity.class);
    private final Optional<CalibrationId> parent;
    private Optional<Verified> verified = Optional.empty();
    private Derived derived = Derived.none();
    private final Map<SharedQuantity, double[]> shared = new EnumMap<>(SharedQuantity.class);

    Journal(
            Bench bench,
            CalibrationTask request,
            Optional<CalibrationId> parent,
            CalibrationListener listener,
            Clock clock) {
        this.bench = bench;
        this.request = request;
        this.parent = parent;
        this.listener = listener;
        this.clock = clock;
        begun = clock.instant();
        warnings.addAll(request.targets().warnings());
    }

    /** Runs a step; what it found counts. */
    void step(Procedure procedure) {
        Finding finding = preparation(procedure);
        finding.quantity().ifPresent(quantity -> findings.put(quantity, finding));
    }

    /** Runs a step that only prepares others. */
    Finding preparation(Procedure procedure) {
        listener.begins(procedure.id(), steps.size() + 1, Math.max(STEPS, steps.size() + 1));
        long begin = System.nanoTime();
        Finding finding = procedure.run(bench);
        int settled = 0;
        for (SearchFailure failure : finding.failures()) {
            settled += failure == null ? 1 : 0;
        }
        StepRecord step = new StepRecord(procedure.id(), NANO * (System.nanoTime() - begin), finding.steps(), settled);
        warnings.addAll(finding.warnings());
        ended(step);
        requireMeasured(procedure.id(), finding);
        return finding;
    }

    /** A chip of which many circuits give no number is not to be calibrated further (calibration.md 12). */
    private static void requireMeasured(String step, Finding finding) {
        long missing = Arrays.stream(finding.failures())
                .filter(SearchFailure.NOT_MEASURABLE::equals)
                .count();
        if (missing > MOST_MISSING * finding.failures().length) {
            throw new CalibrationException(
                    CALIBRATION_FAILED,
                    step,
                    missing + " of " + finding.failures().length + " not measurable",
                    "a fifth of them",
                    "check the chip's converters with 'firstspike doctor', and that it is the chip that was meant");
        }
    }

    /** Runs a step that searches nothing. */
    <T> T timed(String name, Supplier<T> measurement) {
        listener.begins(name, steps.size() + 1, Math.max(STEPS, steps.size() + 1));
        long begin = System.nanoTime();
        T measured = measurement.get();
        ended(new StepRecord(name, NANO * (System.nanoTime() - begin), 1, AtomicNeuron.COUNT));
        return measured;
    }

    void verified(Verified found) {
        verified = Optional.of(found);
    }

    void derived(Derived values) {
        derived = values;
    }

    /** Values with equal codes in all neurons tell how neurons differ by themselves. */
    void before(Map<Quantity, double[]> values) {
        derived = derived.withMismatch(values);
    }

    /** What quadrants or drivers have; a warning where one is not within a factor of what is wanted of it. */
    void shared(SharedQuantity quantity, double[] values, double wanted, double factor) {
        shared.put(quantity, values);
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] <= factor * wanted && values[i] >= wanted / factor)) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s %d of %d: %.3g %s, wanted %.3g within a factor of %.3g",
                        quantity.key(),
                        i,
                        values.length,
                        values[i],
                        quantity.unit(),
                        wanted,
                        factor));
            }
        }
    }

    private void ended(StepRecord step) {
        steps.add(step);
        listener.ended(step, bench.totals());
    }

    /** A result that was verified: complete where everything passed; lost events falsify it. */
    CalibrationResult result() {
        Verified found = verified.orElseThrow();
        CalibrationResult.Builder result = begin().verified(
                        new Verification(clock.instant(), found.passed(), found.worst()))
                .derived(derived);
        found.achieved().forEach(result::achieved);
        shared.forEach(result::shared);
        Map<Quantity, SearchFailure[]> searches = new EnumMap<>(Quantity.class);
        findings.forEach((quantity, finding) -> searches.put(quantity, finding.failures()));
        found.bad(searches).forEach(result::bad);
        if (!bench.totals().lossFree()) {
            return result.warning("falsified: events were lost while the chip was measured; look at the link counters")
                    .status(CalibrationStatus.REJECTED)
                    .build();
        }
        return result.status(found.passed() ? CalibrationStatus.COMPLETE : CalibrationStatus.PARTIAL)
                .build();
    }

    /** What the finished steps found of a calibration that ended early. */
    CalibrationResult rejected() {
        CalibrationResult.Builder result = begin().status(CalibrationStatus.REJECTED);
        findings.forEach((quantity, finding) -> failures(result, quantity, finding));
        return result.build();
    }

    private CalibrationResult.Builder begin() {
        CalibrationResult.Builder result = CalibrationResult.builder(
                        ChipIdentity.of(bench.describe()), request.targets())
                .time(begun, NANO * (System.nanoTime() - begunNanos))
                .madeBy(request.product(), request.seed())
                .codes(ChipCodes.of(bench.configuration()))
                .effort(new Effort(
                        bench.totals().programs(),
                        bench.totals().chipSeconds(),
                        bench.totals().counters()));
        request.options().forEach(result::option);
        parent.ifPresent(result::parent);
        steps.forEach(result::step);
        warnings.forEach(result::warning);
        return result;
    }

    private static void failures(CalibrationResult.Builder result, Quantity quantity, Finding finding) {
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            SearchFailure failure = finding.failures()[n];
            if (failure != null) {
                BadReason reason =
                        switch (failure) {
                            case RANGE_REACHED -> BadReason.RANGE_REACHED;
                            case NOT_MEASURABLE -> BadReason.NOT_MEASURABLE;
                        };
                result.bad(new BadNeuron(n, quantity, reason));
            }
        }
    }
}
