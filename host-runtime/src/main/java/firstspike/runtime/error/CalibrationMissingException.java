package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** The target needs a calibration and none is there. */
public final class CalibrationMissingException extends CalibrationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public CalibrationMissingException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return Code.CALIBRATION_MISSING;
    }
}
