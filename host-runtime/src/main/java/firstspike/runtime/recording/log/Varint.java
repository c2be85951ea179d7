package firstspike.runtime.recording.log;

/** Variable-length integers of the protobuf wire format: seven bits a byte, lowest first, the high bit says that more follow. */
final class Varint {

    /** Most bytes of one. */
    static final int MOST = 10;

    private Varint() {}

    /** Bytes that a value takes, 1 to 10. */
    static int size(long value) {
        // one byte for each seven bits begun; 0 takes one
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes a value and returns where the next byte goes. */
    static int put(byte[] bytes, int at, long value) {
        long rest = value;
        int to = at;
        while ((rest & ~0x7FL) != 0) {
            bytes[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[to++] = (byte) rest;
        return to;
    }

    /** A signed value as an unsigned one: 0, -1, 1, -2 become 0, 1, 2, 3. */
    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /** Inverse of {@link #zigzag}. */
    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /** How many values end in a range: bytes without the high bit. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += ~bytes[i] >>> 7 & 1;
        }
        return count;
    }
}
