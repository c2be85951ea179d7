package firstspike.experiments.capture;

/** The packet that a file is at; mutable, one owner thread. */
final class Packet {

    /** Largest packet that capture tools write. */
    static final int MOST_BYTES = 262_144;

    final byte[] bytes = new byte[MOST_BYTES];
    int length;
    int linkType;
    long timeNanos;
}
