package firstspike.emulator.analog;

/**
 * A solution of one stepped node on its way through time: steps of at most 50 ns, halved while the potential would change by
 * more than a bound, doubled again after one that was taken (analog.md 10). Mutable; owned by one thread.
 */
final class SteppedCursor {
    private static final double STEADY_V = 1e-14;
    private static final double CROSSED_V = 1e-9;
    private static final int MOST_REFINEMENTS = 20;

    private final AnalogDefaults.NonlinearNumbers numbers;
    private final Nodes nodes;

    /** As {@link SteppedMembrane} says. */
    double[] state = new double[4];

    long tick;
    double fraction;
    double step;
    byte phase;
    /** Whether nothing changes any more until something happens to the node. */
    boolean steady;

    private int n;
    private SteppedMembrane membrane;
    private double[] trial = new double[4];

    SteppedCursor(AnalogDefaults.NonlinearNumbers numbers, Nodes nodes) {
        this.numbers = numbers;
        this.nodes = nodes;
    }

    /** Takes a node; its state is to be filled in. */
    void begin(int node, SteppedMembrane constants) {
        n = node;
        membrane = constants;
        if (state.length < constants.size) {
            state = new double[constants.size];
            trial = new double[constants.size];
        }
    }

    double secondsTo(long toTick, double toFraction) {
        return ((toTick - tick) + (toFraction - fraction)) * Kinetics.HALF_TICK_S;
    }

    /** Moves to an instant, ends of the reset phase included, or only by the whole steps before it. */
    void run(long toTick, double toFraction, boolean exactly) {
        double end = nodes.refractoryFraction[n];
        if (phase == Nodes.CLAMPED) {
            if (Trajectory.before(toTick, toFraction, nodes.clampEnd[n], end)) {
                if (exactly) {
                    hold(toTick, toFraction);
                }
                return;
            }
            hold(nodes.clampEnd[n], end);
            phase = Nodes.HOLDOFF;
        }
        if (phase == Nodes.HOLDOFF && !Trajectory.before(toTick, toFraction, nodes.refractoryEnd[n], end)) {
            free(nodes.refractoryEnd[n], end, true);
            phase = Nodes.FREE;
            step = numbers.longestStepS();
        }
        free(toTick, toFraction, exactly);
    }

    private void hold(long toTick, double toFraction) {
        double seconds = secondsTo(toTick, toFraction);
        if (seconds > 0) {
            membrane.hold(state, seconds, nodes.clampVolt[n] - nodes.rest[n], nodes.clampTau[n]);
        }
        place(toTick, toFraction);
        step = numbers.longestStepS();
    }

    private void place(long atTick, double atFraction) {
        tick = atTick;
        fraction = atFraction;
    }

    private void free(long toTick, double toFraction, boolean exactly) {
        double left = secondsTo(toTick, toFraction);
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
            System.arraycopy(state, 0, trial, 0, membrane.size);
            membrane.step(trial, step);
            if (Math.abs(trial[0] - state[0]) <= numbers.largestChangeV() || step <= numbers.shortestStepS()) {
                return step;
            }
            step = Math.max(numbers.shortestStepS(), step / 2);
        }
    }

    /** Takes the step that was tried. */
    void accept(double taken) {
        steady = phase == Nodes.FREE
                && taken == numbers.longestStepS()
                && membrane.unrest(state, trial, taken) < STEADY_V;
        System.arraycopy(trial, 0, state, 0, membrane.size);
        double moved = fraction + taken / Kinetics.HALF_TICK_S;
        double whole = Math.floor(moved);
        place(tick + (long) whole, moved - whole);
        step = Math.min(numbers.longestStepS(), 2 * taken);
    }

    /** Whether the step that was tried ends at or above a threshold from rest. */
    boolean wouldCross(double theta) {
        return trial[0] >= theta;
    }

    /**
     * Tries shorter steps, by regula falsi, until one ends at the threshold; returns its length in seconds. The one tried
     * before, of length {@code taken}, ended above it.
     */
    double refine(double taken, double theta) {
        double low = 0;
        double lowGap = theta - state[0];
        double high = taken;
        double highGap = theta - trial[0];
        for (int i = 0; i < MOST_REFINEMENTS; i++) {
            double middle = low + (high - low) * lowGap / (lowGap - highGap);
            System.arraycopy(state, 0, trial, 0, membrane.size);
            membrane.step(trial, middle);
            double gap = theta - trial[0];
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

    /** Slope in V/s at the end of the step that was tried. */
    double trialSlope() {
        return membrane.slope(trial);
    }
}
