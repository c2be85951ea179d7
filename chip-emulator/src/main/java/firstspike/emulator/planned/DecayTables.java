package firstspike.emulator.planned;

/**
 * What a gap does to a membrane and its current: factors over whole ticks from two short tables whose parts multiply, and
 * K(s + t) = K(s) e^(-t/tau_m) + e^(-s/tau_s) K(t). The tables are immutable, the factors those of the last {@link #take}.
 */
final class DecayTables {
    private static final int PART = 64;
    private static final int PART_BITS = 6;

    /** e^(-s/tau_m) of the gap. */
    double membrane;
    /** e^(-s/tau_s) of the gap. */
    double line;
    /** K(s) of the gap, in seconds. */
    double response;

    private final MembraneResponse exact;
    private final double[] membranes = new double[2 * PART];
    private final double[] lines = new double[2 * PART];
    private final double[] responses = new double[2 * PART];

    DecayTables(MembraneResponse response) {
        exact = response;
        for (int i = 0; i < 2 * PART; i++) {
            double ticks = i < PART ? i : (double) PART * (i - PART);
            exact.after(2 * ticks * LayerGroup.HALF_TICK_S);
            membranes[i] = exact.membrane;
            lines[i] = exact.line;
            responses[i] = exact.response;
        }
    }

    /** Computes the factors of an even gap in half-ticks, 0 or more. */
    void take(long gap) {
        long ticks = gap >> 1;
        if (ticks < PART * PART) {
            int fine = (int) ticks & PART - 1;
            int coarse = PART + (int) (ticks >> PART_BITS);
            membrane = membranes[coarse] * membranes[fine];
            line = lines[coarse] * lines[fine];
            response = responses[coarse] * membranes[fine] + lines[coarse] * responses[fine];
        } else {
            exact.after(gap * LayerGroup.HALF_TICK_S);
            membrane = exact.membrane;
            line = exact.line;
            response = exact.response;
        }
    }
}
