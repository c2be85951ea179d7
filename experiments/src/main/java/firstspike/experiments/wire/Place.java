package firstspike.experiments.wire;

/**
 * Where in a capture something stands.
 *
 * @param timeNanos since the first datagram of the capture
 * @param session counted from 1; 0 for bare words
 * @param frame sequence number of the frame, 0 to 255; -1 for bare words
 */
record Place(long timeNanos, int session, int frame) {

    /** Of words that no capture holds. */
    static final Place NONE = new Place(0, 0, -1);

    boolean isKnown() {
        return session > 0;
    }
}
