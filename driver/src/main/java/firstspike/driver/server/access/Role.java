package firstspike.driver.server.access;

/** What a caller may do (playback.md 14.9). */
public enum Role {
    /** Sees and touches only what is its own. */
    USER,
    /** Also ends what others own: releases leases, cancels, drains. */
    OPERATOR
}
