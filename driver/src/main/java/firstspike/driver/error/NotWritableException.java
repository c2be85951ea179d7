package firstspike.driver.error;

/** A container without write access was to be written (registers.md 4.5, "read only"). */
public final class NotWritableException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public NotWritableException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public NotWritableException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
