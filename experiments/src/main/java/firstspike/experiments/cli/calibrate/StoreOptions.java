package firstspike.experiments.cli.calibrate;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.driver.link.ChipId;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.run.Quoting;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.StorageFailure;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store, and which chip of it, a command about calibrations means. */
final class StoreOptions {

    private static final String CURRENT = "current";

    @Option(
            names = "--chip",
            paramLabel = "ID",
            description = "Which chip (default: that of --target, or the only one in the store).")
    String chip;

    @Mixin
    TargetOptions target = new TargetOptions();

    CalibrationStore store(Environment environment) {
        return target.store(environment);
    }

    /** The chip that is meant. */
    ChipId chip(Environment environment) {
        if (chip != null) {
            return chipId(chip);
        }
        if (target.target().isPresent()) {
            try (Target resolved = Targets.installed().resolve(target.target().get(), target.link())) {
                return resolved instanceof ChipTarget chips
                        ? chips.chips().get(0).chipId()
                        : chipId(resolved.uri());
            }
        }
        CalibrationStore store = store(environment);
        List<ChipId> chips = store.chips();
        if (chips.size() == 1) {
            return chips.get(0);
        }
        if (chips.isEmpty()) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibrations in " + store.root(),
                    "none",
                    "at least one",
                    "make one with 'firstspike calibrate run', or set FIRSTSPIKE_CALIBRATIONS");
        }
        throw new UsageException("--chip: not given for " + chips.size() + " chips (known: "
                + chips.stream().map(ChipId::value).collect(Collectors.joining(", ")) + "); name one of them");
    }

    static ChipId chipId(String text) {
        try {
            return new ChipId(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--chip: " + e.getMessage());
        }
    }

    /** The calibration of that id, of any chip; {@code current}: the one in use on the chip that is meant. */
    CalibrationResult find(String id, Environment environment) {
        return find(id, () -> chip(environment), environment);
    }

    /** The same where something else knows which chip is meant. */
    CalibrationResult find(String id, Supplier<ChipId> chip, Environment environment) {
        CalibrationStore store = store(environment);
        if (!id.equals(CURRENT)) {
            return store.find(id(id));
        }
        ChipId meant = chip.get();
        return store.get(
                meant,
                store.current(meant, CalibrationKind.SPIKING)
                        .orElseThrow(() -> new CalibrationException(
                                CALIBRATION_MISSING,
                                "calibration in use on chip " + meant,
                                "none",
                                "one that was activated",
                                "activate one with 'firstspike calibrate activate ID'")));
    }

    static CalibrationId id(String text) {
        try {
            return new CalibrationId(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Calibrations that run folders name: these are kept. */
    Predicate<CalibrationId> needed(Environment environment) {
        Set<String> named = new HashSet<>();
        Path runs = target.runs(environment);
        if (Files.isDirectory(runs)) {
            try (Stream<Path> folders = Files.list(runs)) {
                folders.filter(folder -> Files.isRegularFile(folder.resolve(RunFolder.RUN_JSON)))
                        .forEach(folder -> named.addAll(ids(folder)));
            } catch (IOException e) {
                throw StorageFailure.of(runs, e);
            }
        }
        return id -> named.contains(id.value());
    }

    private static List<String> ids(Path run) {
        try {
            return List.of(RunFolder.record(run).text("calibration_id").split(" "));
        } catch (StorageException | FormatException e) {
            // a run that cannot be read needs nothing that could be found
            return List.of();
        }
    }

    /** What brings a calibration into use, for people. */
    static String activateCommand(CalibrationResult result) {
        return "firstspike calibrate activate " + Quoting.word(result.id().value());
    }
}
