package firstspike.driver.error;

/** A strict builder found a read that no barrier follows. */
public final class MissingBarrierException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public MissingBarrierException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public MissingBarrierException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
