package firstspike.driver.error;

/** The chip is in use, or its server is shutting down. */
public final class ChipBusyException extends TargetUnavailableException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ChipBusyException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ChipBusyException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
