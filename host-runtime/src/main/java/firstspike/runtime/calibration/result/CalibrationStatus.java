package firstspike.runtime.calibration.result;

import java.util.Locale;

/** How far a calibration came. */
public enum CalibrationStatus {
    /** Every share of neurons passed. */
    COMPLETE,
    /** Ended, but a share was missed: in use only where that is allowed. */
    PARTIAL,
    /** Did not end, or was falsified: kept for people, never in use. */
    REJECTED;

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param label name in files
     * @return the status
     * @throws IllegalArgumentException for a name that is none
     */
    public static CalibrationStatus of(String label) {
        return Labels.of(values(), CalibrationStatus::label, label, "status of a calibration");
    }
}
