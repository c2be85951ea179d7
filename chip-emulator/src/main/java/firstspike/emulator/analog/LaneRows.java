package firstspike.emulator.analog;

/**
 * What pulses add to the lines of a group of nodes: a column of increments in ampere for each of the four lines that a node
 * has, none where nothing reaches it, and which places of the group they reach. The columns of a fan are kept with it and
 * not changed any more; a group has one of its own for ticks with several pulses.
 */
final class LaneRows {
    static final int LINES = 4;

    private static final double[] NOTHING = new double[256];

    final int group;
    final double[][] increment = new double[LINES][];
    /** One bit a place. */
    final long[] reached;
    /** 1 where a place is reached, else 0. */
    double[] moving;

    private final int capacity;
    private final long[][] unitColumns = new long[LINES][];
    private final long[][] ownUnits = new long[LINES][];
    private final double[][] columns = new double[LINES][];
    private final double[] ownMoving;
    int count;

    LaneRows(int group, int capacity) {
        this.group = group;
        this.capacity = capacity;
        reached = new long[capacity + 63 >> 6];
        ownMoving = new double[capacity];
        moving = ownMoving;
    }

    /** What is added to a line of each place, zeros where that is nothing; longer than the group. */
    double[] column(int line) {
        return increment[line] == null ? NOTHING : increment[line];
    }

    /** Sets what a line of a place gets, in units of {@link Membranes#PULSE_UNIT_A}; sign -1 where it is subtracted. */
    void set(int place, int line, long units, int sign) {
        if (increment[line] == null) {
            unitColumns[line] = new long[capacity];
            columns[line] = new double[capacity];
        }
        unitColumns[line][place] = sign * units;
        columns[line][place] = sign * units * Membranes.PULSE_UNIT_A;
        increment[line] = columns[line];
    }

    /** Takes over what one fan adds. */
    void begin(LaneRows fan) {
        for (int k = 0; k < LINES; k++) {
            unitColumns[k] = fan.unitColumns[k];
            increment[k] = fan.increment[k];
        }
        System.arraycopy(fan.reached, 0, reached, 0, reached.length);
        moving = fan.moving;
        count = fan.count;
    }

    /** Adds what another fan adds in the same tick; sums of integers, so that the order of pulses cannot matter. */
    void add(LaneRows fan) {
        for (int k = 0; k < LINES; k++) {
            if (fan.increment[k] != null && increment[k] == null) {
                unitColumns[k] = fan.unitColumns[k];
                increment[k] = fan.increment[k];
            } else if (fan.increment[k] != null) {
                if (ownUnits[k] == null) {
                    ownUnits[k] = new long[capacity];
                    columns[k] = new double[capacity];
                }
                long[] sum = ownUnits[k];
                double[] ampere = columns[k];
                long[] before = unitColumns[k];
                long[] more = fan.unitColumns[k];
                for (int j = 0; j < capacity; j++) {
                    sum[j] = before[j] + more[j];
                    ampere[j] = sum[j] * Membranes.PULSE_UNIT_A;
                }
                unitColumns[k] = sum;
                increment[k] = ampere;
            }
        }
        count = 0;
        for (int w = 0; w < reached.length; w++) {
            reached[w] |= fan.reached[w];
            count += Long.bitCount(reached[w]);
        }
        for (int j = 0; j < capacity; j++) {
            ownMoving[j] = Math.max(moving[j], fan.moving[j]);
        }
        moving = ownMoving;
    }

    /** The place is reached. */
    void reach(int place) {
        long bit = 1L << place;
        if ((reached[place >> 6] & bit) == 0) {
            reached[place >> 6] |= bit;
            moving[place] = 1;
            count++;
        }
    }

    /** What a line of a place gets, in units of {@link Membranes#PULSE_UNIT_A}, with its sign. */
    long units(int place, int line) {
        return unitColumns[line] == null ? 0 : unitColumns[line][place];
    }

    /** Whether a place is reached. */
    boolean reaches(int place) {
        return (reached[place >> 6] >>> place & 1) != 0;
    }
}
