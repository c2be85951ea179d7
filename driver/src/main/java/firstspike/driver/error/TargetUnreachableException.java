package firstspike.driver.error;

/** Nobody ever answered at the address. */
public final class TargetUnreachableException extends TargetUnavailableException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public TargetUnreachableException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public TargetUnreachableException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
