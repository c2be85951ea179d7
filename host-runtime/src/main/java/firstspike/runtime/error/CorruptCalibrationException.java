package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A stored calibration that does not match its hashes, or whose name leads out of the store. */
public final class CorruptCalibrationException extends CalibrationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     * @param cause what it followed from, or null
     */
    public CorruptCalibrationException(String thing, Object value, Object limit, String remedy, Throwable cause) {
        super(ErrorDetail.of(thing, value, limit, remedy), cause);
    }

    @Override
    public Code code() {
        return Code.CORRUPT_CALIBRATION;
    }
}
