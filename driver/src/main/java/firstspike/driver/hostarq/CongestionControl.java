package firstspike.driver.hostarq;

/**
 * How many frames may be in flight (wire.md 13): slow start up to a threshold, careful growth above it, one frame again after a
 * loss. Switched off it is always the whole window (D20). All in integers, as the original computes it.
 */
final class CongestionControl {

    private static final int FRAME = Frames.MAX_BYTES;
    private static final int LARGEST = Frames.WINDOW * FRAME;
    private static final int FIRST_THRESHOLD = 64 * FRAME;
    private static final int PERCENT = 100;

    private final boolean on;
    private int window = FRAME;
    private int threshold = FIRST_THRESHOLD;
    private boolean congested;

    CongestionControl(boolean on) {
        this.on = on;
    }

    /** As at the beginning of a session. */
    void reset() {
        window = FRAME;
        threshold = FIRST_THRESHOLD;
        congested = false;
    }

    /** Whether one more frame may leave beside so many in flight. */
    boolean allows(int inFlight) {
        return inFlight < Frames.IN_FLIGHT && (!on || !congested && inFlight < window / FRAME);
    }

    /** A frame was sent again. */
    void resent() {
        congested = true;
    }

    /**
     * An acknowledgement was accepted.
     *
     * @param empty whether nothing is in flight any more
     */
    void acknowledged(boolean empty) {
        if (congested) {
            if (empty) {
                threshold = window / 2;
                window = FRAME;
                congested = false;
            }
            return;
        }
        int growth =
                window < threshold ? FRAME : (PERCENT - (int) ((long) window * PERCENT / LARGEST)) * FRAME / PERCENT;
        window = Math.min(LARGEST, window + growth);
    }

    /** The congestion window in bytes. */
    int windowBytes() {
        return window;
    }

    /** The threshold of slow start in bytes. */
    int thresholdBytes() {
        return threshold;
    }

    /** Whether a frame was sent again and not everything is acknowledged since. */
    boolean congested() {
        return congested;
    }
}
