package firstspike.experiments.cli.targets;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.remote.ChipActivity;
import firstspike.driver.remote.HeldLease;
import firstspike.driver.remote.ServedChip;
import firstspike.experiments.run.Ages;
import firstspike.runtime.target.IdealTarget;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A chip as {@code targets} shows it (journeys.md U9 and 4).
 *
 * @param id of the chip
 * @param kind emulator, hardware, mock or ideal
 * @param fidelity in words
 * @param needsCalibration false where nominal codes serve
 * @param lease of somebody, if any
 * @param activity as the server tells it, if there is one that does
 * @param calibration in use on it, as the caller's store knows it
 * @param description everything that is known of it; empty for exact arithmetic
 */
public record TargetRow(
        String id,
        String kind,
        String fidelity,
        boolean needsCalibration,
        Optional<HeldLease> lease,
        Optional<ChipActivity> activity,
        Optional<StoredAge> calibration,
        Map<String, Object> description) {

    private static final String FORM = "%-28s %-10s %-44s %6s %12s %13s  %s";

    static final String HEAD =
            String.format(FORM, "chip", "fidelity", "state", "queue", "calibration", "programs/min", "health");

    /** A chip that nobody shares. */
    static TargetRow of(ChipDescription chip) {
        return of(chip, Optional.empty(), Optional.empty());
    }

    /** A chip of a server. */
    static TargetRow of(ServedChip chip) {
        return of(chip.description(), chip.lease(), chip.activity());
    }

    private static TargetRow of(ChipDescription chip, Optional<HeldLease> lease, Optional<ChipActivity> activity) {
        return new TargetRow(
                chip.chipId().value(),
                chip.kind().name().toLowerCase(Locale.ROOT),
                chip.fidelity(),
                chip.needsCalibration(),
                lease,
                activity,
                Optional.empty(),
                description(chip));
    }

    /** Exact arithmetic. */
    static TargetRow ideal() {
        return new TargetRow(
                IdealTarget.NAME,
                IdealTarget.NAME,
                IdealTarget.NAME,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The same chip with what a store knows of it. */
    TargetRow with(Optional<StoredAge> stored) {
        return new TargetRow(id, kind, fidelity, needsCalibration, lease, activity, stored, description);
    }

    private static Map<String, Object> description(ChipDescription chip) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("target", chip.target());
        tree.put("chip_revision", chip.chipRevision());
        tree.put("software_version", chip.softwareVersion());
        tree.put("tick_ps", chip.tickPicoseconds());
        tree.put(
                "input_latency_ticks",
                chip.inputLatencyTicks().isPresent() ? chip.inputLatencyTicks().getAsLong() : null);
        tree.put(
                "output_latency_ticks",
                chip.outputLatencyTicks().isPresent()
                        ? chip.outputLatencyTicks().getAsLong()
                        : null);
        tree.put("max_instructions", chip.maxInstructions());
        chip.properties().forEach(tree::put);
        return tree;
    }

    /** In the order of journeys.md 4; a calibration is looked up by chip id in the caller's store. */
    public Map<String, Object> json() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("kind", kind);
        row.put("fidelity", fidelity);
        row.put("state", lease.isPresent() ? "leased" : "free");
        row.put("holder", lease.map(HeldLease::holder).orElse(null));
        row.put("until", lease.map(TargetRow::end).orElse(null));
        row.put("queue", activity.map(ChipActivity::queued).orElse(0L));
        row.put("calibration_id", calibration.map(StoredAge::id).orElse(null));
        row.put(
                "calibration_age_s",
                calibration.map(stored -> stored.age().toSeconds()).orElse(null));
        row.put(
                "programs_per_min",
                activity.map(ChipActivity::programsLastMinute).orElse(null));
        row.put("health", activity.map(now -> now.health().toString()).orElse(null));
        row.put("needs_calibration", needsCalibration);
        activity.ifPresent(now -> {
            row.put("sessions", now.sessions());
            row.put("largest_wait_ms", now.largestWait().toNanos() / 1e6);
            row.put(
                    "wait_bound_ms",
                    now.waitBound().map(bound -> bound.toNanos() / 1e6).orElse(null));
        });
        return row;
    }

    /** For people, under {@link #HEAD}. */
    String text() {
        String state = lease.map(held -> "leased by " + held.holder() + " until " + end(held))
                .orElse("free");
        return String.format(
                FORM,
                id,
                fidelity,
                state,
                activity.map(ChipActivity::queued).orElse(0L),
                calibration.map(stored -> Ages.text(stored.age())).orElse(needsCalibration ? "-" : "not needed"),
                activity.map(now -> Long.toString(now.programsLastMinute())).orElse("-"),
                activity.map(now -> now.health().toString()).orElse("-"));
    }

    static String end(HeldLease lease) {
        return lease.end().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
