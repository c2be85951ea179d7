package firstspike.experiments.wire;

/**
 * A data frame of a capture (wire.md 11).
 *
 * @param timeNanos since the first datagram of the capture
 * @param ack sequence number that it acknowledges; above 255 when its sender is broken
 * @param sequence 0 to 255
 * @param type of the packet
 * @param payload the datagram; words begin at byte 12
 * @param words number of them
 */
record Frame(long timeNanos, long ack, int sequence, int type, byte[] payload, int words) {

    /** Bytes in front of the words. */
    static final int HEADER = 12;

    /** Bytes of a pure acknowledgement, and of a reset frame. */
    static final int SHORT_FRAME = 4;

    /** Content of a reset frame. */
    static final int RESET = 0xabababab;

    /** Words of an FPGA program or of its answers. */
    static final int UT_WORDS = 0x0010;

    /** The host closes. */
    static final int FLUSH = 0x8000;

    /** Comes back as it is. */
    static final int LOOPBACK = 0x8001;

    /** What the FPGA says of itself. */
    static final int CONFIGURATION = 0x8002;

    private static final int MOST_WORDS = 180;

    /** The data frame in a datagram, or null when it is none. */
    static Frame of(byte[] payload, long timeNanos) {
        if (payload.length < HEADER) {
            return null;
        }
        long sequence = number(payload, 4);
        int words = (payload[10] & 0xff) << 8 | payload[11] & 0xff;
        if (sequence > 255 || words > MOST_WORDS || payload.length != HEADER + Long.BYTES * words) {
            return null;
        }
        int type = (payload[8] & 0xff) << 8 | payload[9] & 0xff;
        return new Frame(timeNanos, number(payload, 0), (int) sequence, type, payload, words);
    }

    long word(int index) {
        int at = HEADER + Long.BYTES * index;
        return number(payload, at) << 32 | number(payload, at + 4);
    }

    /** Four bytes, big endian, unsigned. */
    static long number(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xffL) << 16
                | (bytes[at + 2] & 0xffL) << 8
                | bytes[at + 3] & 0xffL;
    }
}
