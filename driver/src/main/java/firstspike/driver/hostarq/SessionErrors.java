package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;

/** The errors of one session, which all name its peer (wire.md 19). Any thread. */
final class SessionErrors {

    private static final String REOPEN = "open again";

    private final SessionSettings settings;

    SessionErrors(SessionSettings settings) {
        this.settings = settings;
    }

    /** Nobody answered the reset frame. */
    WireException resetTimeout(int attempts, long timeoutMs) {
        return new WireException(
                Code.RESET_TIMEOUT,
                ErrorDetail.of(
                                settings.peer(),
                                "no answer to " + attempts + " reset frames",
                                timeoutMs + " ms each",
                                "check power, network, firewall, ports, and whether the FPGA is allocated to you")
                        .with("field", "resetTimeoutMs")
                        .with("value", timeoutMs)
                        .with("attempts", attempts));
    }

    /** The loopback frame did not come back. */
    WireException loopbackTimeout(long timeoutMs) {
        return new WireException(
                Code.LOOPBACK_TIMEOUT,
                ErrorDetail.of(
                                settings.peer(),
                                "loopback frame did not come back",
                                timeoutMs + " ms",
                                "another client is using the FPGA, or the link is lossy: end it, or try again")
                        .with("field", "loopbackTimeoutMs")
                        .with("value", timeoutMs));
    }

    /** Another loopback frame came back. */
    WireException loopbackMismatch(String value, String expected) {
        return new WireException(
                Code.LOOPBACK_MISMATCH,
                ErrorDetail.of(
                                settings.peer(),
                                "loopback frame came back as " + value,
                                expected,
                                "another client is using the FPGA: end it, or wait for it")
                        .with("field", "loopback")
                        .with("value", value)
                        .with("expected", expected));
    }

    /** Somebody else reset the FPGA. */
    WireException lost() {
        return new WireException(
                Code.SESSION_LOST,
                ErrorDetail.of(
                        settings.peer(),
                        "configuration answer in an open session",
                        "one, while opening",
                        "another client reset the FPGA: make sure that it is yours, then open again"));
    }

    /** Frames were not acknowledged when the session closed. */
    WireException closeIncomplete(int frames, long drainMs) {
        return new WireException(
                Code.CLOSE_INCOMPLETE,
                ErrorDetail.of(
                                settings.peer(),
                                frames + " frames not acknowledged at close",
                                "0 after " + drainMs + " ms",
                                "the FPGA may not have received the end: reset it by opening again")
                        .with("frames", frames));
    }

    /** Use after close. */
    WireException closed() {
        return new WireException(
                Code.CLOSED, ErrorDetail.of(settings.peer(), "session is closed", "an open session", REOPEN));
    }

    /** The send queue did not move. */
    WireException stalled(SendWindow window, long blockedMs, long sinceAckUs) {
        return new WireException(
                Code.TX_STALLED,
                ErrorDetail.of(
                                settings.peer(),
                                "send blocked for " + blockedMs + " ms: " + window.inFlight()
                                        + " frames in flight from "
                                        + window.lowSequence() + " on, " + window.waiting() + " queued, RTO "
                                        + window.timeoutNanos() / 1_000 + " us, last ACK "
                                        + (sinceAckUs < 0 ? "never" : sinceAckUs + " us ago"),
                                "10000 ms",
                                "the FPGA takes nothing: check its state, then open again")
                        .with("low", window.lowSequence())
                        .with("inFlight", window.inFlight())
                        .with("queued", window.waiting())
                        .with("rtoUs", window.timeoutNanos() / 1_000)
                        .with("sinceAckUs", sinceAckUs));
    }

    /** The system refused a socket operation. */
    WireException socket(String text, Throwable cause) {
        WireException error = new WireException(
                Code.SOCKET, ErrorDetail.of(settings.peer(), text, "a working socket", "check address and network"));
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /** A window constant of the other side differs. */
    WireException settingsMismatch(String field, long value, long expected) {
        return new WireException(
                Code.SETTINGS_MISMATCH,
                ErrorDetail.of(
                                field + " of " + settings.peer(),
                                Long.toUnsignedString(value),
                                String.valueOf(expected),
                                "bitfile and this software do not fit: use a bitfile for this software")
                        .with("field", field)
                        .with("value", Long.toUnsignedString(value))
                        .with("expected", expected));
    }

    /** The configuration answer has another size than it says. */
    WireException malformedAnswer(String field, String value, String bound, String limit) {
        return new WireException(
                Code.CFG_MALFORMED,
                ErrorDetail.of(
                                field + " of the configuration answer of " + settings.peer(),
                                value,
                                bound + " " + limit,
                                "the bitfile answers wrongly: load one that fits")
                        .with("field", field)
                        .with("value", value)
                        .with(bound, limit));
    }

    /** There is no information text. */
    WireException noInformation() {
        return new WireException(
                Code.BITFILE_INFO_EMPTY,
                ErrorDetail.of(
                                "information text of " + settings.peer(),
                                "empty",
                                "YAML with version and compatible_until",
                                "load a bitfile that describes itself")
                        .with("field", "info"));
    }

    /** The information text lacks an integer. */
    WireException incompleteInformation(String key, Throwable cause) {
        WireException error = new WireException(
                Code.BITFILE_INFO_INCOMPLETE,
                ErrorDetail.of(
                                key + " in the information text of " + settings.peer(),
                                "missing",
                                "an integer",
                                "load a bitfile that describes itself")
                        .with("field", key));
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /** The bitfile is too old for this software. */
    WireException tooOld(long version) {
        return new WireException(
                Code.BITFILE_TOO_OLD,
                ErrorDetail.of(
                                "version of the bitfile of " + settings.peer(),
                                version,
                                "at least " + settings.oldestVersion(),
                                "update the bitfile")
                        .with("field", "version")
                        .with("value", version)
                        .with("min", settings.oldestVersion()));
    }

    /** The bitfile wants newer software. */
    WireException incompatible(long compatibleUntil) {
        return new WireException(
                Code.BITFILE_INCOMPATIBLE,
                ErrorDetail.of(
                                "compatible_until of the bitfile of " + settings.peer(),
                                compatibleUntil,
                                "at most " + settings.newestCompatible(),
                                "update this software")
                        .with("field", "compatible_until")
                        .with("value", compatibleUntil)
                        .with("max", settings.newestCompatible()));
    }
}
