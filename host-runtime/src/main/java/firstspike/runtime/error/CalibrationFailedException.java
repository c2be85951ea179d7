package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A calibration that misses too many of its targets, or cannot measure (calibration.md 6, 12). */
public final class CalibrationFailedException extends CalibrationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing what is concerned
     * @param value what was found
     * @param limit what was allowed
     * @param remedy what to do
     */
    public CalibrationFailedException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return Code.CALIBRATION_FAILED;
    }
}
