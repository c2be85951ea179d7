package firstspike.driver.error;

/** Nothing was executed; the caller changes the program or the experiment. */
public non-sealed class ProgramRejectedException extends ChipException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ProgramRejectedException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ProgramRejectedException(String thing, Object value, Object limit, String remedy) {
        super(ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.REJECTED;
    }
}
