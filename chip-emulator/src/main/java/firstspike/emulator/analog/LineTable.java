package firstspike.emulator.analog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Decay factors and response of one (membrane, line) pair for whole ticks of 8 ns, so that the hot loop has no
 * transcendental call. Entries are computed at first use and equal the direct computation bit for bit. Four doubles per
 * tick: membrane decay, line decay, response over capacitance, unused. Shared by threads: whichever thread fills an entry
 * writes the same bits, the membrane decay last and with release.
 */
final class LineTable {
    /** Ticks that a table covers: 8.2 µs, beyond nearly all gaps between events within one sample. */
    static final int TICKS = 1024;

    static final int LINE_DECAY = 1;
    static final int RESPONSE = 2;
    private static final int STRIDE = 4;

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(double[].class);

    final double[] values = new double[TICKS * STRIDE];
    private final double tauM;
    private final double tauX;
    private final double inverseCapacitance;

    LineTable(double tauM, double tauX, double inverseCapacitance) {
        this.tauM = tauM;
        this.tauX = tauX;
        this.inverseCapacitance = inverseCapacitance;
    }

    /** Whether a table has an entry for a gap in half-ticks. */
    static boolean covers(long gap) {
        return gap < 2L * TICKS && (gap & 1) == 0;
    }

    /** Where the entry of a gap in half-ticks stands. */
    static int index(long gap) {
        return (int) gap * (STRIDE / 2);
    }

    /** Membrane decay over a number of ticks below {@link #TICKS}; the two entries behind it are valid afterwards. */
    double membraneDecay(int at) {
        double decay = (double) ELEMENT.getAcquire(values, at);
        return decay != 0 ? decay : fill(at);
    }

    // a decay that underflows to 0 is computed again each time, which is slow but right
    private double fill(int at) {
        double s = (at / STRIDE * 2.0) * Kinetics.HALF_TICK_S;
        values[at + LINE_DECAY] = Kinetics.decay(s, tauX);
        values[at + RESPONSE] = Kinetics.rise(s, tauM, tauX) * inverseCapacitance;
        double decay = Kinetics.decay(s, tauM);
        ELEMENT.setRelease(values, at, decay);
        return decay;
    }
}
