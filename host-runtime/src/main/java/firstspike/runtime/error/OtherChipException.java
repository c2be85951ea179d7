package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** Something that belongs to one chip was about to be used on another. */
public final class OtherChipException extends CalibrationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing what is concerned
     * @param value the chip at hand
     * @param limit the chip that it belongs to
     * @param remedy what to do
     */
    public OtherChipException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return Code.OTHER_CHIP;
    }
}
