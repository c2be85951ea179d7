package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Array files of NumPy: reads versions 1.0, 2.0 and 3.0 in either byte and index order, writes 1.0 in C order.
 *
 * <pre>
 * 93 'N' 'U' 'M' 'P' 'Y' | major minor | length u16 (1.0) or u32 | header text, blanks, '\n' | data
 *                                                            data begin at a multiple of 64
 * </pre>
 */
public final class NpyCodec {
    /** Most bytes of a header. */
    public static final int MAX_HEADER = 64 * 1024;

    /** Bytes up to the data: magic, version, length, header. */
    static final int MAX_HEAD = 12 + MAX_HEADER;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 7;
    private static final long MAX_EMPTY_TEXTS = 1 << 16;
    private static final long MAX_BYTES = 1L << 31;
    private static final int ALIGNMENT = 64;

    private NpyCodec() {}

    /**
     * Reads an array.
     *
     * @param content whole content of a file or an archive member
     * @param name what it is called in errors
     * @return the array in C order
     * @throws FormatException for content that is no such array, ends early, is too large or of a type that is not read
     */
    public static NpyArray read(byte[] content, String name) {
        Declared declared = declared(content, content.length, name);
        ByteBuffer in = ByteBuffer.wrap(content);
        in.position(declared.dataAt());
        if (declared.fortranOrder() && declared.shape().length > 1) {
            in = ByteBuffer.wrap(transposed(in, declared.shape(), declared.elementBytes()));
        }
        in.order(declared.descr().charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new NpyArray(
                declared.type(),
                declared.descr(),
                declared.shape(),
                ElementCodec.read(in, declared.type(), declared.elements(), declared.width()));
    }

    /** What the header of an array says, and where its data begin. */
    record Declared(
            Dtype type,
            String descr,
            int width,
            int elementBytes,
            int elements,
            int[] shape,
            boolean fortranOrder,
            int dataAt) {}

    /**
     * Reads the header of an array.
     *
     * @param head first bytes of a file or an archive member, {@link #MAX_HEAD} or all of them
     * @param size of the whole content, bytes
     * @param name what it is called in errors
     * @return what it says, which is exactly as large as the content
     */
    static Declared declared(byte[] head, long size, String name) {
        ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        NpyHeader header = readHeader(in, name);
        String descr = header.descr();
        int width = width(descr, name);
        Dtype type = Dtype.of(descr.charAt(1), width);
        if (type == null) {
            throw unsupported(descr, name);
        }
        int elementBytes = type == Dtype.UNICODE ? 4 * width : width;
        long elements = elements(header, elementBytes, name);
        long data = size - in.position();
        if (data < elements * elementBytes) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    name,
                    data + " bytes of data",
                    elements * elementBytes + " bytes for shape " + header.shape(),
                    "copy the file again");
        }
        if (data > elements * elementBytes) {
            throw new FormatException(
                    FormatException.Code.TRAILING_BYTES,
                    name,
                    data - elements * elementBytes + " bytes after the data",
                    0,
                    "save one array a file");
        }
        int[] shape = header.shape().stream().mapToInt(Math::toIntExact).toArray();
        return new Declared(
                type, descr, width, elementBytes, (int) elements, shape, header.fortranOrder(), in.position());
    }

    /**
     * Writes an array.
     *
     * @param array of numbers
     * @return content of a file
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for types that are only read
     */
    public static byte[] write(NpyArray array) {
        byte[] header = header(array);
        int elementBytes = array.dtype().width();
        ByteBuffer out =
                ByteBuffer.allocate(Math.addExact(header.length, Math.multiplyExact(array.size(), elementBytes)));
        out.order(ByteOrder.LITTLE_ENDIAN).put(header);
        ElementCodec.write(array, out);
        return out.array();
    }

    /**
     * SHA-256 of an array: type and shape as text, then the elements as they stand in a file.
     *
     * @param array of a type that is written
     * @return lower-case hexadecimal
     */
    public static String sha256(NpyArray array) {
        ByteBuffer elements = ByteBuffer.allocate(
                Math.multiplyExact(array.size(), array.dtype().width()));
        ElementCodec.write(array, elements.order(ByteOrder.LITTLE_ENDIAN));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((array.dtype().descr() + " " + Arrays.toString(array.shape()) + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(elements.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java installation", e);
        }
    }

    static FormatException tooLarge(String name, Object value) {
        return new FormatException(
                FormatException.Code.ARRAY_TOO_LARGE,
                name,
                value,
                MAX_ELEMENTS + " elements and 2 GiB",
                "split the array");
    }

    private static byte[] header(NpyArray array) {
        StringBuilder shape = new StringBuilder("(");
        int[] dimensions = array.shape();
        for (int i = 0; i < dimensions.length; i++) {
            shape.append(dimensions[i]).append(i + 1 < dimensions.length ? ", " : "");
        }
        shape.append(dimensions.length == 1 ? ",)" : ")");
        String text = "{'descr': '" + array.dtype().descr() + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int prefix = MAGIC.length + 4;
        int padded = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteArrayOutputStream out = new ByteArrayOutputStream(padded);
        out.writeBytes(MAGIC);
        int length = padded - prefix;
        out.writeBytes(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(" ".repeat(length - 1 - text.length()).getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
        return out.toByteArray();
    }

    private static NpyHeader readHeader(ByteBuffer in, String name) {
        byte[] magic = new byte[Math.min(MAGIC.length, in.remaining())];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new FormatException(
                    FormatException.Code.NOT_NPY,
                    name,
                    magic.length + " first bytes differ",
                    "93 4E 55 4D 50 59",
                    "name a file that numpy.save wrote");
        }
        requireBytes(in, 2, name);
        int major = in.get();
        int minor = in.get();
        if (major < 1 || major > 3 || minor != 0) {
            throw new FormatException(
                    FormatException.Code.UNSUPPORTED_VERSION,
                    name,
                    "version " + major + "." + minor,
                    "1.0, 2.0 and 3.0",
                    "save the array with an older version");
        }
        requireBytes(in, major == 1 ? 2 : 4, name);
        long length = major == 1 ? Short.toUnsignedLong(in.getShort()) : Integer.toUnsignedLong(in.getInt());
        if (length > MAX_HEADER) {
            throw new FormatException(
                    FormatException.Code.HEADER_TOO_LARGE,
                    name,
                    length + " bytes of header",
                    MAX_HEADER,
                    "save the array without structured types");
        }
        requireBytes(in, length, name);
        byte[] text = new byte[(int) length];
        in.get(text);
        return NpyHeader.parse(
                new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), name);
    }

    private static void requireBytes(ByteBuffer in, long bytes, String name) {
        if (in.remaining() < bytes) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    name,
                    in.remaining() + " bytes of header",
                    bytes,
                    "copy the file again");
        }
    }

    /** Width of the type: bytes of a number, characters of a text. */
    private static int width(String descr, String name) {
        boolean numbered = descr.length() >= 3 && descr.length() <= 12 && "<>|=".indexOf(descr.charAt(0)) >= 0;
        for (int i = 2; numbered && i < descr.length(); i++) {
            numbered = descr.charAt(i) >= '0' && descr.charAt(i) <= '9';
        }
        long width = numbered ? Long.parseLong(descr.substring(2)) : -1;
        boolean oneByte = width == 1 || (numbered && descr.charAt(1) == 'S');
        if (!numbered || width > Integer.MAX_VALUE / 4 || (!oneByte && "|=".indexOf(descr.charAt(0)) >= 0)) {
            throw unsupported(descr, name);
        }
        return (int) width;
    }

    private static long elements(NpyHeader header, int elementBytes, String name) {
        long elements = 1;
        long most = elementBytes == 0 ? MAX_EMPTY_TEXTS : MAX_ELEMENTS;
        for (long n : header.shape()) {
            if (n > MAX_ELEMENTS) {
                throw tooLarge(name, "shape " + header.shape());
            }
            elements *= n;
            if (elements > most || elements * elementBytes > MAX_BYTES) {
                throw tooLarge(name, "shape " + header.shape());
            }
        }
        return elements;
    }

    private static FormatException unsupported(String descr, String name) {
        boolean object = descr.endsWith("O");
        return new FormatException(
                FormatException.Code.UNSUPPORTED_DTYPE,
                name,
                descr + (object ? ": object arrays hold pickled code" : ""),
                "numbers, booleans and text",
                object ? "save with allow_pickle=False" : "save the array with another type");
    }

    /** Bytes of an array in Fortran order, brought into C order. */
    private static byte[] transposed(ByteBuffer in, int[] shape, int elementBytes) {
        byte[] from = new byte[in.remaining()];
        in.get(from);
        byte[] to = new byte[from.length];
        int[] index = new int[shape.length];
        int elements = NpyArray.elements(shape);
        for (int target = 0; target < elements; target++) {
            int source = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                source = source * shape[axis] + index[axis];
            }
            System.arraycopy(from, source * elementBytes, to, target * elementBytes, elementBytes);
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return to;
    }
}
