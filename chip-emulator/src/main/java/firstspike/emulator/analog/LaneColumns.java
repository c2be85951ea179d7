package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * State and constants of nodes in the lane, a column each over the places of a group, as the kernels read and write them.
 * Currents carry the sign of their line where nothing saturates; else they are positive and their factor has the sign. The
 * length of a column is a multiple of 64, and a place without a node never comes near a threshold. Owned by one thread.
 */
final class LaneColumns {
    static final int LINES = LaneRows.LINES;

    final int capacity;

    /** Potential from rest in volt. */
    final double[] u;
    /** Currents of the lines in ampere. */
    final double[][] c;
    /** Signed compressions of the lines. */
    final double[][] factor;
    /** Half-ticks after the instant of the group before which nothing crosses, {@link LaneKernel#NEVER} or more for none. */
    final double[] y;
    /** 1 where a place moves with the group when an event reaches it, else 0. */
    final double[] together;

    /** Threshold from rest in volt: the one in force, or the lowest possible. */
    final double[] theta;
    /** Seconds by which noise may bring a crossing forward, 0 or below. */
    final double[] shift;
    /** 0 holds a membrane at 0, 1 lets it go. */
    final double[] gate;
    /** Largest share of its potential that a membrane keeps while a current lifts it. */
    final double[] chord;

    final double[] inverseTau;

    final double[] low;
    final double[] high;
    final double[] peak;
    final double[] inverseC;
    /** By how much excitation may outlive inhibition, as a factor. */
    final double[] excess;
    /** Half-ticks for which that factor holds, and what may lie behind them. */
    final double[] horizon;

    final double[] tail;
    final double[] tailU;
    final double[] freeChord;
    final double[] freeInverseTau;
    final double[] longestTau;
    final double[][] limit;
    final double[][] full;
    final double[][] sign;
    /** Whether some place has inhibition that is faster than its excitation. */
    boolean anyFaster;
    /** What all places have in common where all their time constants are the same. */
    double alikePeak;

    double alikeChord;
    double alikeInverseC;
    double alikeInverseTau;
    /** The narrowest rails of all places. */
    double highestLow = Double.NEGATIVE_INFINITY;

    double lowestHigh = Double.POSITIVE_INFINITY;

    LaneColumns(int capacity) {
        this.capacity = capacity;
        u = new double[capacity];
        c = new double[LINES][capacity];
        factor = new double[LINES][capacity];
        y = new double[capacity];
        together = new double[capacity];
        theta = new double[capacity];
        shift = new double[capacity];
        gate = new double[capacity];
        chord = new double[capacity];
        inverseTau = new double[capacity];
        low = new double[capacity];
        high = new double[capacity];
        peak = new double[capacity];
        inverseC = new double[capacity];
        excess = new double[capacity];
        horizon = new double[capacity];
        tail = new double[capacity];
        tailU = new double[capacity];
        freeChord = new double[capacity];
        freeInverseTau = new double[capacity];
        longestTau = new double[capacity];
        limit = new double[LINES][capacity];
        full = new double[LINES][capacity];
        sign = new double[LINES][capacity];
        Arrays.fill(theta, Double.POSITIVE_INFINITY);
        Arrays.fill(y, Double.POSITIVE_INFINITY);
        Arrays.fill(low, -Double.MAX_VALUE);
        Arrays.fill(high, Double.MAX_VALUE);
        Arrays.fill(horizon, Double.POSITIVE_INFINITY);
        for (int k = 0; k < LINES; k++) {
            Arrays.fill(limit[k], Double.POSITIVE_INFINITY);
            Arrays.fill(full[k], 1);
        }
    }

    private double[][] state() {
        return new double[][] {
            u,
            y,
            together,
            theta,
            shift,
            gate,
            chord,
            inverseTau,
            c[0],
            c[1],
            c[2],
            c[3],
            factor[0],
            factor[1],
            factor[2],
            factor[3]
        };
    }

    private double[][] constants() {
        return new double[][] {
            low,
            high,
            peak,
            inverseC,
            excess,
            horizon,
            tail,
            tailU,
            freeChord,
            freeInverseTau,
            longestTau,
            limit[0],
            limit[1],
            limit[2],
            limit[3],
            full[0],
            full[1],
            full[2],
            full[3],
            sign[0],
            sign[1],
            sign[2],
            sign[3]
        };
    }

    /** The same with more places. */
    LaneColumns grown(int toCapacity) {
        LaneColumns other = new LaneColumns(toCapacity);
        copy(state(), other.state());
        copyConstants(other);
        return other;
    }

    /** The same constants, no place with any state. */
    LaneColumns withoutState() {
        LaneColumns other = new LaneColumns(capacity);
        copyConstants(other);
        return other;
    }

    private void copyConstants(LaneColumns other) {
        copy(constants(), other.constants());
        other.anyFaster = anyFaster;
        other.alikePeak = alikePeak;
        other.alikeChord = alikeChord;
        other.alikeInverseC = alikeInverseC;
        other.alikeInverseTau = alikeInverseTau;
        other.highestLow = highestLow;
        other.lowestHigh = lowestHigh;
    }

    private void copy(double[][] from, double[][] to) {
        for (int k = 0; k < from.length; k++) {
            System.arraycopy(from[k], 0, to[k], 0, capacity);
        }
    }

    /** A place has no currents and stands at its resting potential. */
    void clear(int s) {
        u[s] = 0;
        for (int k = 0; k < LINES; k++) {
            c[k][s] = 0;
        }
    }
}
