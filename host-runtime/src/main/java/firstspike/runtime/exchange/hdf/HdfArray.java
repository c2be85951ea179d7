package firstspike.runtime.exchange.hdf;

import java.util.Arrays;

/**
 * Numbers with their shape in C order. The array is handed over, not copied.
 *
 * @param values elements
 * @param shape dimensions, none for one element
 */
public record HdfArray(double[] values, int... shape) {

    /** Checks that shape and number of elements agree. */
    public HdfArray {
        long product = 1;
        for (int dimension : shape) {
            product *= dimension;
        }
        if (product != values.length) {
            throw new IllegalArgumentException(
                    "elements : " + values.length + " (expected: shape " + Arrays.toString(shape) + ")");
        }
    }

    /** Elements as a vector. */
    public static HdfArray vector(double... values) {
        return new HdfArray(values, values.length);
    }
}
