package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * The present inputs of one sample in order of time, equal times in order of their row. Few inputs are put in place one by one. Of
 * many each takes a bin of equal width, most a bin of their own: the place of such an input is the number of bins taken before its
 * own, which counting bits tells; the others are put between them (a comparison sort of 120 hidden spikes was a third of a
 * forward pass). Mutable scratch of one owner thread; loading allocates nothing.
 */
final class SortedInputs {
    /** Up to so many inputs are put in place without bins. */
    private static final int FEW = 24;
    /** Bins for an input. */
    private static final int BINS = 8;
    /** One input of so many may share a bin; with more a comparison sort is faster. */
    private static final int SHARE = 3;

    private static final int WORD_SHIFT = 6;

    /** Row of the k-th input. */
    final int[] row;
    /** Time of the k-th input. */
    final double[] time;
    /** Number of present inputs. */
    int count;

    private final int[] present;
    private final double[] presentTime;
    private final int[] bin;
    /** Bins taken, and how many before each word of them. */
    private final long[] taken;

    private final int[] before;
    /** Inputs whose bin was taken. */
    private final int[] late;

    private final long[] key;
    private final long rowMask;

    SortedInputs(int rows) {
        row = new int[rows];
        time = new double[rows];
        present = new int[rows + 1];
        presentTime = new double[rows + 1];
        bin = new int[rows];
        taken = new long[Math.max(1, 2 * BINS * Integer.highestOneBit(Math.max(1, rows)) >> WORD_SHIFT)];
        before = new int[taken.length];
        late = new int[rows];
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
            if (!(t > Double.NEGATIVE_INFINITY)) {
                return false;
            }
            present[m] = i;
            presentTime[m] = t;
            m += t < Double.POSITIVE_INFINITY ? 1 : 0;
        }
        count = m;
        if (m <= FEW) {
            for (int k = 0; k < m; k++) {
                insert(k, presentTime[k], present[k]);
            }
        } else if (!deal()) {
            compare(times);
        }
        return true;
    }

    /**
     * Orders the present inputs by bins.
     *
     * @return false when too many share a bin
     */
    private boolean deal() {
        int m = count;
        double least = presentTime[0];
        double greatest = least;
        for (int k = 1; k < m; k++) {
            double t = presentTime[k];
            least = t < least ? t : least;
            greatest = t > greatest ? t : greatest;
        }
        double binsPerTime = ((taken.length << WORD_SHIFT) - 1) / (greatest - least);
        if (!(binsPerTime > 0 && binsPerTime < Double.POSITIVE_INFINITY)) {
            return false;
        }
        Arrays.fill(taken, 0);
        int lates = 0;
        for (int k = 0; k < m; k++) {
            // monotonic in time, rounding included; a loop of its own is faster
            bin[k] = (int) ((presentTime[k] - least) * binsPerTime);
        }
        for (int k = 0; k < m; k++) {
            int b = bin[k];
            long others = taken[b >> WORD_SHIFT];
            taken[b >> WORD_SHIFT] = others | 1L << b;
            late[lates] = k;
            lates += (int) (others >>> b) & 1;
        }
        if (lates * SHARE > m) {
            return false;
        }
        int sum = 0;
        for (int w = 0; w < taken.length; w++) {
            before[w] = sum;
            sum += Long.bitCount(taken[w]);
        }
        // backwards, so that the first of a bin is the one that stays
        for (int k = m - 1; k >= 0; k--) {
            int b = bin[k];
            int at = before[b >> WORD_SHIFT] + Long.bitCount(taken[b >> WORD_SHIFT] & (1L << b) - 1);
            time[at] = presentTime[k];
            row[at] = present[k];
        }
        merge(sum, lates);
        return true;
    }

    /** Puts the late inputs between the others, coming from the end. */
    private void merge(int others, int lates) {
        for (int i = 1; i < lates; i++) {
            int k = late[i];
            int at = i;
            while (at > 0 && presentTime[late[at - 1]] > presentTime[k]) {
                late[at] = late[at - 1];
                at--;
            }
            late[at] = k;
        }
        int i = others - 1;
        for (int j = lates - 1, at = count - 1; j >= 0; j--, at--) {
            int r = present[late[j]];
            double t = presentTime[late[j]];
            while (i >= 0 && (time[i] > t || (time[i] == t && row[i] > r))) {
                time[at] = time[i];
                row[at--] = row[i--];
            }
            time[at] = t;
            row[at] = r;
        }
    }

    /** Puts an input in place among so many before it, coming from the end. */
    private void insert(int sorted, double t, int r) {
        int at = sorted;
        while (at > 0 && (time[at - 1] > t || (time[at - 1] == t && row[at - 1] > r))) {
            time[at] = time[at - 1];
            row[at] = row[at - 1];
            at--;
        }
        time[at] = t;
        row[at] = r;
    }

    /** A sort of integers: their low bits carry the row, what these hide of the time is mended afterwards. */
    private void compare(double[] times) {
        for (int k = 0; k < count; k++) {
            long bits = Double.doubleToRawLongBits(times[present[k]]);
            key[k] = ((bits ^ ((bits >> 63) & Long.MAX_VALUE)) & ~rowMask) | present[k];
        }
        Arrays.sort(key, 0, count);
        for (int k = 0; k < count; k++) {
            int r = (int) (key[k] & rowMask);
            insert(k, times[r], r);
        }
    }
}
