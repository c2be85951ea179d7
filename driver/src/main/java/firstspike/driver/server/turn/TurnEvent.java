package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.Optional;

/**
 * Something that happened in a session (playback.md 14.1, Attach).
 *
 * @param kind what
 * @param session whose
 * @param number counted up by one within the session, from 1
 * @param atNs when, on the clock that the machine is given
 * @param unit the submission that changed its state, for {@link Kind#UNIT}
 * @param cause why, where there is something to say
 */
public record TurnEvent(
        Kind kind, String session, long number, long atNs, Optional<UnitStatus> unit, Optional<ChipException> cause) {

    /** What happened. */
    public enum Kind {
        /** A submission changed its state. */
        UNIT,
        /** The chip works for this session now. */
        TURN_GAINED,
        /** It does not any more. */
        TURN_LOST,
        /** The lease of this session ended before the session. */
        LEASE_LOST,
        /** Its configuration could not be kept; open a new session. */
        STATE_LOST,
        /** The session is no more and nothing of it runs; always its last event. */
        ENDED
    }
}
