package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Constants of a node whose membrane has no closed form, or of nodes that conductances couple (analog.md 4, 8, 10), and one
 * step of their solution: half a step of the linear part, a whole step of conductance-based inputs and exponential terms,
 * half a step of the linear part. Each part is exact by itself. Used by one thread.
 *
 * <p>A state is an array: potential from rest in volt per node, then an adaptation current per circuit, then two synaptic
 * currents per circuit, all currents over the capacitance of their node, in V/s.
 */
final class SteppedMembrane {
    private static final double MOST_PER_PIECE = 0.5;
    private static final double NEGLIGIBLE = 1e-18;
    private static final int MOST_TERMS = 24;

    /** Nodes, ascending. */
    final int[] node;
    /** Circuits of all nodes, node by node, ascending within each. */
    final int[] circuit;
    /** Place of each circuit's node. */
    final int[] owner;
    /** Length of a state. */
    final int size;

    private final SteppedCoupling coupling;
    private final double[] rest;
    private final double[] inverseTauM;
    private final double[] highest;
    private final double deltaT;
    private final double[] exponentialRate;
    private final double[] exponentialU;
    private final double[] adaptationRate;
    private final double[] adaptationSlope;
    private final double[] adaptationDrive;
    private final double[] adaptationJump;
    private final double[] lineRate;
    private final boolean[] coba;
    private final double[] distance;
    private final double[] reversal;
    private final boolean conductances;
    /** Fastest rate of the linear part while all nodes are free, and of what goes on while all are held. */
    private final double freeRate;

    private final double heldRate;

    /** By place of a node: whether it is held at reset, where it goes, from rest, and how fast, in 1/s (0: it is there). */
    private final boolean[] held;

    private final double[] goal;
    private final double[] approach;
    private double fastestNow;

    private double[] term;
    private double[] next;
    private final double[] volt;
    private final double[] slope;

    /** The constants of nodes from those of their circuits; the linear ones of the nodes are computed before. */
    SteppedMembrane(int[] node, Nodes nodes, CircuitParameters circuits, ChipModel model) {
        NodeTopology topology = nodes.topology;
        this.node = node;
        int places = node.length;
        int count = Arrays.stream(node).map(n -> topology.count[n]).sum();
        circuit = new int[count];
        owner = new int[count];
        size = places + 3 * count;
        coupling = new SteppedCoupling(node, nodes, circuits);
        rest = Arrays.stream(node).mapToDouble(n -> nodes.rest[n]).toArray();
        inverseTauM = Arrays.stream(node).mapToDouble(n -> nodes.inverseTauM[n]).toArray();
        highest = Arrays.stream(node)
                .mapToDouble(n -> model.laws().railHighV() - nodes.rest[n])
                .toArray();
        deltaT = model.defaults().nonlinear().sharpnessV();
        exponentialRate = new double[places];
        exponentialU = new double[places];
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
        volt = new double[places];
        slope = new double[places];
        held = new boolean[places];
        goal = new double[places];
        approach = new double[places];
        double fastest = 0;
        int k = 0;
        for (int j = 0; j < places; j++) {
            int n = node[j];
            exponential(j, n, topology, circuits, nodes.inverseCapacitance[n]);
            for (int i = 0; i < topology.count[n]; i++, k++) {
                circuit[k] = topology.members[topology.first[n] + i];
                owner[k] = j;
                fastest = Math.max(fastest, adaptation(k, nodes, circuits.nonlinear));
                fastest = Math.max(fastest, lines(k, circuits));
            }
        }
        boolean any = false;
        for (boolean one : coba) {
            any |= one;
        }
        conductances = any;
        heldRate = fastest;
        freeRate = Math.max(fastest, Arrays.stream(inverseTauM).max().orElse(0) + coupling.fastest());
    }

    private void exponential(
            int j, int n, NodeTopology topology, CircuitParameters circuits, double inverseCapacitance) {
        NonlinearParameters terms = circuits.nonlinear;
        double scale = 0;
        double start = 0;
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (terms.exponentialScale[c] > 0) {
                double takeOff = terms.exponentialVolt[c];
                start = scale == 0 ? takeOff : start;
                // terms of several circuits differ by a factor, for all have one width
                scale += circuits.leakConductance[c]
                        * terms.exponentialScale[c]
                        * StrictMath.exp((start - takeOff) / deltaT);
            }
        }
        exponentialRate[j] = scale * inverseCapacitance;
        exponentialU[j] = start - rest[j];
    }

    private double adaptation(int k, Nodes nodes, NonlinearParameters terms) {
        int c = circuit[k];
        if (!terms.adapts[c]) {
            return 0;
        }
        double inverseCapacitance = nodes.inverseCapacitance[node[owner[k]]];
        double rate = 1 / terms.adaptationTau[c];
        adaptationRate[k] = rate;
        adaptationSlope[k] = terms.adaptationA[c] * inverseCapacitance * rate;
        adaptationDrive[k] = adaptationSlope[k] * (rest[owner[k]] - terms.adaptationVolt[c]);
        adaptationJump[k] = terms.adaptationB[c] * inverseCapacitance;
        return Math.max(rate, Math.sqrt(Math.abs(adaptationSlope[k])));
    }

    private double lines(int k, CircuitParameters circuits) {
        double fastest = 0;
        for (int line = 0; line < 2; line++) {
            int l = 2 * circuit[k] + line;
            int at = 2 * k + line;
            lineRate[at] = 1 / circuits.tau[l];
            coba[at] = circuits.nonlinear.coba[l];
            distance[at] = circuits.nonlinear.reversalDistance[l];
            reversal[at] = circuits.nonlinear.reversalVolt[l] - rest[owner[k]];
            fastest = Math.max(fastest, lineRate[at]);
        }
        return fastest;
    }

    /** What a spike of the circuit at a place adds to its adaptation. */
    void spike(double[] state, int place) {
        state[node.length + place] += adaptationJump[place];
    }

    /** Whether the circuit at a place has its adaptation on; without it has no current. */
    boolean adapts(int place) {
        return adaptationRate[place] > 0;
    }

    /** Place in a state of the adaptation of the circuit at a place. */
    int adaptation(int place) {
        return node.length + place;
    }

    /** Place in a state of a line of the circuit at a place. */
    int line(int place, int line) {
        return node.length + circuit.length + 2 * place + line;
    }

    // ---- what is held ----------------------------------------------------------------------------------------------

    /** All nodes are free in the steps that follow. */
    void free() {
        Arrays.fill(held, false);
        fastestNow = freeRate;
    }

    /**
     * The node at a place is held in the steps that follow; after {@link #free}.
     *
     * @param to where its potential goes, from rest
     * @param tau how fast, in seconds; 0: it is there
     */
    void hold(int place, double to, double tau) {
        held[place] = true;
        goal[place] = to;
        approach[place] = tau > 0 ? 1 / tau : 0;
        boolean all = true;
        double fastest = heldRate;
        for (int j = 0; j < held.length; j++) {
            all &= held[j];
            fastest = held[j] ? Math.max(fastest, approach[j]) : fastest;
        }
        fastestNow = all ? fastest : Math.max(fastest, freeRate);
    }

    /** Moves membranes that are all held, any stretch at once. */
    void hold(double[] state, double seconds) {
        linear(state, seconds);
    }

    // ---- steps -----------------------------------------------------------------------------------------------------

    /** Moves the membranes by one step of so many seconds. */
    void step(double[] state, double seconds) {
        linear(state, seconds / 2);
        for (int j = 0; j < node.length; j++) {
            if (!held[j]) {
                nonlinear(state, j, seconds);
            }
        }
        linear(state, seconds / 2);
    }

    private void nonlinear(double[] state, int j, double seconds) {
        if (conductances) {
            conduct(state, j, seconds / 2);
        }
        if (exponentialRate[j] > 0) {
            double rise = exponentialRate[j] * seconds * StrictMath.exp((state[j] - exponentialU[j]) / deltaT);
            state[j] = rise < 1 ? Math.min(highest[j], state[j] - deltaT * StrictMath.log1p(-rise)) : highest[j];
        }
        if (conductances) {
            conduct(state, j, seconds / 2);
        }
    }

    // the sum of the conductances relaxes a membrane to a mean of their reversal potentials
    private void conduct(double[] state, int j, double seconds) {
        double rate = 0;
        double drive = 0;
        int first = node.length + circuit.length;
        for (int l = 0; l < coba.length; l++) {
            if (coba[l] && owner[l >> 1] == j) {
                double conductance = state[first + l] / distance[l];
                rate += conductance;
                drive += conductance * reversal[l];
            }
        }
        if (rate > 0) {
            double mean = drive / rate;
            state[j] = mean + (state[j] - mean) * StrictMath.exp(-rate * seconds);
        }
    }

    /** The exact flow of the linear part, as its series in pieces that are short against the fastest rate. */
    private void linear(double[] state, double seconds) {
        int pieces = (int) Math.max(1, Math.ceil(seconds * fastestNow / MOST_PER_PIECE));
        double piece = seconds / pieces;
        for (int i = 0; i < pieces; i++) {
            System.arraycopy(state, 0, term, 0, size);
            double bound = 1;
            for (int k = 1; k <= MOST_TERMS && bound > NEGLIGIBLE; k++) {
                derive(piece / k, k == 1);
                for (int j = 0; j < size; j++) {
                    state[j] += next[j];
                }
                double[] swap = term;
                term = next;
                next = swap;
                bound *= fastestNow * piece / k;
            }
        }
    }

    /** The linear derivative of the state in {@link #term}, times a factor; its constant part only where driven. */
    private void derive(double by, boolean driven) {
        int places = node.length;
        int count = circuit.length;
        for (int j = 0; j < places; j++) {
            volt[j] = driven ? term[j] + rest[j] : term[j];
            slope[j] = held[j] ? 0 : -inverseTauM[j] * term[j];
        }
        coupling.add(volt, slope);
        for (int k = 0; k < count; k++) {
            double current = term[places + k];
            double potential = term[owner[k]];
            next[places + k] = by
                    * (adaptationSlope[k] * potential
                            + (driven ? adaptationDrive[k] : 0)
                            - adaptationRate[k] * current);
            slope[owner[k]] -= current;
        }
        int first = places + count;
        for (int l = 0; l < 2 * count; l++) {
            double current = term[first + l];
            next[first + l] = -by * lineRate[l] * current;
            slope[owner[l >> 1]] += coba[l] ? 0 : current;
        }
        for (int j = 0; j < places; j++) {
            next[j] = by * (held[j] ? -approach[j] * (term[j] - (driven ? goal[j] : 0)) : slope[j]);
        }
    }

    /** Slope of the free node at a place in V/s. */
    double slope(double[] state, int j) {
        System.arraycopy(state, 0, term, 0, size);
        derive(1, true);
        double total = next[j];
        int first = node.length + circuit.length;
        for (int l = 0; l < coba.length; l++) {
            total += coba[l] && owner[l >> 1] == j ? state[first + l] / distance[l] * (reversal[l] - state[j]) : 0;
        }
        return exponentialRate[j] > 0
                ? total + exponentialRate[j] * deltaT * StrictMath.exp((state[j] - exponentialU[j]) / deltaT)
                : total;
    }

    /** How much a step changes a potential at most, in volt. */
    double change(double[] before, double[] after) {
        double change = 0;
        for (int j = 0; j < node.length; j++) {
            change = Math.max(change, held[j] ? 0 : Math.abs(after[j] - before[j]));
        }
        return change;
    }

    /** How much a step of so many seconds can still change a potential by each part of the state, at most. */
    double unrest(double[] before, double[] after, double seconds) {
        double change = change(before, after);
        int first = node.length;
        for (int k = first; k < first + circuit.length; k++) {
            change = Math.max(change, Math.abs(after[k] - before[k]) * seconds);
        }
        for (int l = first + circuit.length; l < size; l++) {
            change = Math.max(change, Math.abs(after[l]) * seconds);
        }
        return change;
    }
}
