package firstspike.driver.error;

/** More instructions or expected trace messages than the playback memory holds. */
public final class ProgramTooLargeException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ProgramTooLargeException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ProgramTooLargeException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
