package firstspike.driver.error;

/** A time cannot be expressed in the 32-bit playback timer, is negative, or is not a number. */
public final class TimeOutOfRangeException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public TimeOutOfRangeException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public TimeOutOfRangeException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
