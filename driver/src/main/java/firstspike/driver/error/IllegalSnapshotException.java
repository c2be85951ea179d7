package firstspike.driver.error;

/** A snapshot program contains what a snapshot cannot hold, a JTAG read for example. */
public final class IllegalSnapshotException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public IllegalSnapshotException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public IllegalSnapshotException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
