package firstspike.driver.error;

/** A fault of the software on either side; the caller reports a bug. */
public non-sealed class InternalChipException extends ChipException {

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the branch
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public InternalChipException(Code code, ErrorDetail detail, Throwable cause) {
        super(code, detail, cause);
    }

    /**
     * Makes an error that followed from no other.
     *
     * @param code which error of the branch
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public InternalChipException(Code code, String thing, Object value, Object limit, String remedy) {
        super(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.INTERNAL;
    }

    /** Errors of this branch; the names are API (errors.md 1). */
    public enum Code {
        /** None of the others. */
        INTERNAL_CHIP,
        /** A bug in a server. */
        SERVER_FAULT,
        /** A submission id was reused with other bytes, or a sequence number is past or ahead. */
        SUBMISSION_CONFLICT
    }
}
