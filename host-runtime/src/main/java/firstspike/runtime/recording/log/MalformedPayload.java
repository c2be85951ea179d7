package firstspike.runtime.recording.log;

/** A payload that does not decode: not in the wire format, or columns that contradict each other. */
final class MalformedPayload extends Exception {

    private static final long serialVersionUID = 1L;

    private final String column;

    private MalformedPayload(String column, String reason) {
        super(reason);
        this.column = column;
    }

    /** Bytes that are no message, or one without content. */
    static MalformedPayload message(String reason) {
        return new MalformedPayload(null, reason);
    }

    /** A chunk with a column that cannot be. */
    static MalformedPayload column(String column, String reason) {
        return new MalformedPayload(column, reason);
    }

    /** Name of the column at fault; null when the message itself is. */
    String column() {
        return column;
    }
}
