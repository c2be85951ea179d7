package firstspike.driver.server;

import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;

/** Refusals around sessions, in the words and reasons of playback.md 14.8. */
final class SessionErrors {

    private static final int LONGEST_ID = 64;

    private SessionErrors() {}

    static ChipBusyException draining() {
        return new ChipBusyException(
                ErrorDetail.of("server", "closing down", "running programs only", "wait for its successor")
                        .with(ErrorDetail.REASON, "DRAINING"),
                null);
    }

    static ChipBusyException working() {
        return new ChipBusyException(
                ErrorDetail.of("chip of the session", "at work", "an idle chip", "wait for the results of the session")
                        .with(ErrorDetail.REASON, "BUSY"),
                null);
    }

    static TargetUnavailableException tooMany(int open, int limit) {
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                ErrorDetail.of("open sessions", open, limit, "close one, or try later")
                        .with(ErrorDetail.REASON, "SESSIONS"),
                null);
    }

    static TargetUnavailableException tooManyOf(String thing, long open, long limit) {
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                ErrorDetail.of(thing, open, limit, "close one, or try later").with(ErrorDetail.REASON, "SESSIONS"),
                null);
    }

    static SessionUnknownException unknown(String session) {
        return new SessionUnknownException(
                ErrorDetail.of(
                                "session "
                                        + (session.length() > LONGEST_ID ? session.length() + " characters" : session),
                                "not known here",
                                "sessions that this server opened and that did not expire",
                                "open a new session and set the chip up again")
                        .with(ErrorDetail.REASON, "SESSION_UNKNOWN"),
                null,
                null,
                false);
    }
}
