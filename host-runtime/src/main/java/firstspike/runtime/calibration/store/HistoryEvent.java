package firstspike.runtime.calibration.store;

import firstspike.runtime.calibration.result.CalibrationId;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a calibration of a chip (formats.md 6, {@code history.jsonl}).
 *
 * @param time when
 * @param action what
 * @param id of the calibration
 * @param by who, as the system calls them
 * @param reason why, for people; may be empty
 */
public record HistoryEvent(Instant time, Action action, CalibrationId id, String by, String reason) {

    /** What can happen. */
    public enum Action {
        /** It was made, or imported. */
        CREATED,
        /** It came into use. */
        ACTIVATED,
        /** It came into use again. */
        ROLLED_BACK,
        /** It was found wrong on its chip. */
        MARKED_BAD,
        /** It was found right on its chip. */
        VERIFIED;

        /** Name in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
