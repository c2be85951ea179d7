package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Elements of an array to and from their Java type. */
final class ElementCodec {
    private ElementCodec() {}

    /** Reads {@code n} elements; {@code width} is the number of characters of a text. */
    static Object read(ByteBuffer in, Dtype type, int n, int width) {
        switch (type) {
            case F8: {
                double[] out = new double[n];
                in.asDoubleBuffer().get(out);
                return out;
            }
            case F4: {
                float[] out = new float[n];
                in.asFloatBuffer().get(out);
                return out;
            }
            case F2: {
                float[] out = new float[n];
                for (int i = 0; i < n; i++) {
                    out[i] = half(in.getShort());
                }
                return out;
            }
            case I8, U8: {
                long[] out = new long[n];
                in.asLongBuffer().get(out);
                return out;
            }
            case I4: {
                int[] out = new int[n];
                in.asIntBuffer().get(out);
                return out;
            }
            case I2: {
                short[] out = new short[n];
                in.asShortBuffer().get(out);
                return out;
            }
            case I1: {
                byte[] out = new byte[n];
                in.get(out);
                return out;
            }
            case U4: {
                long[] out = new long[n];
                for (int i = 0; i < n; i++) {
                    out[i] = Integer.toUnsignedLong(in.getInt());
                }
                return out;
            }
            case U2: {
                int[] out = new int[n];
                for (int i = 0; i < n; i++) {
                    out[i] = Short.toUnsignedInt(in.getShort());
                }
                return out;
            }
            case U1: {
                int[] out = new int[n];
                for (int i = 0; i < n; i++) {
                    out[i] = Byte.toUnsignedInt(in.get());
                }
                return out;
            }
            case BOOL: {
                boolean[] out = new boolean[n];
                for (int i = 0; i < n; i++) {
                    out[i] = in.get() != 0;
                }
                return out;
            }
            case BYTES, UNICODE: {
                String[] out = new String[n];
                for (int i = 0; i < n; i++) {
                    out[i] = type == Dtype.BYTES ? bytes(in, width) : codePoints(in, width);
                }
                return out;
            }
        }
        throw new IllegalStateException("element type " + type + " (expected: one that is read)");
    }

    /** Writes all elements in the buffer's order. */
    static void write(NpyArray array, ByteBuffer out) {
        Object data = array.data();
        switch (array.dtype()) {
            case F8 -> out.asDoubleBuffer().put((double[]) data);
            case F4 -> out.asFloatBuffer().put((float[]) data);
            case I8, U8 -> out.asLongBuffer().put((long[]) data);
            case I4 -> out.asIntBuffer().put((int[]) data);
            case I2 -> out.asShortBuffer().put((short[]) data);
            case I1 -> out.put((byte[]) data);
            case U2 -> {
                for (int value : (int[]) data) {
                    out.putShort((short) value);
                }
            }
            case BOOL -> {
                for (boolean value : (boolean[]) data) {
                    out.put((byte) (value ? 1 : 0));
                }
            }
            case F2, U4, U1, BYTES, UNICODE ->
                throw new FormatException(
                        FormatException.Code.UNSUPPORTED_DTYPE,
                        "array to write",
                        array.descr(),
                        "<f8, <f4, <i8, <i4, <i2, |i1, <u8, <u2, |b1",
                        "convert the array");
        }
    }

    private static String bytes(ByteBuffer in, int width) {
        byte[] text = new byte[width];
        in.get(text);
        int end = width;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        return new String(text, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static String codePoints(ByteBuffer in, int width) {
        StringBuilder text = new StringBuilder(width);
        int kept = 0;
        for (int i = 0; i < width; i++) {
            int codePoint = in.getInt();
            text.appendCodePoint(Character.isValidCodePoint(codePoint) ? codePoint : 0xFFFD);
            if (codePoint != 0) {
                kept = text.length();
            }
        }
        return text.substring(0, kept);
    }

    /** Widens a 16-bit float. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F80_0000 | (fraction << 13));
        }
        if (exponent == 0) {
            float small = fraction * 0x1p-24f;
            return sign == 0 ? small : -small;
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }
}
