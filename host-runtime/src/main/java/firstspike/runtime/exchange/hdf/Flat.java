package firstspike.runtime.exchange.hdf;

import io.jhdf.api.Dataset;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.List;

/** What the library hands out, boxed or not, in arrays or not, as plain arrays. */
final class Flat {

    /** Elements of a slice of 64-bit unsigned numbers, which come as objects of fifty bytes. */
    static final int SLICE = 1 << 16;

    private Flat() {}

    /** Reads a long vector of unsigned numbers piece by piece. */
    static long[] slices(Dataset dataset) {
        int n = Math.toIntExact(dataset.getSize());
        long[] all = new long[n];
        for (int from = 0; from < n; from += SLICE) {
            int length = Math.min(SLICE, n - from);
            long[] piece = longs(dataset.getData(new long[] {from}, new int[] {length}), dataset.getPath());
            System.arraycopy(piece, 0, all, from, length);
        }
        return all;
    }

    static double[] doubles(Object data, String where) {
        if (data instanceof double[] values) {
            return values;
        }
        if (data instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        int n = length(data, where);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            Object value = Array.get(data, i);
            if (!(value instanceof Number number)) {
                throw HdfFailure.damaged(where, "elements that are no numbers", null);
            }
            out[i] = value instanceof BigInteger wide ? exact(wide, where) : number.doubleValue();
        }
        return out;
    }

    static long[] longs(Object data, String where) {
        if (data instanceof long[] values) {
            return values;
        }
        if (data instanceof Number number) {
            return new long[] {integer(number, where)};
        }
        int n = length(data, where);
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            if (!(Array.get(data, i) instanceof Number number)) {
                throw HdfFailure.damaged(where, "elements that are no numbers", null);
            }
            out[i] = integer(number, where);
        }
        return out;
    }

    static void texts(Object data, List<String> into, String where) {
        if (data instanceof String text) {
            into.add(text.replaceAll("\0+$", ""));
        } else if (data instanceof Object[] array) {
            for (Object element : array) {
                texts(element, into, where);
            }
        } else {
            throw HdfFailure.damaged(where, "elements that are no texts", null);
        }
    }

    private static int length(Object data, String where) {
        if (data == null || !data.getClass().isArray()) {
            throw HdfFailure.damaged(where, "no numbers", null);
        }
        return Array.getLength(data);
    }

    private static long integer(Number number, String where) {
        if (number instanceof BigInteger wide) {
            return exact(wide, where);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
                throw HdfFailure.damaged(where, value + " where an integer is wanted", null);
            }
        }
        return number.longValue();
    }

    private static long exact(BigInteger wide, String where) {
        if (wide.bitLength() > 63) {
            throw HdfFailure.damaged(where, "element " + wide + " above 2^63 - 1", null);
        }
        return wide.longValue();
    }
}
