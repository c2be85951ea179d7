package firstspike.driver.error;

/** The target, or this version of it, cannot do what was asked; the caller chooses another target or leaves the feature out. */
public non-sealed class UnsupportedOnTargetException extends ChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public UnsupportedOnTargetException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public UnsupportedOnTargetException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.UNSUPPORTED;
    }
}
