package firstspike.runtime.training;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Many numbers in a row, as they are or as a byte each that counts levels: images have 256 levels of grey, so a set of 70,000
 * takes an eighth of the memory. Immutable by contract: the arrays are shared, not copied.
 */
public final class SampleValues {
    private static final int LEVELS = 256;
    private static final byte[] NO_CODES = {};

    private final byte[] codes;
    private final double[] numbers;
    private final boolean coded;

    private SampleValues(byte[] codes, double[] numbers, boolean coded) {
        this.codes = codes;
        this.numbers = numbers;
        this.coded = coded;
    }

    /**
     * Numbers as they are.
     *
     * @param numbers shared
     * @return the values
     */
    public static SampleValues of(double[] numbers) {
        return new SampleValues(NO_CODES, numbers, false);
    }

    /**
     * Numbers of at most 256 levels.
     *
     * @param codes index of each number's level as an unsigned byte, shared
     * @param levels 256 numbers
     * @return the values
     */
    public static SampleValues coded(byte[] codes, double[] levels) {
        if (levels.length != LEVELS) {
            throw new IllegalArgumentException("levels : " + levels.length + " (expected: " + LEVELS + ")");
        }
        return new SampleValues(codes, levels.clone(), true);
    }

    /**
     * How many numbers there are.
     *
     * @return 0 or more
     */
    public int length() {
        return coded ? codes.length : numbers.length;
    }

    /**
     * One number.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double get(int index) {
        return coded ? numbers[codes[index] & 0xFF] : numbers[index];
    }

    /**
     * Copies neighbouring numbers.
     *
     * @param from first of them
     * @param count how many
     * @param to receives them
     * @param at where the first one goes
     */
    public void copy(int from, int count, double[] to, int at) {
        if (!coded) {
            System.arraycopy(numbers, from, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = numbers[codes[from + i] & 0xFF];
        }
    }

    /**
     * Each number turned into another, in as many bytes.
     *
     * @param function called once a level, or once a number
     * @return what came out
     */
    public SampleValues map(DoubleUnaryOperator function) {
        return new SampleValues(codes, Arrays.stream(numbers).map(function).toArray(), coded);
    }

    /**
     * All numbers.
     *
     * @return the array given where numbers are kept as they are, else a new one
     */
    public double[] toArray() {
        if (!coded) {
            return numbers;
        }
        double[] all = new double[codes.length];
        copy(0, all.length, all, 0);
        return all;
    }
}
