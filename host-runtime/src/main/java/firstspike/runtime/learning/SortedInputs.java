package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * The present inputs of one sample in order of time, equal times in order of their row. Few inputs are put in place one by one;
 * many are dealt into bins of equal width first, which leaves next to nothing to move (a comparison sort of 120 hidden spikes
 * was a third of a forward pass). Mutable scratch of one owner thread; loading allocates nothing.
 */
final class SortedInputs {
    /** Up to so many inputs are put in place without bins. */
    private static final int FEW = 32;
    /** Moves for an input after which times lie too close together for bins: a comparison sort is then faster. */
    private static final int MOST_MOVES = 8;

    /** Row of the k-th input. */
    final int[] row;
    /** Time of the k-th input. */
    final double[] time;
    /** Number of present inputs. */
    int count;

    private final int[] present;
    private final int[] bin;
    private final int[] binEnd;
    private final long[] key;
    private final long rowMask;

    SortedInputs(int rows) {
        row = new int[rows];
        time = new double[rows];
        present = new int[rows];
        bin = new int[rows];
        binEnd = new int[2 * Integer.highestOneBit(Math.max(1, rows))];
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
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            double t = times[i];
            if (t < Double.POSITIVE_INFINITY) {
                present[m++] = i;
                least = t < least ? t : least;
                greatest = t > greatest ? t : greatest;
            } else if (t != Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        if (least == Double.NEGATIVE_INFINITY) {
            return false;
        }
        count = m;
        if (m <= FEW) {
            insertAll(times, present, Long.MAX_VALUE);
            return true;
        }
        double binsPerTime = (binEnd.length - 1) / (greatest - least);
        if (binsPerTime > 0 && binsPerTime < Double.POSITIVE_INFINITY) {
            deal(times, least, binsPerTime);
            if (insertAll(times, row, (long) MOST_MOVES * m)) {
                return true;
            }
        }
        compare(times);
        return true;
    }

    /** Orders the present rows by bins; a bin keeps the order of rows. */
    private void deal(double[] times, double least, double binsPerTime) {
        Arrays.fill(binEnd, 0);
        for (int k = 0; k < count; k++) {
            // monotonic in time, rounding included
            bin[k] = (int) ((times[present[k]] - least) * binsPerTime);
            binEnd[bin[k]]++;
        }
        int sum = 0;
        for (int b = 0; b < binEnd.length; b++) {
            sum += binEnd[b];
            binEnd[b] = sum;
        }
        for (int k = count - 1; k >= 0; k--) {
            row[--binEnd[bin[k]]] = present[k];
        }
    }

    /**
     * Puts rows in place one by one, coming from the front.
     *
     * @param rows order to begin with; may be {@link #row} itself
     * @return false when it took too many moves
     */
    private boolean insertAll(double[] times, int[] rows, long mostMoves) {
        long moves = mostMoves;
        for (int k = 0; k < count; k++) {
            int r = rows[k];
            double t = times[r];
            int at = k;
            while (at > 0 && (time[at - 1] > t || (time[at - 1] == t && row[at - 1] > r))) {
                time[at] = time[at - 1];
                row[at] = row[at - 1];
                at--;
            }
            time[at] = t;
            row[at] = r;
            moves -= k - at;
            if (moves < 0) {
                return false;
            }
        }
        return true;
    }

    /** A sort of integers: their low bits carry the row, what these hide of the time is mended afterwards. */
    private void compare(double[] times) {
        for (int k = 0; k < count; k++) {
            long bits = Double.doubleToRawLongBits(times[present[k]]);
            key[k] = ((bits ^ ((bits >> 63) & Long.MAX_VALUE)) & ~rowMask) | present[k];
        }
        Arrays.sort(key, 0, count);
        for (int k = 0; k < count; k++) {
            row[k] = (int) (key[k] & rowMask);
        }
        insertAll(times, row, Long.MAX_VALUE);
    }
}
