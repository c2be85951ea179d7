package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A calibration that is missing, failed, or belongs elsewhere (calibration.md 12). */
public abstract non-sealed class CalibrationException extends HostException {

    private static final long serialVersionUID = 1L;

    /**
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    protected CalibrationException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    @Override
    public abstract Code code();

    /** Errors of this family, one a leaf class. */
    public enum Code {
        /** The target needs a calibration and none is there. */
        CALIBRATION_MISSING,
        /** Too many circuits missed their targets. */
        CALIBRATION_FAILED,
        /** A measurement brought too few samples. */
        TOO_FEW_SAMPLES,
        /** A calibration of another chip. */
        OTHER_CHIP,
        /** A stored file that does not match its hash. */
        CORRUPT_CALIBRATION
    }
}
