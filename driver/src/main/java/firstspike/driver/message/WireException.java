package firstspike.driver.message;

import firstspike.driver.error.ErrorDetail;

/** What is wrong with a message, a stream or a session of the wire (wire.md 19). Reaches callers as a cause. */
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

    /** Codes of messages, streams, frames and sessions. */
    public enum Code {
        /** A field outside its range. */
        FIELD_RANGE,
        /** A first byte that is no header: the position in the stream is lost. */
        UNKNOWN_HEADER,
        /** A word after a decode error. */
        DECODER_POISONED,
        /** The stream ends inside a message. */
        TRUNCATED,
        /** An Omnibus value without an address before it. */
        ORPHAN_DATA,
        /** A halt inside a user's program. */
        UNEXPECTED_HALT,
        /** More instructions than the playback memory holds. */
        PROGRAM_TOO_LARGE,
        /** Answers missing, or more than were asked for. */
        RESPONSE_COUNT,
        /** An instruction did not finish in time. */
        INSTRUCTION_TIMEOUT,
        /** No halt before the deadline. */
        RUN_TIMEOUT,
        /** The annotation counter went beyond 43 bits. */
        TIME_OVERFLOW,
        /** A frame of no word, or of more than 180. */
        FRAME_LENGTH,
        /** Nobody answered the reset frame. */
        RESET_TIMEOUT,
        /** The other side's window constants differ. */
        SETTINGS_MISMATCH,
        /** The configuration answer is too short or too long. */
        CFG_MALFORMED,
        /** The configuration answer has no information text. */
        BITFILE_INFO_EMPTY,
        /** The information text lacks a key. */
        BITFILE_INFO_INCOMPLETE,
        /** The bitfile is older than the oldest supported one. */
        BITFILE_TOO_OLD,
        /** The bitfile asks for newer software. */
        BITFILE_INCOMPATIBLE,
        /** The loopback frame did not come back. */
        LOOPBACK_TIMEOUT,
        /** Another loopback frame came back. */
        LOOPBACK_MISMATCH,
        /** Somebody else reset the FPGA. */
        SESSION_LOST,
        /** This process has a session with that FPGA already. */
        ENDPOINT_BUSY,
        /** The send queue did not move. */
        TX_STALLED,
        /** A frame was never acknowledged. */
        MAX_RESENDS,
        /** A packet type that nobody expects in an open session. */
        UNKNOWN_PACKET_TYPE,
        /** Frames were not acknowledged when the session closed; a warning. */
        CLOSE_INCOMPLETE,
        /** The session was closed. */
        CLOSED,
        /** The system refused a socket operation. */
        SOCKET
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
