package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of HostARQ frames (wire.md 11): one frame is the payload of one UDP datagram, all integers big endian.
 *
 * <pre>
 * byte  0        4        8       10      12
 *       | ack 32 | seq 32 | type 16 | len 16 | len words of 64 bit |   data frame, 20 to 1452 bytes
 *       | ack 32 |                                                   ACK-only frame
 *       | ab ab ab ab |                                              reset frame, on the reset port only
 * </pre>
 */
public final class Frames {

    /** Words of a full frame. */
    public static final int MAX_WORDS = 180;

    /** Bytes before the words. */
    public static final int HEADER_BYTES = 12;

    /** Bytes of a full frame. */
    public static final int MAX_BYTES = HEADER_BYTES + Long.BYTES * MAX_WORDS;

    /** Bytes of an ACK-only and of a reset frame. */
    static final int ACK_BYTES = 4;

    /** Sequence numbers, counted modulo this. */
    static final int SEQUENCES = 256;

    /** Window that both sides announce (wire.md 11). */
    static final int WINDOW = 128;

    /**
     * Frames in flight at most, and frames ahead that a receiver keeps (wire.md 13, 14). One below the announced window: with all
     * 128 in flight a late copy of the newest acknowledgement is 127 ahead again when the window has turned, and would release 128
     * frames that nobody received.
     */
    static final int IN_FLIGHT = WINDOW - 1;

    /** Packet type of UT words. */
    public static final int WORDS = 0x0010;

    /** Packet type of the frame that says good-bye. */
    static final int FLUSH = 0x8000;

    /** Packet type that the FPGA sends back as it came. */
    static final int LOOPBACK = 0x8001;

    /** Packet type of the configuration answer. */
    static final int CONFIGURATION = 0x8002;

    /** The content of a reset frame. */
    static final int RESET = 0xabab_abab;

    private static final int TYPE_AT = 8;
    private static final int LENGTH_AT = 10;
    private static final int LAST_16 = 0xffff;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** What a datagram on the data port is; all but the first two are reasons to drop it. */
    public enum Kind {
        /** A data frame. */
        DATA,
        /** An acknowledgement alone. */
        ACK,
        /** Shorter than a header, and no ACK. */
        SHORT,
        /** More than 180 words, or another size than the header says. */
        LENGTH_MISMATCH,
        /** Sequence number above 255 (D12). */
        SEQ_RANGE,
        /** An ACK-only frame above 255 (D12). */
        ACK_RANGE
    }

    /**
     * Writes a data frame.
     *
     * @param target with room for 12 + 8 count bytes
     * @param at first byte
     * @param ack 0 to 255
     * @param seq 0 to 255
     * @param packetType 0 to 65535
     * @param words source
     * @param from first word
     * @param count 1 to 180
     * @return bytes written
     * @throws WireException {@code FIELD_RANGE}, {@code FRAME_LENGTH}
     */
    public static int encode(
            byte[] target, int at, int ack, int seq, int packetType, long[] words, int from, int count) {
        range("ack", ack, SEQUENCES - 1);
        range("seq", seq, SEQUENCES - 1);
        encodeBody(target, at, packetType, words, from, count);
        stamp(target, at, ack, seq);
        return HEADER_BYTES + Long.BYTES * count;
    }

    /** Writes all of a data frame but {@code ack} and {@code seq}, which {@link #stamp} adds when it leaves. */
    static void encodeBody(byte[] target, int at, int packetType, long[] words, int from, int count) {
        range("ptype", packetType, LAST_16);
        if (count < 1 || count > MAX_WORDS) {
            throw new WireException(
                    WireException.Code.FRAME_LENGTH,
                    ErrorDetail.of("len", count, "1 to " + MAX_WORDS, "packetize the words")
                            .with("min", 1)
                            .with("max", MAX_WORDS));
        }
        INTS.set(target, at + TYPE_AT, packetType << Short.SIZE | count);
        int place = at + HEADER_BYTES;
        for (int i = from; i < from + count; i++, place += Long.BYTES) {
            LONGS.set(target, place, words[i]);
        }
    }

    /** Writes the two fields that are known when a frame leaves; both 0 to 255. */
    static void stamp(byte[] target, int at, int ack, int seq) {
        INTS.set(target, at, ack);
        INTS.set(target, at + Integer.BYTES, seq);
    }

    /** Writes an ACK-only frame; 0 to 255. */
    static void encodeAck(byte[] target, int ack) {
        INTS.set(target, 0, ack);
    }

    /** A reset frame. */
    static byte[] reset() {
        byte[] frame = new byte[ACK_BYTES];
        INTS.set(frame, 0, RESET);
        return frame;
    }

    /** Whether a datagram is a reset frame. */
    static boolean isReset(ByteBuffer datagram) {
        return datagram.remaining() == ACK_BYTES && datagram.getInt(datagram.position()) == RESET;
    }

    /**
     * Looks at a datagram of the data port.
     *
     * @param datagram big endian, from position to limit
     * @return what it is
     */
    public static Kind kind(ByteBuffer datagram) {
        int size = datagram.remaining();
        if (size == ACK_BYTES) {
            return isSequence(ack(datagram)) ? Kind.ACK : Kind.ACK_RANGE;
        }
        if (size < HEADER_BYTES) {
            return Kind.SHORT;
        }
        int count = count(datagram);
        if (count > MAX_WORDS || size != HEADER_BYTES + Long.BYTES * count) {
            return Kind.LENGTH_MISMATCH;
        }
        return isSequence(seq(datagram)) ? Kind.DATA : Kind.SEQ_RANGE;
    }

    /** The acknowledgement as it stands in the frame, perhaps out of range. */
    public static int ack(ByteBuffer datagram) {
        return datagram.getInt(datagram.position());
    }

    /** The sequence number as it stands in the frame. */
    public static int seq(ByteBuffer datagram) {
        return datagram.getInt(datagram.position() + Integer.BYTES);
    }

    /** The packet type. */
    public static int type(ByteBuffer datagram) {
        return datagram.getShort(datagram.position() + TYPE_AT) & LAST_16;
    }

    /** The number of words that the header says. */
    public static int count(ByteBuffer datagram) {
        return datagram.getShort(datagram.position() + LENGTH_AT) & LAST_16;
    }

    /**
     * Copies the words of a data frame.
     *
     * @param datagram of kind {@code DATA}
     * @param target filled from 0
     */
    public static void words(ByteBuffer datagram, long[] target) {
        int count = count(datagram);
        int place = datagram.position() + HEADER_BYTES;
        for (int i = 0; i < count; i++, place += Long.BYTES) {
            target[i] = datagram.getLong(place);
        }
    }

    /** Whether a field is a sequence number, as an unsigned value. */
    static boolean isSequence(int field) {
        return Integer.compareUnsigned(field, SEQUENCES) < 0;
    }

    private static void range(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw new WireException(
                    WireException.Code.FIELD_RANGE,
                    ErrorDetail.of(field, value, "0 to " + max, "choose a value in range")
                            .with("min", 0)
                            .with("max", max));
        }
    }
}
