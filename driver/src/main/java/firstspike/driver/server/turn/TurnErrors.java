package firstspike.driver.server.turn;

import static firstspike.driver.error.InternalChipException.Code.SUBMISSION_CONFLICT;
import static firstspike.driver.error.RunFailedException.Code.REINIT_FAILED;
import static firstspike.driver.error.TargetUnavailableException.Code.LEASE_LOST;
import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InternalChipException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The refusals of this package, in the words and reasons of playback.md 14.8 and errors.md 3. */
final class TurnErrors {

    private static final int LONGEST_ID = 64;

    private TurnErrors() {}

    static ChipBusyException busy(String holder, String until) {
        return new ChipBusyException(
                ErrorDetail.of("chip", "in use by " + holder, "until " + until, "wait, or ask without no_wait")
                        .with(ErrorDetail.REASON, "BUSY")
                        .with("holder", holder)
                        .with("until", until),
                null);
    }

    static ChipBusyException draining() {
        return new ChipBusyException(
                ErrorDetail.of("server", "closing down", "running programs only", "wait for its successor")
                        .with(ErrorDetail.REASON, "DRAINING"),
                null);
    }

    static SessionUnknownException session(String id) {
        return new SessionUnknownException(
                ErrorDetail.of(
                                "session " + (id.length() > LONGEST_ID ? id.length() + " characters" : id),
                                "not known here",
                                "sessions that this server opened and that did not expire",
                                "open a new session and set the chip up again")
                        .with(ErrorDetail.REASON, "SESSION_UNKNOWN"),
                null,
                null,
                false);
    }

    static SessionUnknownException submission(UUID id, String what) {
        return new SessionUnknownException(
                ErrorDetail.of("submission " + id, what, "submissions of this session", "use a new id")
                        .with(ErrorDetail.REASON, "SUBMISSION_UNKNOWN"),
                null,
                null,
                true);
    }

    static InternalChipException reused(UUID id) {
        return new InternalChipException(
                SUBMISSION_CONFLICT,
                ErrorDetail.of("submission " + id, "the id of another program", "one program an id", "choose a new id")
                        .with(ErrorDetail.REASON, "ID_REUSED"),
                null);
    }

    static InternalChipException sequence(String reason, long number, long expected, String what) {
        return new InternalChipException(
                SUBMISSION_CONFLICT,
                ErrorDetail.of(
                                "sequence number " + number,
                                what,
                                expected,
                                "send the expected number, or open a session" + " with first_sequence")
                        .with(ErrorDetail.REASON, reason)
                        .with("expected", expected)
                        .with("got", number),
                null);
    }

    static TargetUnavailableException queueFull(String thing, long value, long limit, String remedy) {
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                ErrorDetail.of(thing, value, limit, remedy).with(ErrorDetail.REASON, "QUEUE_FULL"),
                null);
    }

    static CancelledException cancelled(UUID id, String byWhom, boolean stateKnown) {
        return new CancelledException(
                ErrorDetail.of("submission " + id, "cancelled by " + byWhom, "", "submit it anew")
                        .with("by", byWhom),
                null,
                null,
                stateKnown);
    }

    static CancelledException expired(UUID id, String why, long limitNs) {
        return new CancelledException(
                ErrorDetail.of("submission " + id, why, millis(limitNs), "submit it anew"), null, null, true);
    }

    static DeadlineExceededException executionLimit(UUID id, long limitNs) {
        return new DeadlineExceededException(
                ErrorDetail.of(
                                "execution of submission " + id,
                                "longer than " + millis(limitNs),
                                millis(limitNs),
                                "raise the execution limit or split the program")
                        .with(ErrorDetail.REASON, "EXECUTION_LIMIT"),
                null,
                null,
                false);
    }

    static SessionStateLostException stateLost(String session, ChipException cause) {
        return new SessionStateLostException(
                ErrorDetail.of(
                                "configuration of session " + session,
                                "not kept when it lost the chip",
                                "snapshot programs must run",
                                "open a new session")
                        .with(ErrorDetail.REASON, "STATE_LOST"),
                cause,
                null,
                false);
    }

    static SessionStateLostException configurationLost(String session) {
        return new SessionStateLostException(
                ErrorDetail.of(
                                "configuration of session " + session,
                                "gone, another session used the chip",
                                "what its last set-up program wrote",
                                "initialise the chip and write its configuration with a set-up program again, then"
                                        + " repeat; or keep it in the reinit stack")
                        .with(ErrorDetail.REASON, "STATE_LOST"),
                null,
                null,
                false);
    }

    static RunFailedException reinitFailed(String what, ChipException cause) {
        return new RunFailedException(
                REINIT_FAILED,
                ErrorDetail.of(
                                what,
                                "failed",
                                "reset and all reinit programs must run",
                                "correct it; the next submission tries again")
                        .with(ErrorDetail.REASON, "REINIT_FAILED"),
                cause,
                null,
                false);
    }

    static TargetUnavailableException leaseLost(String lease) {
        return new TargetUnavailableException(
                LEASE_LOST,
                ErrorDetail.of(
                                "lease " + (lease.length() > LONGEST_ID ? lease.length() + " characters" : lease),
                                "expired or released",
                                "the lease that holds now",
                                "take a new one")
                        .with(ErrorDetail.REASON, "LEASE_LOST"),
                null);
    }

    private static String millis(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns) + " ms";
    }
}
