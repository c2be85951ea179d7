package firstspike.emulator.analog;

/**
 * What the laws and the fixed pattern make of a circuit's exponential term, adaptation and conductance-based inputs (analog.md
 * 4, 5). Arrays by circuit have 512 elements, by line 1024. SI units. Mutable; owned by one thread.
 */
final class NonlinearParameters {
    private static final int N = FixedPattern.CIRCUITS;
    private static final int ROW_REVERSAL = 3;
    private static final int ROW_ADAPTATION_LEAK = 5;
    private static final int ROW_EXPONENTIAL = 6;
    private static final int ROW_COBA = 11;
    private static final int ROWS_PER_LINE = 4;
    private static final int ROW_ADAPTATION_TAU = 18;
    private static final int ROW_ADAPTATION_A = 19;
    private static final int ROW_ADAPTATION_B = 20;
    private static final int ROW_EXPONENTIAL_BIAS = 21;

    /** Scale of the exponential term, 0 where it is off, and where it takes off. */
    final double[] exponentialScale = new double[N];

    final double[] exponentialVolt = new double[N];
    final boolean[] adapts = new boolean[N];
    final double[] adaptationTau = new double[N];
    final double[] adaptationA = new double[N];
    /** What one spike adds to the adaptation current. */
    final double[] adaptationB = new double[N];

    final double[] adaptationVolt = new double[N];
    /** Whether the connected input of a line is conductance-based. */
    final boolean[] coba = new boolean[2 * N];

    final double[] reversalVolt = new double[2 * N];
    /** Reversal minus reference potential: positive for excitation, negative for inhibition. */
    final double[] reversalDistance = new double[2 * N];

    private final AnalogDefaults.NonlinearNumbers numbers;
    private final TransferLaws laws;
    private final double fullCode;
    private final FixedPattern pattern;
    private final CircuitWords words;
    private final CapMem capMem;

    NonlinearParameters(ChipModel model, CircuitWords words, CapMem capMem) {
        numbers = model.defaults().nonlinear();
        laws = model.laws();
        fullCode = model.defaults().transfer().fullCode();
        pattern = model.pattern();
        this.words = words;
        this.capMem = capMem;
    }

    /** Whether anything of a circuit needs the stepped solution. */
    boolean any(int c) {
        return exponentialScale[c] > 0 || adapts[c] || coba[2 * c] || coba[2 * c + 1];
    }

    /**
     * Computes everything of one circuit.
     *
     * @param otas whether the OTAs of its quadrant have their bias
     * @param followers whether the source followers have; without, a potential is at the lower rail and nothing takes off
     * @param connected by line, whether the input is connected
     */
    void derive(int c, boolean otas, boolean followers, boolean[] connected) {
        exponentialScale[c] = words.exponential(c) && otas && followers
                ? Math.max(0, code(c, ROW_EXPONENTIAL_BIAS)) / numbers.exponentialCode() * pattern.exponential[c]
                : 0;
        exponentialVolt[c] = laws.thresholdVolt(code(c, ROW_EXPONENTIAL));
        adapts[c] = words.adaptation(c) && otas;
        if (adapts[c]) {
            deriveAdaptation(c, followers);
        }
        for (int line = 0; line < 2; line++) {
            deriveReversal(c, line, followers, connected[2 * c + line]);
        }
    }

    private void deriveAdaptation(int c, boolean followers) {
        double nominal = numbers.adaptationTauS() * numbers.adaptationTauCode() / code(c, ROW_ADAPTATION_TAU);
        adaptationTau[c] = pattern.adaptationTau[c]
                * (nominal > 0
                        ? Math.max(numbers.adaptationTauLowS(), Math.min(numbers.adaptationTauHighS(), nominal))
                        : numbers.adaptationTauHighS());
        double a = Math.max(0, code(c, ROW_ADAPTATION_A)) * numbers.adaptationSlopeS() * pattern.adaptationA[c];
        adaptationA[c] = words.invertAdaptationA(c) ? -a : a;
        double pulse = words.adaptationPulse(c)
                ? words.adaptationPulseHalfTicks(c) * Kinetics.HALF_TICK_S / numbers.adaptationPulseS()
                : 0;
        double b =
                Math.max(0, code(c, ROW_ADAPTATION_B)) / fullCode * numbers.adaptationJumpA() * pattern.adaptationB[c];
        adaptationB[c] = words.invertAdaptationB(c) ? -b * pulse : b * pulse;
        adaptationVolt[c] = followers
                ? laws.rails(laws.leakVolt(code(c, ROW_ADAPTATION_LEAK)) * pattern.adaptationV[c])
                : laws.railLowV();
    }

    private void deriveReversal(int c, int line, boolean followers, boolean connected) {
        int l = 2 * c + line;
        coba[l] = connected && words.cobaMode(c, line);
        reversalVolt[l] = followers ? laws.leakVolt(code(c, ROW_REVERSAL + line)) : laws.railLowV();
        double distance = Math.max(
                numbers.referenceLeastV(),
                numbers.referenceV() * code(c, ROW_COBA + ROWS_PER_LINE * line) / numbers.referenceCode());
        reversalDistance[l] = line == 0 ? distance : -distance;
    }

    /** Volt of a circuit's adaptation that carries a current; 0 while it is off. */
    double readout(int c, double ampere) {
        return adapts[c] ? laws.rails(adaptationVolt[c] + ampere / numbers.adaptationReadoutS()) : 0;
    }

    private double code(int c, int row) {
        return capMem.code(CapMem.cell(CircuitWords.quadrant(c), c & CapMem.NEURON_COLUMNS - 1, row));
    }
}
