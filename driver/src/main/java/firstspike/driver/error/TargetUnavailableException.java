package firstspike.driver.error;

/** Nothing was executed because the chip cannot be had now; the caller waits, repeats, or chooses another target. */
public non-sealed class TargetUnavailableException extends ChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public TargetUnavailableException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public TargetUnavailableException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.UNAVAILABLE;
    }
}
