package firstspike.driver.playback;

/** The three in-order queues in which a chip answers (playback.md 8). */
public enum ResponseKind {
    /** Omnibus reads. */
    OMNIBUS,
    /** JTAG reads. */
    JTAG,
    /** Loopback ticks, that is markers; the halt is not among them. */
    LOOPBACK
}
