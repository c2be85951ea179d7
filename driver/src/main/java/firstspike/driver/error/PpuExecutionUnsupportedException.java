package firstspike.driver.error;

/** A program starts a plasticity processor, which the emulator does not execute. */
public final class PpuExecutionUnsupportedException extends UnsupportedOnTargetException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public PpuExecutionUnsupportedException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public PpuExecutionUnsupportedException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
