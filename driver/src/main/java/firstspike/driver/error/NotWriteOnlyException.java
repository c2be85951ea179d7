package firstspike.driver.error;

/** A program part with reads was given where only writes make sense (copies, re-initialisation). */
public final class NotWriteOnlyException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public NotWriteOnlyException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public NotWriteOnlyException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
