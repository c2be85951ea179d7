package firstspike.driver.error;

/** An entry that is not the top of the re-initialisation stack was to be popped. */
public final class ReinitOrderException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ReinitOrderException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ReinitOrderException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
