package firstspike.driver.error;

/** The crossbar has no node between this input and this output (registers.md 5.2). */
public final class NoSuchCrossbarNodeException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public NoSuchCrossbarNodeException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public NoSuchCrossbarNodeException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
