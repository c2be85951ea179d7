package firstspike.driver.error;

/** The server refuses this user, token or certificate. */
public final class AccessDeniedException extends TargetUnavailableException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public AccessDeniedException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public AccessDeniedException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
