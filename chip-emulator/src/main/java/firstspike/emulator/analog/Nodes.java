package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * State and constants of all electrical nodes, as a structure of arrays; a node has the number of its lowest circuit.
 * Mutable; owned by one thread. Potentials of nodes are measured from the node's resting potential {@link #rest}; times are
 * a half-tick and a fraction of one in [0, 1).
 *
 * <p>The currents of a node are those at {@link #currentTick}, whatever the phase, for they decay undisturbed; the potential
 * is that at ({@link #potentialTick}, {@link #potentialFraction}).
 */
final class Nodes {
    static final int N = FixedPattern.CIRCUITS;
    static final byte FREE = 0;
    /** Held at the reset potential. */
    static final byte CLAMPED = 1;
    /** Released from the reset potential, not yet allowed to fire. */
    static final byte HOLDOFF = 2;
    /** Long before any program. */
    static final long LONG_AGO = Long.MIN_VALUE / 4;

    // constants of a node
    final double[] rest = new double[N];
    final double[] tauM = new double[N];
    final double[] inverseTauM = new double[N];
    final double[] inverseCapacitance = new double[N];
    final double[] capacitance = new double[N];
    /** 24 times the longest time constant, in half-ticks. */
    final double[] restSpan = new double[N];
    /** Gap between events after which the next one is a new stimulus. */
    final long[] stimulusGap = new long[N];
    /** Whether some comparator of the node can fire. */
    final boolean[] fires = new boolean[N];
    /** Lowest threshold without noise. */
    final double[] thresholdBase = new double[N];

    // state of a node
    final double[] u = new double[N];
    final long[] currentTick = new long[N];
    final long[] potentialTick = new long[N];
    final double[] potentialFraction = new double[N];
    final byte[] phase = new byte[N];
    final long[] clampEnd = new long[N];
    final long[] refractoryEnd = new long[N];
    final double[] refractoryFraction = new double[N];
    /** Where the clamped potential goes, in volt, and how fast; time constant 0: it is there. */
    final double[] clampVolt = new double[N];

    final double[] clampTau = new double[N];
    final long[] lastEvent = new long[N];
    /** Last event, change or end of settling: what the rest rule counts from. */
    final long[] disturbed = new long[N];

    final long[] firstTouch = new long[N];

    /** Net current over capacitance that a planned group left at {@link #driveTick}: bits that its lines need not add up to. */
    final double[] drive = new double[N];

    final long[] driveTick = new long[N];

    // threshold in force
    final double[] theta = new double[N];
    final boolean[] thresholdDrawn = new boolean[N];
    /** Half-tick that keys the draw, {@link ThresholdNoise#PROGRAM_START} for the first of a program. */
    final long[] thresholdInstant = new long[N];

    final double[] jitter = new double[N];

    // prediction
    final boolean[] exact = new boolean[N];
    final long[] fireTick = new long[N];
    final double[] fireFraction = new double[N];
    final long[] outputTick = new long[N];

    // lines: 2·circuit excitatory, 2·circuit + 1 inhibitory
    final double[] current = new double[2 * N];
    /** Signed factor of the current in the membrane equation: compression, sign, 0 when the input is off. */
    final double[] factor = new double[2 * N];

    final double[] compression = new double[2 * N];
    final double[] tauX = new double[2 * N];
    final boolean[] live = new boolean[2 * N];
    /** Largest response over capacitance, V/A. */
    final double[] peak = new double[2 * N];
    /** How much of a starting potential adds to the peak: 1 - K_max/tau_m. */
    final double[] chord = new double[2 * N];

    final LineTable[] table = new LineTable[2 * N];

    // what the constants of a line were computed for
    final double[] lineTauM = new double[2 * N];
    final double[] lineCapacitance = new double[2 * N];

    /** The circuit's comparator if the node has one that can fire, else -1. */
    final int[] soleComparator = new int[N];
    /** Whether all live lines of the node have one time constant. */
    final boolean[] equalTaus = new boolean[N];
    /** Excitatory line of the one circuit whose lines are live, -1 if there is no such circuit. */
    final int[] pairLine = new int[N];

    NodeTopology topology;

    // live lines of a node, ascending, from 2·(position of the node's first circuit)
    final int[] liveLine = new int[2 * N];
    final int[] liveCount = new int[N];

    Nodes() {
        Arrays.fill(lastEvent, LONG_AGO);
        Arrays.fill(disturbed, LONG_AGO);
        Arrays.fill(refractoryEnd, LONG_AGO);
        Arrays.fill(driveTick, LONG_AGO);
        Arrays.fill(firstTouch, Long.MAX_VALUE);
        Arrays.fill(compression, 1);
        Arrays.fill(pairLine, -1);
        Arrays.fill(thresholdInstant, ThresholdNoise.PROGRAM_START);
    }

    Nodes copy() {
        Nodes other = new Nodes();
        for (int node = 0; node < N; node++) {
            other.copyConstants(this, node);
            other.copyState(this, node);
        }
        for (int line = 0; line < 2 * N; line++) {
            other.copyLine(this, line);
        }
        System.arraycopy(liveLine, 0, other.liveLine, 0, liveLine.length);
        other.topology = topology;
        return other;
    }

    /** Longest rest span of the nodes that can fire, in half-ticks; 0 if there are none. */
    double longestRest() {
        double longest = 0;
        for (int n = 0; n < N; n++) {
            if (topology.count[n] > 0 && fires[n]) {
                longest = Math.max(longest, restSpan[n]);
            }
        }
        return longest;
    }

    private void copyConstants(Nodes from, int n) {
        rest[n] = from.rest[n];
        tauM[n] = from.tauM[n];
        inverseTauM[n] = from.inverseTauM[n];
        inverseCapacitance[n] = from.inverseCapacitance[n];
        capacitance[n] = from.capacitance[n];
        restSpan[n] = from.restSpan[n];
        stimulusGap[n] = from.stimulusGap[n];
        fires[n] = from.fires[n];
        thresholdBase[n] = from.thresholdBase[n];
        soleComparator[n] = from.soleComparator[n];
        equalTaus[n] = from.equalTaus[n];
        pairLine[n] = from.pairLine[n];
    }

    /** Whether a node has, for all that comes from h on, the state that it has in another array. */
    boolean hasStateOf(Nodes other, int n, long h) {
        boolean same = u[n] == other.u[n]
                && currentTick[n] == other.currentTick[n]
                && potentialTick[n] == other.potentialTick[n]
                && potentialFraction[n] == other.potentialFraction[n]
                && lastEvent[n] == other.lastEvent[n]
                && disturbed[n] == other.disturbed[n]
                && hasDriveOf(other, n)
                && hasResetOf(other, n, h)
                && theta[n] == other.theta[n]
                && thresholdDrawn[n] == other.thresholdDrawn[n]
                && thresholdInstant[n] == other.thresholdInstant[n]
                && (!thresholdDrawn[n] || jitter[n] == other.jitter[n]);
        for (int i = 0; same && i < 2 * topology.count[n]; i++) {
            int l = 2 * topology.members[topology.first[n] + i / 2] + i % 2;
            same = live[l] == other.live[l] && current[l] == other.current[l] && factor[l] == other.factor[l];
        }
        return same;
    }

    private boolean hasDriveOf(Nodes other, int n) {
        boolean here = driveTick[n] == currentTick[n];
        boolean there = other.driveTick[n] == other.currentTick[n];
        return here == there && (!here || drive[n] == other.drive[n]);
    }

    /** The last reset of a free node counts as long as it keeps it from being at rest. */
    private boolean hasResetOf(Nodes other, int n, long h) {
        if (phase[n] == FREE
                && other.phase[n] == FREE
                && h - refractoryEnd[n] > restSpan[n]
                && h - other.refractoryEnd[n] > restSpan[n]) {
            return true;
        }
        return phase[n] == other.phase[n]
                && clampEnd[n] == other.clampEnd[n]
                && refractoryEnd[n] == other.refractoryEnd[n]
                && refractoryFraction[n] == other.refractoryFraction[n]
                && clampVolt[n] == other.clampVolt[n]
                && clampTau[n] == other.clampTau[n];
    }

    /** Takes over what changes while a node runs. */
    void copyState(Nodes from, int n) {
        copyState(from, n, n);
    }

    /** Takes over the state of another node. */
    void copyState(Nodes from, int m, int n) {
        u[n] = from.u[m];
        currentTick[n] = from.currentTick[m];
        potentialTick[n] = from.potentialTick[m];
        potentialFraction[n] = from.potentialFraction[m];
        phase[n] = from.phase[m];
        clampEnd[n] = from.clampEnd[m];
        refractoryEnd[n] = from.refractoryEnd[m];
        refractoryFraction[n] = from.refractoryFraction[m];
        clampVolt[n] = from.clampVolt[m];
        clampTau[n] = from.clampTau[m];
        lastEvent[n] = from.lastEvent[m];
        disturbed[n] = from.disturbed[m];
        drive[n] = from.drive[m];
        driveTick[n] = from.driveTick[m];
        theta[n] = from.theta[m];
        thresholdDrawn[n] = from.thresholdDrawn[m];
        thresholdInstant[n] = from.thresholdInstant[m];
        jitter[n] = from.jitter[m];
        exact[n] = from.exact[m];
        fireTick[n] = from.fireTick[m];
        fireFraction[n] = from.fireFraction[m];
        outputTick[n] = from.outputTick[m];
        liveCount[n] = from.liveCount[m];
    }

    /** Takes over one line, constants and state. */
    void copyLine(Nodes from, int l) {
        current[l] = from.current[l];
        factor[l] = from.factor[l];
        compression[l] = from.compression[l];
        tauX[l] = from.tauX[l];
        live[l] = from.live[l];
        peak[l] = from.peak[l];
        chord[l] = from.chord[l];
        table[l] = from.table[l];
        lineTauM[l] = from.lineTauM[l];
        lineCapacitance[l] = from.lineCapacitance[l];
    }
}
