package firstspike.driver.error;

/** FPGA bitfile or chip identification outside the supported range. */
public final class BitfileException extends UnsupportedOnTargetException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public BitfileException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public BitfileException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
