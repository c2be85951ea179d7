package firstspike.runtime.recording.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over the fields of one message in the protobuf wire format. Unknown fields are for the caller to
 * {@linkplain #skip skip}; a known field of another wire type counts as unknown, as protobuf has it. Mutable, one owner thread.
 */
final class WireInput {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type;

    WireInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Moves to the next field; false at the end. */
    boolean next() throws MalformedPayload {
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) tag & 7;
        if (tag >>> 32 != 0 || field == 0) {
            throw MalformedPayload.message("tag " + Long.toUnsignedString(tag) + " is no field");
        }
        return true;
    }

    int field() {
        return field;
    }

    boolean is(int wanted, int wantedType) {
        return field == wanted && type == wantedType;
    }

    int type() {
        return type;
    }

    /** Bytes that are left. */
    int left() {
        return end - at;
    }

    /** Another cursor at the same place. */
    WireInput again() {
        return new WireInput(bytes, at, end);
    }

    /** Where the next byte is. */
    int at() {
        return at;
    }

    byte[] bytes() {
        return bytes;
    }

    long varint() throws MalformedPayload {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw MalformedPayload.message("ends inside a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw MalformedPayload.message("number of more than " + Varint.MOST + " bytes");
    }

    long fixed64() throws MalformedPayload {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }

    /** Goes into a delimited field: length of what follows, which is passed over. */
    int delimited() throws MalformedPayload {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw MalformedPayload.message("field " + field + " of " + Long.toUnsignedString(length) + " bytes where "
                    + (end - at) + " are left");
        }
        at += (int) length;
        return (int) length;
    }

    WireInput message() throws MalformedPayload {
        int length = delimited();
        return new WireInput(bytes, at - length, at);
    }

    byte[] raw() throws MalformedPayload {
        int length = delimited();
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() throws MalformedPayload {
        int length = delimited();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at - length, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MalformedPayload.message("field " + field + " is not UTF-8");
        }
    }

    /** Passes over the current field. */
    void skip() throws MalformedPayload {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> pass(Long.BYTES);
            case DELIMITED -> delimited();
            case FIXED32 -> pass(Integer.BYTES);
            default -> throw MalformedPayload.message("field " + field + " of wire type " + type);
        }
    }

    private void pass(int count) throws MalformedPayload {
        need(count);
        at += count;
    }

    private void need(int count) throws MalformedPayload {
        if (end - at < count) {
            throw MalformedPayload.message("field " + field + " ends too early");
        }
    }
}
