package firstspike.driver.error;

/** The server speaks another major version of the protocol. */
public final class ProtocolVersionException extends UnsupportedOnTargetException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ProtocolVersionException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ProtocolVersionException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
