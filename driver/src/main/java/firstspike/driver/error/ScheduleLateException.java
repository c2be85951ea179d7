package firstspike.driver.error;

/** An item of a schedule would issue later than its late policy allows. */
public final class ScheduleLateException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ScheduleLateException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ScheduleLateException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
