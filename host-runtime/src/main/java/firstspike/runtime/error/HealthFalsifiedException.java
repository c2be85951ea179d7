package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A counter or a value that makes a result worthless, for example not-a-number in times or weights (formats.md 3.3). */
public final class HealthFalsifiedException extends HostException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param code which error of the family
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    public HealthFalsifiedException(Code code, ErrorDetail detail, Throwable cause) {
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
    public HealthFalsifiedException(Code code, String thing, Object value, Object limit, String remedy) {
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
    public HealthFalsifiedException(
            Code code, String thing, Object value, Object limit, String remedy, Throwable cause) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), cause);
    }

    @Override
    public Code code() {
        return code;
    }

    /** Errors of this family. */
    public enum Code {
        /** The only code; the thing names the key. */
        HEALTH_FALSIFIED
    }
}
