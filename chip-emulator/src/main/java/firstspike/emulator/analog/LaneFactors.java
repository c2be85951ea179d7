package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The factors by which the membranes and currents of a group change in a time: one {@link LineTable} for all its lines, or
 * columns of each node's own by the parts of a time, put together when a time has both parts. Owned by one thread; columns
 * are shared with copies until one of them changes.
 */
final class LaneFactors {
    private static final int LINES = LaneRows.LINES;
    /** Of the membrane, then decay and response of each line. */
    private static final int KINDS = 1 + 2 * LINES;

    private int capacity;
    private LineTable[] table;
    /** Places whose tables are in {@link #common} or {@link #columns}. */
    private boolean[] taken;

    private LineTable common;
    /** By part of a time, then kind. */
    private double[][] columns;

    private boolean shared;

    private final double[][] scratch = new double[KINDS][];
    private final double[][] decay = new double[LINES][];
    private final double[][] response = new double[LINES][];

    LaneFactors(int capacity) {
        this.capacity = capacity;
        table = new LineTable[LINES * capacity];
        taken = new boolean[capacity];
    }

    void grow(int toCapacity) {
        capacity = toCapacity;
        table = Arrays.copyOf(table, LINES * capacity);
        taken = Arrays.copyOf(taken, capacity);
        Arrays.fill(scratch, null);
        if (columns != null) {
            double[][] wider = new double[columns.length][];
            for (int i = 0; i < wider.length; i++) {
                wider[i] = Arrays.copyOf(columns[i], capacity);
            }
            columns = wider;
            shared = false;
        }
    }

    LaneFactors copy() {
        LaneFactors other = new LaneFactors(capacity);
        System.arraycopy(table, 0, other.table, 0, table.length);
        System.arraycopy(taken, 0, other.taken, 0, capacity);
        other.common = common;
        other.columns = columns;
        shared = columns != null;
        other.shared = shared;
        return other;
    }

    void set(int place, int line, LineTable of) {
        taken[place] &= table[LINES * place + line] == of;
        table[LINES * place + line] = of;
    }

    LineTable of(int place, int line) {
        return table[LINES * place + line];
    }

    /** The table of all lines of all places, null where there are several or lines saturate. */
    LineTable common() {
        return common;
    }

    /**
     * Takes over the tables that were set for a place.
     *
     * @param mayBeCommon whether one table for all lines is enough
     * @param prepared the places whose tables count
     */
    void take(int place, boolean mayBeCommon, boolean[] prepared, int size) {
        if (taken[place]) {
            return;
        }
        taken[place] = true;
        LineTable one = of(place, 0);
        boolean same = one == of(place, 1) && one == of(place, 2) && one == of(place, 3);
        if (mayBeCommon && columns == null && same && (common == null || common == one)) {
            common = one;
            return;
        }
        boolean first = columns == null;
        if (first || shared) {
            double[][] own = new double[2 * LineTable.PART * KINDS][];
            for (int i = 0; i < own.length; i++) {
                own[i] = first ? new double[capacity] : columns[i].clone();
            }
            columns = own;
            shared = false;
            common = null;
        }
        for (int s = first ? 0 : place; s < (first ? size : place + 1); s++) {
            taken[s] = prepared[s];
            if (prepared[s]) {
                tabulate(s);
            }
        }
    }

    private void tabulate(int s) {
        for (int part = 0; part < 2 * LineTable.PART; part++) {
            columns[part * KINDS][s] = of(s, 0).membraneDecay[part];
            for (int k = 0; k < LINES; k++) {
                columns[part * KINDS + 1 + k][s] = of(s, k).lineDecay[part];
                columns[part * KINDS + 1 + LINES + k][s] = of(s, k).response[part];
            }
        }
    }

    /** Prepares columns for a gap that the tables cover, over the first n places; returns that of the membranes. */
    double[] membrane(long gap, int n) {
        int fine = LineTable.fine(gap) * KINDS;
        int coarse = (LineTable.PART + LineTable.coarse(gap)) * KINDS;
        if (LineTable.coarse(gap) == 0) {
            System.arraycopy(columns, fine + 1, decay, 0, LINES);
            System.arraycopy(columns, fine + 1 + LINES, response, 0, LINES);
            return columns[fine];
        }
        if (scratch[0] == null) {
            for (int i = 0; i < KINDS; i++) {
                scratch[i] = new double[capacity];
            }
        }
        product(scratch[0], columns[coarse], columns[fine], n);
        for (int k = 0; k < LINES; k++) {
            decay[k] = scratch[1 + k];
            response[k] = scratch[1 + LINES + k];
            product(decay[k], columns[coarse + 1 + k], columns[fine + 1 + k], n);
            follow(
                    response[k],
                    columns[coarse + 1 + LINES + k],
                    columns[fine],
                    columns[coarse + 1 + k],
                    columns[fine + 1 + LINES + k],
                    n);
        }
        return scratch[0];
    }

    /** Columns of the lines for the gap of the last {@link #membrane}. */
    double[][] decay() {
        return decay;
    }

    /** As {@link #decay()}. */
    double[][] response() {
        return response;
    }

    private static void product(double[] to, double[] a, double[] b, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = a[j] * b[j];
        }
    }

    /** Response of a coarse time followed by a fine one. */
    private static void follow(double[] to, double[] coarse, double[] mem, double[] decay, double[] fine, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = coarse[j] * mem[j] + decay[j] * fine[j];
        }
    }
}
