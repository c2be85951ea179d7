package firstspike.emulator.analog;

/**
 * Decay factors and response of one (membrane, line) pair over whole ticks of 8 ns, so that the hot loop has no
 * transcendental call. A time of up to 1023 ticks is split in a coarse part of 32 ticks each and a fine part; the decays of
 * the parts multiply, and the responses follow K(s + t) = K(s) e^(-t/tau_m) + e^(-s/tau_x) K(t), a sum of positive terms. So
 * 64 entries suffice, and the tables of a whole chip stay in the cache near the processor. Immutable.
 */
final class LineTable {
    /** Ticks that a table covers: 8.2 µs, beyond nearly all gaps between events within one sample. */
    static final int TICKS = 1024;

    /** Entries of either part. */
    static final int PART = 32;

    private static final int PART_BITS = 5;

    /** By part (fine, then coarse) and number of units in it. */
    final double[] membraneDecay = new double[2 * PART];

    final double[] lineDecay = new double[2 * PART];
    /** Response over capacitance, V/A. */
    final double[] response = new double[2 * PART];

    LineTable(double tauM, double tauX, double inverseCapacitance) {
        for (int i = 0; i < 2 * PART; i++) {
            double halfTicks = i < PART ? 2.0 * i : 2.0 * PART * (i - PART);
            double s = halfTicks * Kinetics.HALF_TICK_S;
            membraneDecay[i] = Kinetics.decay(s, tauM);
            lineDecay[i] = Kinetics.decay(s, tauX);
            response[i] = Kinetics.rise(s, tauM, tauX) * inverseCapacitance;
        }
    }

    /** Whether a gap in half-ticks is a whole number of ticks within a table. */
    static boolean covers(long gap) {
        return gap < 2L * TICKS && (gap & 1) == 0;
    }

    /** Fine part of a covered gap, in ticks: the index of its entry. */
    static int fine(long gap) {
        return (int) (gap >> 1) & PART - 1;
    }

    /** Coarse part of a covered gap, in units of 32 ticks. */
    static int coarse(long gap) {
        return (int) gap >> 1 + PART_BITS;
    }

    double membraneDecay(long gap) {
        return membraneDecay[PART + coarse(gap)] * membraneDecay[fine(gap)];
    }

    double lineDecay(long gap) {
        return lineDecay[PART + coarse(gap)] * lineDecay[fine(gap)];
    }

    double response(long gap) {
        int fine = fine(gap);
        int coarse = PART + coarse(gap);
        return response[coarse] * membraneDecay[fine] + lineDecay[coarse] * response[fine];
    }
}
