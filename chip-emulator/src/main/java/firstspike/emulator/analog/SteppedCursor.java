package firstspike.emulator.analog;

/**
 * A solution of one stepped node, or of several that are coupled, on its way through time: steps of at most 50 ns, halved
 * while a potential would change by more than a bound, doubled again after one that was taken (analog.md 10). Mutable; owned
 * by one thread.
 */
final class SteppedCursor {
    private static final double STEADY_V = 1e-14;
    private static final double CROSSED_V = 1e-9;
    private static final int MOST_REFINEMENTS = 20;
    private static final int NONE = -1;
    private static final double NO_TIME_S = 1e-16;

    private final AnalogDefaults.NonlinearNumbers numbers;
    private final Nodes nodes;

    /** As {@link SteppedMembrane} says. */
    double[] state = new double[4];
    /** Phase by place of a node. */
    byte[] phase = new byte[1];

    long tick;
    double fraction;
    double step;
    /** Whether nothing changes any more until something happens to a node. */
    boolean steady;

    private SteppedMembrane membrane;
    private double[] trial = new double[4];

    SteppedCursor(AnalogDefaults.NonlinearNumbers numbers, Nodes nodes) {
        this.numbers = numbers;
        this.nodes = nodes;
    }

    /** Takes nodes; state and instant are to be filled in, then {@link #hold} is to be called. */
    void begin(SteppedMembrane constants) {
        membrane = constants;
        if (state.length < constants.size) {
            state = new double[constants.size];
            trial = new double[constants.size];
        }
        if (phase.length < constants.node.length) {
            phase = new byte[constants.node.length];
        }
    }

    /** Takes over which nodes are held. */
    void hold() {
        membrane.free();
        for (int j = 0; j < membrane.node.length; j++) {
            if (phase[j] == Nodes.CLAMPED) {
                int n = membrane.node[j];
                membrane.hold(j, nodes.clampVolt[n] - nodes.rest[n], nodes.clampTau[n]);
            }
        }
    }

    double secondsTo(long toTick, double toFraction) {
        return ((toTick - tick) + (toFraction - fraction)) * Kinetics.HALF_TICK_S;
    }

    private long end(int j) {
        int n = membrane.node[j];
        return phase[j] == Nodes.CLAMPED ? nodes.clampEnd[n] : nodes.refractoryEnd[n];
    }

    /** Place of the node whose clamp or hold-off ends first, or {@link #NONE}. */
    private int firstEnd() {
        int first = NONE;
        for (int j = 0; j < membrane.node.length; j++) {
            if (phase[j] != Nodes.FREE
                    && (first == NONE || Trajectory.before(end(j), fractionOf(j), end(first), fractionOf(first)))) {
                first = j;
            }
        }
        return first;
    }

    private double fractionOf(int j) {
        return nodes.refractoryFraction[membrane.node[j]];
    }

    private boolean allHeld() {
        for (int j = 0; j < membrane.node.length; j++) {
            if (phase[j] != Nodes.CLAMPED) {
                return false;
            }
        }
        return true;
    }

    private boolean allFree() {
        for (int j = 0; j < membrane.node.length; j++) {
            if (phase[j] != Nodes.FREE) {
                return false;
            }
        }
        return true;
    }

    /** Moves to an instant, ends of reset phases included, or only by the whole steps before it. */
    void run(long toTick, double toFraction, boolean exactly) {
        for (int j = firstEnd(); j != NONE; j = firstEnd()) {
            if (Trajectory.before(toTick, toFraction, end(j), fractionOf(j))) {
                break;
            }
            advance(end(j), fractionOf(j), true);
            pass(j);
        }
        advance(toTick, toFraction, exactly);
    }

    private void pass(int j) {
        phase[j] = phase[j] == Nodes.CLAMPED ? Nodes.HOLDOFF : Nodes.FREE;
        step = numbers.longestStepS();
        hold();
    }

    private void place(long atTick, double atFraction) {
        tick = atTick;
        fraction = atFraction;
    }

    private void advance(long toTick, double toFraction, boolean exactly) {
        double left = secondsTo(toTick, toFraction);
        if (allHeld()) {
            if (exactly) {
                if (left > 0) {
                    membrane.hold(state, left);
                }
                place(toTick, toFraction);
                step = numbers.longestStepS();
            }
            return;
        }
        while (left > 0 && !steady) {
            if (step > left) {
                if (!exactly) {
                    return;
                }
                step = left;
            }
            accept(tryStep());
            left = secondsTo(toTick, toFraction);
        }
        if (exactly || steady) {
            place(toTick, toFraction);
        }
    }

    /** Tries one step of the present length, or of a shorter one; returns its length in seconds. */
    double tryStep() {
        while (true) {
            tryExactly(step);
            if (membrane.change(state, trial) <= numbers.largestChangeV() || step <= numbers.shortestStepS()) {
                return step;
            }
            step = Math.max(numbers.shortestStepS(), step / 2);
        }
    }

    /** Tries one step that goes no farther than the next end of a clamp or hold-off, which {@link #accept} passes then. */
    double tryStepWithinPhases() {
        int first = firstEnd();
        if (first != NONE) {
            double left = secondsTo(end(first), fractionOf(first));
            if (left <= NO_TIME_S) {
                pass(first);
                return tryStepWithinPhases();
            }
            step = Math.min(step, left);
        }
        return tryStep();
    }

    /** Tries a step of exactly so many seconds. */
    void tryExactly(double seconds) {
        System.arraycopy(state, 0, trial, 0, membrane.size);
        membrane.step(trial, seconds);
    }

    /** Takes the step that was tried. */
    void accept(double taken) {
        steady = taken == numbers.longestStepS() && allFree() && membrane.unrest(state, trial, taken) < STEADY_V;
        System.arraycopy(trial, 0, state, 0, membrane.size);
        double moved = fraction + taken / Kinetics.HALF_TICK_S;
        double whole = Math.floor(moved);
        place(tick + (long) whole, moved - whole);
        step = Math.min(numbers.longestStepS(), 2 * taken);
    }

    /** Whether the step that was tried ends with the node at a place at or above a threshold from rest. */
    boolean wouldCross(int j, double theta) {
        return trial[j] >= theta;
    }

    /**
     * Tries shorter steps, by regula falsi, until one ends with the node at a place at its threshold; returns its length in
     * seconds. The one tried before, of length {@code taken}, ended above it.
     */
    double refine(int j, double taken, double theta) {
        double low = 0;
        double lowGap = theta - state[j];
        double high = taken;
        double highGap = theta - trial[j];
        for (int i = 0; i < MOST_REFINEMENTS; i++) {
            double middle = low + (high - low) * lowGap / (lowGap - highGap);
            tryExactly(middle);
            double gap = theta - trial[j];
            if (Math.abs(gap) < CROSSED_V) {
                return middle;
            }
            if (gap > 0) {
                low = middle;
                lowGap = gap;
                highGap /= 2;
            } else {
                high = middle;
                highGap = gap;
                lowGap /= 2;
            }
        }
        return high;
    }

    /** Slope in V/s of the node at a place at the end of the step that was tried. */
    double trialSlope(int j) {
        return membrane.slope(trial, j);
    }

    /** Slope in V/s of the node at a place. */
    double slope(int j) {
        return membrane.slope(state, j);
    }
}
