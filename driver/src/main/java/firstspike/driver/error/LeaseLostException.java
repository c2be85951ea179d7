package firstspike.driver.error;

/** A lease expired or was released. */
public final class LeaseLostException extends TargetUnavailableException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public LeaseLostException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public LeaseLostException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
