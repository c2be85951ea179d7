package firstspike.emulator.analog;

/**
 * What the pulses of one tick add to the lines of a group of nodes: a column of increments in ampere for each of the four
 * lines that a node has, none where nothing reaches it, and which places of the group they reach. The columns of a fan are
 * kept with it and not changed any more; a group has one of its own for ticks with several pulses.
 */
final class LaneRows {
    static final int LINES = 4;

    final int group;
    final double[][] increment = new double[LINES][];
    /** One bit a place. */
    final long[] reached;

    private final int capacity;
    int count;

    LaneRows(int group, int capacity) {
        this.group = group;
        this.capacity = capacity;
        reached = new long[capacity + 63 >> 6];
    }

    /** Adds a signed increment at a line of a place. */
    void add(int place, int line, double ampere) {
        double[] column = increment[line];
        if (column == null) {
            column = new double[capacity];
            increment[line] = column;
        }
        column[place] += ampere;
    }

    /** The place is reached. */
    void reach(int place) {
        long bit = 1L << place;
        if ((reached[place >> 6] & bit) == 0) {
            reached[place >> 6] |= bit;
            count++;
        }
    }

    /** Whether a place is reached. */
    boolean reaches(int place) {
        return (reached[place >> 6] >>> place & 1) != 0;
    }
}
