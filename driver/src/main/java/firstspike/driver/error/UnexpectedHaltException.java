package firstspike.driver.error;

/** Raw words contain a halt, which only the host may append. */
public final class UnexpectedHaltException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public UnexpectedHaltException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public UnexpectedHaltException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
