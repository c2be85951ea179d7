package firstspike.driver.error;

/** A timer reset, wait or synchronisation inside a schedule. */
public final class IllegalScheduleItemException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public IllegalScheduleItemException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public IllegalScheduleItemException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
