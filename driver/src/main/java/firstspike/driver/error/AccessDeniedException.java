package firstspike.driver.error;

/** The server refuses this user, token or certificate. */
public final class AccessDeniedException extends TargetUnavailableException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public AccessDeniedException(ErrorDetail detail, Throwable cause) {
        super(Code.ACCESS_DENIED, detail, cause);
    }

    /**
     * Makes an error that followed from no other.
     *
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public AccessDeniedException(String thing, Object value, Object limit, String remedy) {
        super(Code.ACCESS_DENIED, thing, value, limit, remedy);
    }
}
