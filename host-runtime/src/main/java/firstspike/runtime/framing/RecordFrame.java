package firstspike.runtime.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One record of a chain (formats.md 2.2), all numbers little-endian:
 *
 * <pre>
 * 0       8            12           12 + n                 16 + n
 * | u64 n | u32 crc(n) | payload[n] | u32 crc(payload)     |
 * </pre>
 *
 * Both checksums are CRC-32C, masked ({@link MaskedCrc}).
 */
public final class RecordFrame {

    /** Bytes before the payload. */
    public static final int HEADER = 12;
    /** Bytes that a frame adds to its payload. */
    public static final int OVERHEAD = 16;
    /** Bytes of the length. */
    public static final int LENGTH = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordFrame() {}

    /**
     * @param payload any bytes
     * @return the whole frame
     */
    public static byte[] of(byte[] payload) {
        byte[] frame = new byte[payload.length + OVERHEAD];
        System.arraycopy(payload, 0, frame, HEADER, payload.length);
        seal(frame, 0, payload.length);
        return frame;
    }

    /**
     * Completes a frame whose payload is in place at {@code at + HEADER}.
     *
     * @param bytes that hold the frame
     * @param at where the frame begins
     * @param length of the payload
     */
    public static void seal(byte[] bytes, int at, int length) {
        LONG.set(bytes, at, (long) length);
        INT.set(bytes, at + LENGTH, MaskedCrc.of(bytes, at, LENGTH));
        INT.set(bytes, at + HEADER + length, MaskedCrc.of(bytes, at + HEADER, length));
    }

    /**
     * @param bytes with at least {@link #HEADER} of them from {@code at} on
     * @param at where a frame may begin
     * @return whether the length there has its right checksum
     */
    public static boolean lengthHolds(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + LENGTH) == MaskedCrc.of(bytes, at, LENGTH);
    }

    /**
     * @param bytes as above
     * @param at where a frame begins
     * @return length of its payload, unsigned
     */
    public static long length(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /**
     * @param bytes that hold the whole frame
     * @param at where it begins
     * @param length of its payload
     * @return whether the payload has its right checksum
     */
    public static boolean payloadHolds(byte[] bytes, int at, int length) {
        return (int) INT.get(bytes, at + HEADER + length) == MaskedCrc.of(bytes, at + HEADER, length);
    }
}
