package firstspike.driver.error;

/** A fault of the software on either side; the caller reports a bug. */
public non-sealed class InternalChipException extends ChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public InternalChipException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public InternalChipException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.INTERNAL;
    }
}
