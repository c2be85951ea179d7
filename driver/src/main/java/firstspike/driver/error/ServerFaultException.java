package firstspike.driver.error;

/** A bug in a server. */
public final class ServerFaultException extends InternalChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ServerFaultException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ServerFaultException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
