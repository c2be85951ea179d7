package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A calibration that is missing, failed, or belongs elsewhere (calibration.md 12). */
public final class CalibrationException extends HostException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the family
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    public CalibrationException(Code code, ErrorDetail detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /**
     * Makes an error that followed from no other.
     *
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public CalibrationException(Code code, String thing, Object value, Object limit, String remedy) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return code;
    }

    /** Errors of this family. */
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
