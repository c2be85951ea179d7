package firstspike.emulator.analog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array of a chip model, decoded from an npy member of kind {@code <f8} or {@code |b1} (formats.md 5). The header is
 * matched as text and never evaluated. Truth values become 0 and 1. Immutable.
 */
final class NpyMember {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 4096;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '([^']{1,16})', 'fortran_order': (True|False), 'shape': \\(([0-9, ]{0,64})\\), \\} *\\n");

    final String kind;
    final int[] shape;
    final double[] values;

    private NpyMember(String kind, int[] shape, double[] values) {
        this.kind = kind;
        this.shape = shape;
        this.values = values;
    }

    /** Most bytes that a member of so many elements of 8 bytes can have. */
    static int largest(int elements) {
        return MAGIC.length + 6 + LONGEST_HEADER + 8 * elements;
    }

    /**
     * Decodes a member.
     *
     * @throws IllegalArgumentException whose message says what is wrong
     */
    static NpyMember of(byte[] bytes) {
        if (bytes.length < MAGIC.length + 4 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("no npy array");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length + 2);
        int version = bytes[MAGIC.length];
        if (version < 1 || version > 3 || version > 1 && in.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("npy version " + version + ", known are 1 to 3");
        }
        int length = version == 1 ? in.getShort() & 0xFFFF : in.getInt();
        if (length < 0 || length > LONGEST_HEADER || length > in.remaining()) {
            throw new IllegalArgumentException("npy header of " + length + " bytes");
        }
        String header = new String(bytes, in.position(), length, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("malformed npy header");
        }
        in.position(in.position() + length);
        return decode(in, matcher.group(1), matcher.group(2).equals("True"), shape(matcher.group(3)));
    }

    private static int[] shape(String text) {
        String[] parts = text.isBlank() ? new String[0] : text.trim().split(", *");
        int[] shape = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                shape[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("malformed npy shape (" + text + ")", e);
            }
        }
        return shape;
    }

    private static NpyMember decode(ByteBuffer in, String kind, boolean fortran, int[] shape) {
        int width = kind.equals("<f8") ? Double.BYTES : kind.equals("|b1") ? 1 : 0;
        if (width == 0) {
            throw new IllegalArgumentException("elements of kind " + kind + ", known are <f8 and |b1");
        }
        if (fortran && shape.length > 1) {
            throw new IllegalArgumentException("elements in Fortran order");
        }
        long count = 1;
        for (int size : shape) {
            count = Math.min(count * size, Integer.MAX_VALUE);
        }
        if (in.remaining() != count * width) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " with " + in.remaining() + " bytes of data");
        }
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = width == 1 ? in.get() : in.getDouble();
        }
        return new NpyMember(kind, shape, values);
    }
}
