package firstspike.driver.error;

/** The chip is in use, or its server is shutting down. */
public final class ChipBusyException extends TargetUnavailableException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ChipBusyException(ErrorDetail detail, Throwable cause) {
        super(Code.CHIP_BUSY, detail, cause);
    }

    /**
     * Makes an error that followed from no other.
     *
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ChipBusyException(String thing, Object value, Object limit, String remedy) {
        super(Code.CHIP_BUSY, thing, value, limit, remedy);
    }
}
