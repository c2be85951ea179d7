package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * The present inputs of one sample in order of time, equal times in order of their row. Mutable scratch of one owner thread;
 * loading allocates nothing.
 */
final class SortedInputs {
    /** Row of the k-th input. */
    final int[] row;
    /** Time of the k-th input. */
    final double[] time;
    /** Number of present inputs. */
    int count;

    private final long[] key;
    private final long rowMask;

    SortedInputs(int rows) {
        row = new int[rows];
        time = new double[rows];
        key = new long[rows];
        rowMask = (Long.highestOneBit(Math.max(1, rows)) << 1) - 1;
    }

    /**
     * Sorts the inputs of a sample; {@code POSITIVE_INFINITY} is absent.
     *
     * @return false if a time is NaN or negative infinity
     */
    boolean load(double[] times, int rows) {
        int m = 0;
        for (int i = 0; i < rows; i++) {
            double t = times[i];
            if (t < Double.POSITIVE_INFINITY) {
                if (t == Double.NEGATIVE_INFINITY) {
                    return false;
                }
                // a sort of integers: the low bits carry the row, what they hide of the time is mended below
                long bits = Double.doubleToRawLongBits(t);
                key[m++] = ((bits ^ ((bits >> 63) & Long.MAX_VALUE)) & ~rowMask) | i;
            } else if (t != Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        Arrays.sort(key, 0, m);
        for (int k = 0; k < m; k++) {
            int r = (int) (key[k] & rowMask);
            double t = times[r];
            int at = k;
            while (at > 0 && (time[at - 1] > t || (time[at - 1] == t && row[at - 1] > r))) {
                time[at] = time[at - 1];
                row[at] = row[at - 1];
                at--;
            }
            time[at] = t;
            row[at] = r;
        }
        count = m;
        return true;
    }
}
