package firstspike.driver.error;

/** A queue, storage or session limit of the server is reached. */
public final class QuotaExceededException extends TargetUnavailableException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public QuotaExceededException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public QuotaExceededException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
