package firstspike.emulator.analog;

/**
 * Constants of one node whose membrane has no closed form (analog.md 4, 10), and one step of its solution: half a step of the
 * linear part, a whole step of conductances and exponential term, half a step of the linear part. Each part is exact by
 * itself. Immutable after {@link #SteppedMembrane}; used by one thread.
 *
 * <p>A state is an array: potential from rest in volt, then an adaptation current per circuit, then two synaptic currents
 * per circuit, all currents over the node's capacitance, in V/s.
 */
final class SteppedMembrane {
    private static final double MOST_PER_PIECE = 0.5;
    private static final double NEGLIGIBLE = 1e-18;
    private static final int MOST_TERMS = 24;

    /** Circuits of the node, ascending. */
    final int[] circuit;
    /** Length of a state. */
    final int size;

    private final double inverseTauM;
    private final double highest;
    private final double deltaT;
    private final double exponentialRate;
    private final double exponentialU;
    private final double[] adaptationRate;
    private final double[] adaptationSlope;
    private final double[] adaptationDrive;
    private final double[] adaptationJump;
    private final double[] lineRate;
    private final boolean[] coba;
    private final double[] distance;
    private final double[] reversal;
    private final boolean conductances;
    /** Fastest rate of the linear part, free and held at reset. */
    private final double freeRate;

    private final double heldRate;
    private double[] term;
    private double[] next;

    /** The constants of a node from those of its circuits; the linear ones of the node are computed before. */
    SteppedMembrane(int n, Nodes nodes, CircuitParameters circuits, ChipModel model) {
        NodeTopology topology = nodes.topology;
        int count = topology.count[n];
        circuit = new int[count];
        size = 1 + 3 * count;
        inverseTauM = nodes.inverseTauM[n];
        highest = model.laws().railHighV() - nodes.rest[n];
        deltaT = model.defaults().nonlinear().sharpnessV();
        adaptationRate = new double[count];
        adaptationSlope = new double[count];
        adaptationDrive = new double[count];
        adaptationJump = new double[count];
        lineRate = new double[2 * count];
        coba = new boolean[2 * count];
        distance = new double[2 * count];
        reversal = new double[2 * count];
        term = new double[size];
        next = new double[size];
        NonlinearParameters terms = circuits.nonlinear;
        double fastest = 0;
        double scale = 0;
        double start = 0;
        boolean any = false;
        for (int k = 0; k < count; k++) {
            int c = topology.members[topology.first[n] + k];
            circuit[k] = c;
            if (terms.exponentialScale[c] > 0) {
                double volt = terms.exponentialVolt[c];
                start = scale == 0 ? volt : start;
                // terms of several circuits differ by a factor, for all have one width
                scale += circuits.leakConductance[c]
                        * terms.exponentialScale[c]
                        * StrictMath.exp((start - volt) / deltaT);
            }
            if (terms.adapts[c]) {
                double rate = 1 / terms.adaptationTau[c];
                adaptationRate[k] = rate;
                adaptationSlope[k] = terms.adaptationA[c] * nodes.inverseCapacitance[n] * rate;
                adaptationDrive[k] = adaptationSlope[k] * (nodes.rest[n] - terms.adaptationVolt[c]);
                adaptationJump[k] = terms.adaptationB[c] * nodes.inverseCapacitance[n];
                fastest = Math.max(fastest, Math.max(rate, Math.sqrt(Math.abs(adaptationSlope[k]))));
            }
            for (int line = 0; line < 2; line++) {
                int l = 2 * c + line;
                int at = 2 * k + line;
                lineRate[at] = 1 / circuits.tau[l];
                coba[at] = terms.coba[l];
                distance[at] = terms.reversalDistance[l];
                reversal[at] = terms.reversalVolt[l] - nodes.rest[n];
                any |= coba[at];
                fastest = Math.max(fastest, lineRate[at]);
            }
        }
        exponentialRate = scale * nodes.inverseCapacitance[n];
        exponentialU = start - nodes.rest[n];
        conductances = any;
        heldRate = fastest;
        freeRate = Math.max(fastest, inverseTauM);
    }

    /** What a spike of the circuit at a place adds to its adaptation. */
    void spike(double[] state, int place) {
        state[1 + place] += adaptationJump[place];
    }

    /** Whether the circuit at a place has its adaptation on; without it has no current. */
    boolean adapts(int place) {
        return adaptationRate[place] > 0;
    }

    /** Place of a line of the circuit at a place. */
    int line(int place, int line) {
        return 1 + circuit.length + 2 * place + line;
    }

    /** Moves a free membrane by one step of so many seconds. */
    void step(double[] state, double seconds) {
        linear(state, seconds / 2, inverseTauM, 0, freeRate, true);
        if (conductances) {
            conduct(state, seconds / 2);
        }
        if (exponentialRate > 0) {
            double rise = exponentialRate * seconds * StrictMath.exp((state[0] - exponentialU) / deltaT);
            state[0] = rise < 1 ? Math.min(highest, state[0] - deltaT * StrictMath.log1p(-rise)) : highest;
        }
        if (conductances) {
            conduct(state, seconds / 2);
        }
        linear(state, seconds / 2, inverseTauM, 0, freeRate, true);
    }

    /**
     * Moves a membrane that is held at reset.
     *
     * @param goal where its potential goes, from rest
     * @param tau how fast, in seconds; 0: it is there
     */
    void hold(double[] state, double seconds, double goal, double tau) {
        double rate = tau > 0 ? 1 / tau : 0;
        linear(state, seconds, rate, goal, Math.max(heldRate, rate), false);
    }

    // the sum of the conductances relaxes the membrane to a mean of their reversal potentials
    private void conduct(double[] state, double seconds) {
        double rate = 0;
        double drive = 0;
        int first = 1 + circuit.length;
        for (int l = 0; l < coba.length; l++) {
            if (coba[l]) {
                double conductance = state[first + l] / distance[l];
                rate += conductance;
                drive += conductance * reversal[l];
            }
        }
        if (rate > 0) {
            double goal = drive / rate;
            state[0] = goal + (state[0] - goal) * StrictMath.exp(-rate * seconds);
        }
    }

    /** The exact flow of the linear part, as its series in pieces that are short against the fastest rate. */
    private void linear(double[] state, double seconds, double rate, double goal, double fastest, boolean free) {
        int pieces = (int) Math.max(1, Math.ceil(seconds * fastest / MOST_PER_PIECE));
        double piece = seconds / pieces;
        for (int i = 0; i < pieces; i++) {
            System.arraycopy(state, 0, term, 0, size);
            double bound = 1;
            for (int k = 1; k <= MOST_TERMS && bound > NEGLIGIBLE; k++) {
                derive(piece / k, rate, k == 1 ? goal : 0, k == 1, free);
                for (int j = 0; j < size; j++) {
                    state[j] += next[j];
                }
                double[] swap = term;
                term = next;
                next = swap;
                bound *= fastest * piece / k;
            }
        }
    }

    private void derive(double by, double rate, double goal, boolean driven, boolean free) {
        int count = circuit.length;
        double slope = -rate * (term[0] - goal);
        for (int k = 0; k < count; k++) {
            double current = term[1 + k];
            next[1 + k] = by
                    * (adaptationSlope[k] * term[0] + (driven ? adaptationDrive[k] : 0) - adaptationRate[k] * current);
            slope -= free ? current : 0;
        }
        int first = 1 + count;
        for (int l = 0; l < 2 * count; l++) {
            double current = term[first + l];
            next[first + l] = -by * lineRate[l] * current;
            slope += free && !coba[l] ? current : 0;
        }
        next[0] = by * slope;
    }

    /** Slope of a free membrane in V/s. */
    double slope(double[] state) {
        System.arraycopy(state, 0, term, 0, size);
        derive(1, inverseTauM, 0, true, true);
        double slope = next[0];
        int first = 1 + circuit.length;
        for (int l = 0; l < coba.length; l++) {
            slope += coba[l] ? state[first + l] / distance[l] * (reversal[l] - state[0]) : 0;
        }
        return exponentialRate > 0
                ? slope + exponentialRate * deltaT * StrictMath.exp((state[0] - exponentialU) / deltaT)
                : slope;
    }

    /** How much a step of so many seconds can still change the potential by each part of the state, at most. */
    double unrest(double[] before, double[] after, double seconds) {
        double change = Math.abs(after[0] - before[0]);
        for (int k = 0; k < circuit.length; k++) {
            change = Math.max(change, Math.abs(after[1 + k] - before[1 + k]) * seconds);
        }
        for (int l = 1 + circuit.length; l < size; l++) {
            change = Math.max(change, Math.abs(after[l]) * seconds);
        }
        return change;
    }
}
