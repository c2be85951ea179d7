package firstspike.driver.error;

/** A submission id was reused with other bytes, or a sequence number is past or ahead. */
public final class SubmissionConflictException extends InternalChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public SubmissionConflictException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public SubmissionConflictException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
