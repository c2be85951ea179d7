package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A disk or a lock that does not let a run write what it must. */
public final class StorageException extends HostException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param code which error of the family
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    public StorageException(Code code, ErrorDetail detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /**
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public StorageException(Code code, String thing, Object value, Object limit, String remedy) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    /**
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     * @param cause what it followed from, or null
     */
    public StorageException(Code code, String thing, Object value, Object limit, String remedy, Throwable cause) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), cause);
    }

    @Override
    public Code code() {
        return code;
    }

    /** Errors of this family. */
    public enum Code {
        /** No space left. */
        STORAGE_FULL,
        /** No permission. */
        STORAGE_DENIED,
        /** There is something already that would be overwritten. */
        EXISTS,
        /** A living process writes the log. */
        LOG_BUSY,
        /** A living process owns the run folder. */
        RUN_LOCKED
    }
}
