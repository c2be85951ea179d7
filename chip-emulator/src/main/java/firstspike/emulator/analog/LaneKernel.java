package firstspike.emulator.analog;

/**
 * The arithmetic of a group of nodes at one event: decay, pulses, and the time before which no membrane crosses its
 * threshold. A place moves where both {@link LaneRows#moving} and {@link LaneColumns#together} are 1; the others stay as
 * they are. Two bodies, one of plain loops and one of vectors, do the same operations in the same order, so an element has
 * the same bits in both: only + - × / and comparisons occur. Owned by one thread.
 */
interface LaneKernel {
    /** No time that a group waits for is as long, half-ticks. */
    double NEVER = 1e15;
    /** Columns are worked through up to a multiple of this number of places. */
    int BLOCK = 8;

    /** The same for another thread. */
    LaneKernel copy();

    /** Whether vectors of this machine suit {@link #BLOCK}. */
    boolean suits();

    /** Moves places without saturation whose time constants are all equal, so that none has faster inhibition. */
    void moveAlike(LaneColumns at, LaneRows pulses, double membrane, double decay, double response, int n);

    /** Moves places without saturation with factors of their own: columns of the membrane, and of each line. */
    void moveEach(LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n);

    /** As {@link #moveEach}, with currents that saturate and are compressed (analog.md 13 item 5). */
    void moveSaturating(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n);

    /** The place with the least time below {@link #NEVER}, the lowest of several, -1 for none. */
    int earliest(double[] y, int n);
}
