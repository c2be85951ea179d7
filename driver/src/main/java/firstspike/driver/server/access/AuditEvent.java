package firstspike.driver.server.access;

import java.util.Objects;

/**
 * Something that has to be answered for later (playback.md 14.9). Texts are empty where there is nothing to say; none
 * ever holds a token, a program or a result.
 *
 * @param kind what happened
 * @param caller who did it
 * @param chip concerned
 * @param session concerned
 * @param reason why, or what exactly
 */
public record AuditEvent(Kind kind, Caller caller, String chip, String session, String reason) {

    /** What is written down. */
    public enum Kind {
        /** A session began. */
        SESSION_OPENED,
        /** A session ended, whatever ended it. */
        SESSION_CLOSED,
        /** A user got a chip to itself. */
        LEASE_TAKEN,
        /** A lease ran out. */
        LEASE_LOST,
        /** Somebody gave a lease back. */
        LEASE_RELEASED,
        /** A call or connection was refused: token, user, certificate, role or a chip that is taken. */
        REFUSED,
        /** A file of tokens or certificates was read again, or could not be. */
        RELOADED
    }

    /** Refuses nulls. */
    public AuditEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(reason, "reason");
    }
}
