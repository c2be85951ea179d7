package firstspike.driver.hostarq;

/**
 * When an acknowledgement leaves alone (wire.md 14, D22): at once when none left in the last 500 µs, else 500 µs after the last
 * one, unless a data frame carries it before. Times in ns.
 */
final class AckTimer {

    /** Shortest time between two ACK-only frames, ns. */
    static final long DELAY_NANOS = 500_000;

    private boolean sentAny;
    private long lastSent;
    private boolean pending;
    private long due;

    /** As at the beginning of a session. */
    void reset() {
        sentAny = false;
        pending = false;
    }

    /** A data frame came, new or not. */
    void received(long now) {
        if (!pending) {
            pending = true;
            due = sentAny && now - lastSent < DELAY_NANOS ? lastSent + DELAY_NANOS : now;
        }
    }

    /** An acknowledgement left, alone or in a data frame. */
    void sent(long now) {
        sentAny = true;
        lastSent = now;
        pending = false;
    }

    /** Whether an ACK-only frame is to leave now. */
    boolean isDue(long now) {
        return pending && now - due >= 0;
    }

    /** When one is to leave, ns; {@code Long.MAX_VALUE} when none waits. */
    long dueNanos() {
        return pending ? due : Long.MAX_VALUE;
    }
}
