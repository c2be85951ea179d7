package firstspike.runtime.recording.log;

/** Limits of a spike log (formats.md 1 and 2.5). */
final class Limits {

    /** Bytes of one payload, read and written. */
    static final int RECORD = 16 << 20;
    /** Bytes of the header. */
    static final int HEADER = 4 << 20;
    /** Events of a chunk that is read. */
    static final int EVENTS = 1 << 20;
    /** Events of a chunk that is written. */
    static final int CHUNK_EVENTS = 1 << 16;
    /** Encoded bytes of a chunk that is written. */
    static final int CHUNK_BYTES = 1 << 20;
    /** Bytes of the index. */
    static final int INDEX = 8 << 20;
    /** Words of one set-up record: 15 MiB. */
    static final int SETUP_WORDS = (15 << 20) / Long.BYTES;
    /** A tick is within plus and minus this. */
    static final long TICK = 1L << 62;

    private Limits() {}
}
