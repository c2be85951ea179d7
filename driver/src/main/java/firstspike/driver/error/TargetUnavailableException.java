package firstspike.driver.error;

/** Nothing was executed because the chip cannot be had now; the caller waits, repeats, or chooses another target. */
public non-sealed class TargetUnavailableException extends ChipException {

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the branch
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public TargetUnavailableException(Code code, ErrorDetail detail, Throwable cause) {
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
    public TargetUnavailableException(Code code, String thing, Object value, Object limit, String remedy) {
        super(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.UNAVAILABLE;
    }

    /** Errors of this branch; the names are API (errors.md 1). */
    public enum Code {
        /** None of the others. */
        TARGET_UNAVAILABLE,
        /** The server refuses this user, token or certificate. */
        ACCESS_DENIED,
        /** The chip is in use, or its server is shutting down. */
        CHIP_BUSY,
        /** A lease expired or was released. */
        LEASE_LOST,
        /** A queue, storage or session limit of the server is reached. */
        QUOTA_EXCEEDED,
        /** Nobody ever answered at the address. */
        TARGET_UNREACHABLE
    }
}
