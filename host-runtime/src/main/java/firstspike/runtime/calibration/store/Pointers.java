package firstspike.runtime.calibration.store;

import static firstspike.runtime.error.CalibrationException.Code.CORRUPT_CALIBRATION;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files {@code current.<kind>} of one chip: which calibration of a kind is in use. */
final class Pointers {

    private static final String PREFIX = "current.";
    private static final int LONGEST = 256;

    private final Path chip;

    Pointers(Path chip) {
        this.chip = chip;
    }

    /** The id that a pointer has; {@link CalibrationException} when it has anything else. */
    Optional<CalibrationId> get(CalibrationKind kind) {
        Path file = file(kind);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LONGEST) {
                throw corrupt(file, Files.size(file) + " bytes");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!CalibrationId.isId(text)) {
                throw corrupt(file, "'" + text + "'");
            }
            return Optional.of(new CalibrationId(text));
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    void set(CalibrationKind kind, CalibrationId id) {
        AtomicFile.replace(file(kind), (id + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Path file(CalibrationKind kind) {
        return chip.resolve(PREFIX + kind.label());
    }

    private static CalibrationException corrupt(Path file, String value) {
        return new CalibrationException(
                CORRUPT_CALIBRATION,
                ErrorDetail.of(
                        file.toString(),
                        value,
                        "the id of a calibration",
                        "bring one into use with 'firstspike calibrate activate ID'"),
                null);
    }
}
