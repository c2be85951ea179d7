package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A measurement brought fewer samples than it needs, twice (calibration.md 12). */
public final class TooFewSamplesException extends CalibrationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public TooFewSamplesException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return Code.TOO_FEW_SAMPLES;
    }
}
