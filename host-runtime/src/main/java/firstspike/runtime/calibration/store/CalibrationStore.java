package firstspike.runtime.calibration.store;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.store.HistoryEvent.Action;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All calibrations below one root, a folder a chip (formats.md 6). Results are immutable and appear whole; which one of a
 * kind is in use says a pointer file. Any thread; several processes may work on one store.
 */
public final class CalibrationStore {

    /** Calibrations of a chip that are kept. */
    public static final int KEPT = 20;

    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path root;
    private final Clock clock;

    /**
     * @param root folder; need not exist
     * @param clock of the history
     */
    public CalibrationStore(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Where it lies. */
    public Path root() {
        return root;
    }

    /**
     * @param chip of a calibration
     * @param id of the calibration
     * @return its folder; need not exist
     */
    public Path folder(ChipId chip, CalibrationId id) {
        return chipFolder(chip).resolve(id.value());
    }

    /** Chips that have calibrations, sorted. */
    public List<ChipId> chips() {
        return names(root, Files::isDirectory).stream()
                .filter(name -> name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"))
                .map(ChipId::new)
                .toList();
    }

    /**
     * Stores a result; where the same one is there already, that one is kept.
     *
     * @param result of a calibration
     * @param attachments evidence to keep with it
     * @return whether it is new
     * @throws StorageException when it cannot be written; nothing is half-written then
     */
    public boolean put(CalibrationResult result, List<Attachment> attachments) {
        return put(
                result.chip().chipId(),
                result.id(),
                ResultFolder.files(result, attachments),
                result.status().label());
    }

    private boolean put(ChipId chip, CalibrationId id, SortedMap<String, byte[]> files, String reason) {
        Path folder = folder(chip, id);
        if (Files.exists(folder)) {
            return false;
        }
        try {
            Files.createDirectories(chipFolder(chip));
            Path beside = fresh(chipFolder(chip));
            try {
                ResultFolder.write(beside, files);
                // fails when another writer was first: a folder that is not empty is never replaced
                Files.move(beside, folder);
            } catch (IOException | RuntimeException e) {
                remove(beside);
                if (Files.exists(folder)) {
                    return false;
                }
                throw e;
            }
        } catch (IOException e) {
            throw StorageFailure.of(folder, e);
        }
        log(chip, Action.CREATED, id, reason);
        return true;
    }

    /**
     * Reads a result whose every file matches its hash.
     *
     * @param chip that it belongs to
     * @param id of the result
     * @return the result
     * @throws CalibrationException when there is none of that id
     * @throws CalibrationException when it was damaged or edited
     */
    public CalibrationResult get(ChipId chip, CalibrationId id) {
        Path folder = folder(chip, id);
        if (!Files.isDirectory(folder)) {
            throw missing(chip, id.value());
        }
        CalibrationResult result = read(folder);
        if (!result.id().equals(id)) {
            throw ResultFolder.corrupt(folder, "a calibration named " + result.id(), id, null);
        }
        return result;
    }

    /**
     * Reads a result from any folder.
     *
     * @param folder with a manifest
     * @return the result, verified
     * @throws CalibrationException when it was damaged or edited
     */
    public static CalibrationResult read(Path folder) {
        return ResultFolder.parse(ResultFolder.verified(folder), folder);
    }

    /**
     * Finds a result by the id alone.
     *
     * @param id of a result of any chip
     * @return the result
     * @throws CalibrationException when no chip has it
     */
    public CalibrationResult find(CalibrationId id) {
        for (ChipId chip : chips()) {
            if (Files.isDirectory(folder(chip, id))) {
                return get(chip, id);
            }
        }
        throw new CalibrationException(
                CALIBRATION_MISSING,
                "calibration " + id,
                "not in " + root,
                "one that is stored",
                "list them with 'firstspike calibrate list'");
    }

    /**
     * Ids of a chip, the newest first; whether they can be read is not said.
     *
     * @param chip of the store
     * @return its calibrations
     */
    public List<CalibrationId> ids(ChipId chip) {
        return names(chipFolder(chip), Files::isDirectory).stream()
                .filter(CalibrationId::isId)
                .map(CalibrationId::new)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * The calibration that is in use.
     *
     * @param chip of the store
     * @param kind of calibration
     * @return its id; empty when none is in use
     * @throws CalibrationException when the pointer is no id
     */
    public Optional<CalibrationId> current(ChipId chip, CalibrationKind kind) {
        return new Pointers(chipFolder(chip)).get(kind);
    }

    /**
     * An earlier answer to a request.
     *
     * @param request what is asked for
     * @param maxAge how old the answer may be
     * @return the newest one that can be read; empty when there is none
     */
    public Optional<CalibrationResult> answer(CalibrationRequest request, Duration maxAge) {
        for (CalibrationId id : ids(request.chip())) {
            try {
                CalibrationResult result = get(request.chip(), id);
                if (request.isAnsweredBy(result, maxAge, clock.instant())) {
                    return Optional.of(result);
                }
            } catch (HostException e) {
                // a damaged one answers nothing, and whoever names it is told
                continue;
            }
        }
        return Optional.empty();
    }

    /**
     * Brings a calibration into use, and removes old ones that nobody needs.
     *
     * @param chip of the calibration
     * @param id of the calibration
     * @param allowPartial whether one may be partial
     * @param needed ids that must be kept, beside those in use and their parents
     * @return what is in use now
     * @throws CalibrationException when there is none of that id, or its status forbids it
     */
    public CalibrationResult activate(
            ChipId chip, CalibrationId id, boolean allowPartial, Predicate<CalibrationId> needed) {
        CalibrationResult result = get(chip, id);
        refuseUnfit(result, allowPartial);
        point(result, Action.ACTIVATED, "");
        prune(chip, needed);
        return result;
    }

    /**
     * Brings an older calibration back into use.
     *
     * @param chip of the store
     * @param kind of calibration
     * @param to which one; empty: the one that was in use before
     * @return what is in use now
     * @throws CalibrationException when there is none
     */
    public CalibrationResult rollback(ChipId chip, CalibrationKind kind, Optional<CalibrationId> to) {
        Optional<CalibrationId> present = current(chip, kind);
        List<CalibrationId> before =
                to.map(List::of).orElseGet(() -> new ArrayList<>(new History(chipFolder(chip)).inUse()));
        for (CalibrationId id : before) {
            if (!present.equals(Optional.of(id)) && Files.isDirectory(folder(chip, id))) {
                CalibrationResult result = get(chip, id);
                if (result.kind() == kind) {
                    refuseUnfit(result, true);
                    point(result, Action.ROLLED_BACK, "");
                    return result;
                }
            }
        }
        throw new CalibrationException(
                CALIBRATION_MISSING,
                "calibration of chip " + chip + " before "
                        + present.map(Object::toString).orElse("the first"),
                to.map(id -> id + " is in use, or not there").orElse("none"),
                "one that was in use",
                "list them with 'firstspike calibrate list', activate one with 'firstspike calibrate activate ID'");
    }

    /**
     * Notes what a measurement on the chip said of a calibration.
     *
     * @param result that was measured
     * @param right whether it still holds
     * @param reason what was found
     */
    public void note(CalibrationResult result, boolean right, String reason) {
        if (Files.isDirectory(folder(result.chip().chipId(), result.id()))) {
            log(result.chip().chipId(), right ? Action.VERIFIED : Action.MARKED_BAD, result.id(), reason);
        }
    }

    /**
     * @param chip of the store
     * @return what happened to its calibrations, the oldest first
     */
    public List<HistoryEvent> history(ChipId chip) {
        return new History(chipFolder(chip)).events();
    }

    /**
     * @param chip of a calibration
     * @param id of the calibration
     * @return an archive with all of its files
     */
    public byte[] export(ChipId chip, CalibrationId id) {
        get(chip, id);
        return CalibrationArchive.pack(ResultFolder.verified(folder(chip, id)));
    }

    /**
     * Takes a calibration over from an archive; it does not come into use.
     *
     * @param archive file that {@link #export} made
     * @return the result
     * @throws CalibrationException when it does not match its hashes
     */
    public CalibrationResult importFrom(Path archive) {
        SortedMap<String, byte[]> files = CalibrationArchive.unpack(archive);
        try {
            Files.createDirectories(root);
            Path beside = fresh(root);
            try {
                ResultFolder.write(beside, files);
                CalibrationResult result = read(beside);
                put(result.chip().chipId(), result.id(), files, "imported");
                return result;
            } finally {
                remove(beside);
            }
        } catch (IOException e) {
            throw StorageFailure.of(root, e);
        }
    }

    private void refuseUnfit(CalibrationResult result, boolean allowPartial) {
        boolean fit = result.status() == CalibrationStatus.COMPLETE
                || allowPartial && result.status() == CalibrationStatus.PARTIAL;
        if (!fit) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibration " + result.id(),
                    "is " + result.status().label(),
                    allowPartial ? "complete or partial" : "complete",
                    result.status() == CalibrationStatus.PARTIAL
                            ? "use it with --allow-partial, or calibrate anew"
                            : "calibrate anew with 'firstspike calibrate run'");
        }
    }

    private void point(CalibrationResult result, Action action, String reason) {
        ChipId chip = result.chip().chipId();
        new Pointers(chipFolder(chip)).set(result.kind(), result.id());
        log(chip, action, result.id(), reason);
    }

    /** Removes all but the newest, those in use, their parents, and those that are needed. */
    private void prune(ChipId chip, Predicate<CalibrationId> needed) {
        Set<CalibrationId> kept = new HashSet<>();
        for (CalibrationKind kind : CalibrationKind.values()) {
            Optional<CalibrationId> next = current(chip, kind);
            while (next.isPresent() && kept.add(next.get())) {
                next = parent(chip, next.get());
            }
        }
        ids(chip).stream()
                .skip(KEPT)
                .filter(id -> !kept.contains(id) && !needed.test(id))
                .forEach(id -> remove(folder(chip, id)));
    }

    private Optional<CalibrationId> parent(ChipId chip, CalibrationId id) {
        try {
            return get(chip, id).parent();
        } catch (HostException e) {
            // what cannot be read has no parent that anybody could find
            return Optional.empty();
        }
    }

    /** A new empty folder that no reader takes for a calibration. */
    private static Path fresh(Path parent) throws IOException {
        return Files.createDirectory(
                parent.resolve(".new-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet()));
    }

    /** Removes a folder of files; what another process removed already is no error. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw StorageFailure.of(folder, e);
        }
    }

    private void log(ChipId chip, Action action, CalibrationId id, String reason) {
        new History(chipFolder(chip))
                .append(new HistoryEvent(
                        clock.instant(), action, id, System.getProperty("user.name", "unknown"), reason));
    }

    private Path chipFolder(ChipId chip) {
        return root.resolve(chip.value());
    }

    private CalibrationException missing(ChipId chip, String value) {
        return new CalibrationException(
                CALIBRATION_MISSING,
                "calibration of chip " + chip,
                value + " is not in " + root,
                "one that is stored",
                "list them with 'firstspike calibrate list', or make one with 'firstspike calibrate run'");
    }

    private static List<String> names(Path folder, Predicate<Path> which) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(which)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFailure.of(folder, e);
        }
    }
}
