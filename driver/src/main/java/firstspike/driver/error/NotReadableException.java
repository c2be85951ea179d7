package firstspike.driver.error;

/** A container without read access was to be read (registers.md 4.5, "write only"). */
public final class NotReadableException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public NotReadableException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public NotReadableException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
