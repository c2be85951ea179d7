package firstspike.driver.error;

/** A chunk, hash, count or field value that does not follow the protocol. */
public final class MalformedRequestException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public MalformedRequestException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public MalformedRequestException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
