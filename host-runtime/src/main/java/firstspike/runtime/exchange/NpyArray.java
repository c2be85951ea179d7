package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;
import java.util.Arrays;

/**
 * An array with its shape, in C order. The data array is handed over, not copied.
 */
public final class NpyArray {
    private final Dtype dtype;
    private final String descr;
    private final int[] shape;
    private final Object data;

    NpyArray(Dtype dtype, String descr, int[] shape, Object data) {
        this.dtype = dtype;
        this.descr = descr;
        this.shape = shape;
        this.data = data;
    }

    /**
     * An array of 64-bit floats.
     *
     * @param data elements in C order
     * @param shape dimensions whose product is the number of elements; none for one element
     * @return the array
     */
    public static NpyArray of(double[] data, int... shape) {
        return checked(Dtype.F8, data, data.length, shape);
    }

    /**
     * An array of signed 64-bit integers.
     *
     * @param data elements in C order
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray of(long[] data, int... shape) {
        return checked(Dtype.I8, data, data.length, shape);
    }

    /**
     * An array of signed 32-bit integers.
     *
     * @param data elements in C order
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray of(int[] data, int... shape) {
        return checked(Dtype.I4, data, data.length, shape);
    }

    /**
     * An array of signed 16-bit integers.
     *
     * @param data elements in C order
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray of(short[] data, int... shape) {
        return checked(Dtype.I2, data, data.length, shape);
    }

    /**
     * An array of unsigned 64-bit integers.
     *
     * @param data raw bits in C order
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray ofUnsigned(long[] data, int... shape) {
        return checked(Dtype.U8, data, data.length, shape);
    }

    /**
     * An array of unsigned 16-bit integers.
     *
     * @param data elements in C order, 0 to 65535
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray ofUnsigned16(int[] data, int... shape) {
        for (int value : data) {
            if (value < 0 || value > 0xFFFF) {
                throw new IllegalArgumentException("element : " + value + " (expected: 0 to 65535)");
            }
        }
        return checked(Dtype.U2, data, data.length, shape);
    }

    /**
     * An array of booleans.
     *
     * @param data elements in C order
     * @param shape dimensions
     * @return the array
     */
    public static NpyArray of(boolean[] data, int... shape) {
        return checked(Dtype.BOOL, data, data.length, shape);
    }

    /**
     * Element type.
     *
     * @return the type
     */
    public Dtype dtype() {
        return dtype;
    }

    /**
     * Header text of the type, such as {@code <f8}.
     *
     * @return as the file has it
     */
    public String descr() {
        return descr;
    }

    /**
     * Dimensions.
     *
     * @return a copy, empty for a scalar
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Number of elements.
     *
     * @return product of the dimensions
     */
    public int size() {
        return elements(shape);
    }

    /**
     * The elements as numbers.
     *
     * @return the live array of {@code <f8}, else a converted copy
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for text and booleans
     */
    public double[] doubles() {
        return switch (dtype) {
            case F8 -> (double[]) data;
            case F4, F2 -> {
                float[] from = (float[]) data;
                double[] to = new double[from.length];
                for (int i = 0; i < to.length; i++) {
                    to[i] = from[i];
                }
                yield to;
            }
            case I8, I4, I2, I1, U8, U4, U2, U1 ->
                Arrays.stream(longs()).asDoubleStream().toArray();
            case BOOL, BYTES, UNICODE -> throw wrongType("numbers");
        };
    }

    /**
     * The elements as integers.
     *
     * @return the live array of {@code <i8}, else a converted copy
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for other types and for unsigned values above 2^63 - 1
     */
    public long[] longs() {
        return switch (dtype) {
            case I8, U4 -> (long[]) data;
            case U8 -> {
                for (long value : (long[]) data) {
                    if (value < 0) {
                        throw new FormatException(
                                FormatException.Code.UNSUPPORTED_DTYPE,
                                "array of " + descr,
                                Long.toUnsignedString(value),
                                "2^63 - 1",
                                "ask for the raw bits");
                    }
                }
                yield (long[]) data;
            }
            case I4, U2, U1 -> Arrays.stream((int[]) data).asLongStream().toArray();
            case I2 -> {
                short[] from = (short[]) data;
                long[] to = new long[from.length];
                for (int i = 0; i < to.length; i++) {
                    to[i] = from[i];
                }
                yield to;
            }
            case I1 -> {
                byte[] from = (byte[]) data;
                long[] to = new long[from.length];
                for (int i = 0; i < to.length; i++) {
                    to[i] = from[i];
                }
                yield to;
            }
            case F8, F4, F2, BOOL, BYTES, UNICODE -> throw wrongType("integers");
        };
    }

    /**
     * Raw bits of 64-bit integers.
     *
     * @return the live array
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for other types
     */
    public long[] rawLongs() {
        if (dtype != Dtype.U8 && dtype != Dtype.I8) {
            throw wrongType("64-bit integers");
        }
        return (long[]) data;
    }

    /**
     * The elements as booleans.
     *
     * @return the live array
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for other types
     */
    public boolean[] booleans() {
        if (dtype != Dtype.BOOL) {
            throw wrongType("booleans");
        }
        return (boolean[]) data;
    }

    /**
     * The elements as text.
     *
     * @return the live array
     * @throws FormatException {@code UNSUPPORTED_DTYPE} for other types
     */
    public String[] strings() {
        if (dtype != Dtype.BYTES && dtype != Dtype.UNICODE) {
            throw wrongType("text");
        }
        return (String[]) data;
    }

    /** The array as its Java type. */
    Object data() {
        return data;
    }

    /** Product of dimensions that are known to fit. */
    static int elements(int[] shape) {
        int product = 1;
        for (int n : shape) {
            product *= n;
        }
        return product;
    }

    private static NpyArray checked(Dtype type, Object data, int length, int[] shape) {
        long product = 1;
        for (int n : shape) {
            product = n < 0 ? -1 : Math.multiplyExact(product, (long) n);
        }
        if (product != length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " for " + length + " elements (expected: their number)");
        }
        return new NpyArray(type, type.descr(), shape.clone(), data);
    }

    private FormatException wrongType(String wanted) {
        return new FormatException(
                FormatException.Code.UNSUPPORTED_DTYPE,
                "array of " + Arrays.toString(shape),
                descr,
                wanted,
                "save the array with the wanted type");
    }
}
