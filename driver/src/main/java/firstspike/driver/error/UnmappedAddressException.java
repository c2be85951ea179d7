package firstspike.driver.error;

/** An address that no register owns. */
public final class UnmappedAddressException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public UnmappedAddressException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public UnmappedAddressException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
