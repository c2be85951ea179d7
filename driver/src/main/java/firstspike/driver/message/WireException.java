package firstspike.driver.message;

import firstspike.driver.link.ErrorDetail;

/** What is wrong with a message, a stream or, later, a session of the wire (wire.md 19). Reaches callers as a cause. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient ErrorDetail detail;

    /**
     * @param code which error
     * @param detail subject, value, limit, remedy
     */
    public WireException(Code code, ErrorDetail detail) {
        super(code + ": " + detail.message());
        this.code = code;
        this.detail = detail;
    }

    /** A field outside its range. */
    static WireException fieldRange(String field, long value, long min, long max) {
        return new WireException(
                Code.FIELD_RANGE,
                ErrorDetail.of(field, value, min + " to " + max, "choose a value in range")
                        .with("min", min)
                        .with("max", max));
    }

    /** Codes of the message layer. */
    public enum Code {
        /** A field outside its range. */
        FIELD_RANGE,
        /** A first byte that is no header: the position in the stream is lost. */
        UNKNOWN_HEADER,
        /** A word after a decode error. */
        DECODER_POISONED,
        /** An Omnibus value without an address before it. */
        ORPHAN_DATA
    }

    /** Which error. */
    public Code code() {
        return code;
    }

    /** Subject, value, limit and remedy. */
    public ErrorDetail detail() {
        return detail;
    }
}
