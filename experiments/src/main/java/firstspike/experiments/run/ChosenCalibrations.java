package firstspike.experiments.run;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;
import static firstspike.runtime.error.CalibrationException.Code.OTHER_CHIP;

import firstspike.driver.link.ChipDescription;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.calibration.store.Manifest;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.network.ChipSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The calibrations that a run uses, one a chip, or none and why (formats.md 6, "Selection order"): the one that was named, else
 * the one in use on the chip. A chip that needs none is calibrated only by name: its codes are nominal (inloop.md 13.5).
 * Immutable.
 */
public final class ChosenCalibrations {

    private static final String CURRENT = "current";
    private static final String NONE = "none";
    /** Property of a chip that was made after a calibration, which then counts as one of it (formats.md 6.1). */
    private static final String OWN_CALIBRATION = "calibration_id";

    private static final double SAME_TARGET = 0.01;

    private final List<CalibrationResult> results;
    private final String reason;
    private final List<String> notes;
    private final Instant now;

    private ChosenCalibrations(List<CalibrationResult> results, String reason, List<String> notes, Instant now) {
        this.results = List.copyOf(results);
        this.reason = reason;
        this.notes = List.copyOf(notes);
        this.now = now;
    }

    /**
     * @param reason why there are none
     * @return no calibrations
     */
    static ChosenCalibrations none(String reason) {
        return new ChosenCalibrations(List.of(), reason, List.of(), Instant.EPOCH);
    }

    /**
     * Chooses for all chips of a target.
     *
     * @param experiment which calibration it wants
     * @param chips of the target
     * @param choice what the command allows
     * @param before ids that a run used which goes on; empty: as the experiment says
     * @return one calibration a chip, or none
     * @throws CalibrationException when a chip needs one and has none
     * @throws CalibrationException for a named one of another chip
     */
    static ChosenCalibrations of(
            Experiment experiment,
            List<ChipDescription> chips,
            CalibrationChoice choice,
            Optional<List<CalibrationId>> before) {
        CalibrationStore store = new CalibrationStore(choice.store(), Clock.systemUTC());
        String wanted = experiment.calibration();
        boolean needed = chips.stream().anyMatch(ChipDescription::needsCalibration);
        List<String> notes = new ArrayList<>();
        List<CalibrationResult> results = new ArrayList<>();
        for (int i = 0; i < chips.size(); i++) {
            Optional<CalibrationResult> found =
                    before.isPresent() ? kept(store, before.get(), i) : find(store, wanted, chips.get(i));
            if (found.isPresent()) {
                fit(found.get(), experiment.chip());
                requireSameChip(found.get(), chips.get(i), choice.forceChip()).ifPresent(notes::add);
                otherSize(found.get(), experiment.chip()).ifPresent(notes::add);
                results.add(found.get());
            } else if (chips.get(i).needsCalibration() && !choice.allowUncalibrated()) {
                throw missing(chips.get(i), wanted, choice);
            }
        }
        if (results.size() < chips.size()) {
            return none(needed ? "nominal codes were allowed" : "this target needs none");
        }
        return new ChosenCalibrations(results, "", notes, Instant.now());
    }

    private static Optional<CalibrationResult> kept(CalibrationStore store, List<CalibrationId> ids, int chip) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(store.find(ids.get(Math.min(chip, ids.size() - 1))));
    }

    private static Optional<CalibrationResult> find(CalibrationStore store, String wanted, ChipDescription chip) {
        if (wanted.equals(NONE) || wanted.equals(CURRENT) && !chip.needsCalibration()) {
            return Optional.empty();
        }
        if (wanted.equals(CURRENT)) {
            return store.current(chip.chipId(), CalibrationKind.SPIKING).map(id -> store.get(chip.chipId(), id));
        }
        if (CalibrationId.isId(wanted)) {
            return Optional.of(store.find(new CalibrationId(wanted)));
        }
        return Optional.of(CalibrationStore.read(folder(wanted)));
    }

    private static Path folder(String wanted) {
        try {
            Path folder = Path.of(wanted);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // no path is no folder
        }
        throw new CalibrationException(
                CALIBRATION_MISSING,
                "calibration " + wanted.replace('\0', '?'),
                "neither an id nor a folder",
                "current, none, an id, or a folder with a calibration",
                "list them with 'firstspike calibrate list'");
    }

    private static void fit(CalibrationResult result, Optional<ChipSettings> settings) {
        boolean forNetworks = result.kind() == CalibrationKind.SPIKING || result.kind() == CalibrationKind.CUSTOM;
        if (result.status() == CalibrationStatus.REJECTED || !forNetworks) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibration " + result.id(),
                    forNetworks ? "is rejected" : "is of kind " + result.kind().label(),
                    "a complete one for spiking networks",
                    "calibrate with 'firstspike calibrate run', or name another one");
        }
        settings.ifPresent(chip -> {
            sameTarget(result, TargetKey.TAU_MEM, chip.calibrationTauMemUs());
            sameTarget(result, TargetKey.TAU_SYN_EXC, chip.calibrationTauSynUs());
            sameTarget(result, TargetKey.TAU_SYN_INH, chip.calibrationTauSynUs());
        });
    }

    /** Merged circuits differ in more than their capacitance, so scaling back to another number is an estimate. */
    private static Optional<String> otherSize(CalibrationResult result, Optional<ChipSettings> settings) {
        OptionalInt size = settings.map(ChipSettings::neuronSize).orElse(OptionalInt.empty());
        boolean other = result.merged() != MergedCircuits.ONE
                && size.isPresent()
                && size.getAsInt() != result.merged().count();
        return other
                ? Optional.of("calibration " + result.id() + " was measured with "
                        + result.merged().count() + " circuits a neuron, chip.neuron_size is " + size.getAsInt()
                        + ": its values are scaled by the capacitance")
                : Optional.empty();
    }

    private static void sameTarget(CalibrationResult result, TargetKey key, OptionalDouble wanted) {
        if (wanted.isPresent()) {
            double least = result.targets().get(key).least();
            double most = result.targets().get(key).most();
            double limit = SAME_TARGET * wanted.getAsDouble();
            if (wanted.getAsDouble() - least > limit || most - wanted.getAsDouble() > limit) {
                throw new CalibrationException(
                        CALIBRATION_MISSING,
                        key.key() + " of calibration " + result.id(),
                        result.targets().get(key),
                        wanted.getAsDouble() + " ± 1 %, as chip.calibration says",
                        "calibrate with other --targets, or change chip.calibration");
            }
        }
    }

    /**
     * Refuses a calibration of another chip.
     *
     * @param result that is to be used
     * @param chip at hand
     * @param force whether it may be one of another chip
     * @return a warning when it is one all the same
     * @throws CalibrationException when it is one and may not
     */
    public static Optional<String> requireSameChip(CalibrationResult result, ChipDescription chip, boolean force) {
        boolean same = result.chip().chipId().equals(chip.chipId())
                || result.id().value().equals(chip.properties().get(OWN_CALIBRATION));
        if (!same && !force) {
            throw new CalibrationException(
                    OTHER_CHIP,
                    "calibration " + result.id(),
                    "chip " + chip.chipId() + " is to be used",
                    "chip " + result.chip().chipId() + ", which it belongs to",
                    "calibrate this chip with 'firstspike calibrate run', or say --force-chip");
        }
        return same
                ? Optional.empty()
                : Optional.of("calibration " + result.id() + " belongs to chip "
                        + result.chip().chipId() + " and is used on chip " + chip.chipId());
    }

    private static CalibrationException missing(ChipDescription chip, String wanted, CalibrationChoice choice) {
        return new CalibrationException(
                CALIBRATION_MISSING,
                "calibration of chip " + chip.chipId(),
                wanted.equals(NONE) ? "none was wanted" : "none in use in " + choice.store(),
                "one that belongs to this chip",
                "make one with 'firstspike calibrate run --target " + Quoting.word(chip.target())
                        + " --targets fast-and-deep --activate', or allow nominal codes with --allow-uncalibrated");
    }

    /** One a chip in the order of the target; empty: nominal codes. */
    List<CalibrationResult> results() {
        return results;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    /** Why there are none. */
    String reason() {
        return reason;
    }

    /** What deserves attention. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        for (CalibrationResult result : results) {
            if (result.status() == CalibrationStatus.PARTIAL) {
                all.add("calibration " + result.id() + " is partial: too many neurons missed their targets");
            }
        }
        return all;
    }

    /** Ids with blanks between them; empty when there are none. */
    String ids() {
        return results.stream().map(result -> result.id().value()).collect(Collectors.joining(" "));
    }

    /** Ids as {@link #ids()} wrote them. */
    static List<CalibrationId> ids(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.strip().split(" +"))
                        .map(CalibrationId::new)
                        .toList();
    }

    /** Age of the oldest one. */
    Optional<Duration> age() {
        return results.stream().map(result -> result.age(now)).max(Duration::compareTo);
    }

    /** For people: ids and ages, or why there are none. */
    String line() {
        return results.isEmpty()
                ? "none: " + reason
                : results.stream()
                        .map(result -> result.id() + ", " + Ages.text(result.age(now)) + " old")
                        .collect(Collectors.joining("; "));
    }

    /** For JSON mode; null when there are none. */
    Map<String, Object> tree() {
        if (results.isEmpty()) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", ids());
        tree.put("age_s", age().orElseThrow().toSeconds());
        return tree;
    }

    /** The file {@code calibration.json} of a run folder: the manifest, or a list of them for several chips. */
    Object manifest() {
        if (results.isEmpty()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("calibration", null);
            tree.put("reason", reason);
            return tree;
        }
        List<Object> all = new ArrayList<>();
        results.forEach(result -> all.add(Manifest.of(result)));
        return all.size() == 1 ? all.get(0) : all;
    }
}
