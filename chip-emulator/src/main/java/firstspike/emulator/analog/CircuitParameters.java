package firstspike.emulator.analog;

/**
 * What the laws, the fixed pattern and the drift of the program make of the words and cells of each circuit (analog.md 5 to
 * 7, 12). Arrays by circuit have 512 elements, by line 1024 (2·circuit excitatory, 2·circuit + 1 inhibitory). SI units,
 * times in half-ticks. Mutable; owned by one thread.
 */
final class CircuitParameters {
    private static final int N = FixedPattern.CIRCUITS;
    private static final int ROW_LEAK = 0;
    private static final int ROW_RESET = 1;
    private static final int ROW_THRESHOLD = 2;
    /** In place of a row: the drift of leak and threshold. */
    static final byte DRIFT = -2;
    /** v_adapt_ref */
    private static final int ROW_WITHOUT_EFFECT = 7;

    /** Rows 3 to 6, 11, 15 and 18 to 21. */
    private static final int NONLINEAR_ROWS = 0x3C_8878;

    private static final int ROW_LEAK_BIAS = 8;
    private static final int ROW_RESET_BIAS = 9;
    private static final int ROW_TAU = 10;
    private static final int ROW_SHIFT = 12;
    private static final int ROW_GM = 13;
    private static final int ROWS_PER_LINE = 4;
    private static final int ROW_MEMBRANE_OFFSET = 22;
    private static final int ROW_INTER_COMPARTMENT = 23;
    private static final int SHARED_CASCODE = 7;
    private static final int SHARED_DAC = 8;
    private static final int SHARED_READOUT = 18;
    private static final int SHARED_SOURCE_FOLLOWER = 19;
    private static final int SHARED_COMPARATOR = 20;
    private static final int DROP_COLUMN = 129;
    private static final int DROP_ROW = 23;
    private static final int HOLDOFF_TOP = 31;

    final double[] capacitance = new double[N];
    final double[] leakConductance = new double[N];
    final double[] leakVolt = new double[N];
    final double[] offsetAmpere = new double[N];
    final double[] resetVolt = new double[N];
    final double[] resetConductance = new double[N];
    final double[] thresholdVolt = new double[N];
    /** Conductance between membrane and somatic line; 0 while its switch is off. */
    final double[] couplingSiemens = new double[N];

    final boolean[] firing = new boolean[N];
    final long[] clampHalfTicks = new long[N];
    final long[] refractoryHalfTicks = new long[N];
    final boolean[] refractoryTooShort = new boolean[N];
    final double[] tau = new double[2 * N];
    final double[] gm = new double[2 * N];
    final double[] fullScale = new double[2 * N];
    final double[] lineLimit = new double[2 * N];
    final boolean[] connected = new boolean[2 * N];
    final double[] amplitude = new double[2 * N];
    final double[] leakNoise = new double[N];
    final double[] thresholdNoise = new double[N];
    final NonlinearParameters nonlinear;
    final double[] dac = new double[FixedPattern.QUADRANTS];

    private final ChipModel model;
    private final TransferLaws laws;
    private final FixedPattern pattern;
    private final CircuitWords words;
    private final CapMem capMem;

    CircuitParameters(ChipModel model, CircuitWords words, CapMem capMem) {
        this.model = model;
        this.laws = model.laws();
        this.pattern = model.pattern();
        this.words = words;
        this.capMem = capMem;
        nonlinear = new NonlinearParameters(model, words, capMem);
    }

    CircuitParameters copy(CircuitWords otherWords, CapMem otherCapMem) {
        CircuitParameters other = new CircuitParameters(model, otherWords, otherCapMem);
        System.arraycopy(leakNoise, 0, other.leakNoise, 0, N);
        System.arraycopy(thresholdNoise, 0, other.thresholdNoise, 0, N);
        System.arraycopy(dac, 0, other.dac, 0, dac.length);
        for (int circuit = 0; circuit < N; circuit++) {
            other.derive(circuit);
        }
        return other;
    }

    /** Whether a membrane depends on the cell of this row of its column. */
    static boolean sees(int row, boolean nonlinear) {
        return row != ROW_WITHOUT_EFFECT && (nonlinear || (NONLINEAR_ROWS >> row & 1) == 0);
    }

    static boolean sharedDac(int column, int row) {
        return column == CapMem.SHARED && row == SHARED_DAC;
    }

    /** Bias cells that only switch a function of the whole quadrant on or off. */
    static boolean sharedFunction(int column, int row) {
        return column == CapMem.SHARED
                        && (row == SHARED_CASCODE || row == SHARED_SOURCE_FOLLOWER || row == SHARED_COMPARATOR)
                || column == DROP_COLUMN && row == DROP_ROW;
    }

    /** Whether the readout amplifiers of a circuit's quadrant have their bias. */
    boolean readoutBiased(int c) {
        return !functionOff(shared(CircuitWords.quadrant(c), CapMem.SHARED, SHARED_READOUT));
    }

    /** Volt of a synaptic line that carries a current. */
    double lineVolt(int l, double ampere) {
        AnalogDefaults.ConverterNumbers numbers = model.defaults().converters();
        double drive = ampere == 0 ? 0 : Math.min(1, ampere / fullScale[l] * numbers.lineSwing());
        return numbers.lineRestV() * (1 - drive);
    }

    /** Whether a code of a function's bias cell leaves the function off. */
    boolean functionOff(double code) {
        return code < model.defaults().capmem().functionOffBelow();
    }

    /** Strength of the synapse DACs of a quadrant; an open bias counts as 0. */
    void deriveDac(int quadrant, boolean biasConnected) {
        double code = biasConnected ? capMem.code(CapMem.cell(quadrant, CapMem.SHARED, SHARED_DAC)) : 0;
        dac[quadrant] = Math.max(0, code) * pattern.dac[quadrant];
        int firstLine = 2 * quadrant * CapMem.NEURON_COLUMNS;
        for (int l = firstLine; l < firstLine + 2 * CapMem.NEURON_COLUMNS; l++) {
            deriveLineLimit(l);
        }
    }

    private void deriveLineLimit(int l) {
        lineLimit[l] = laws.eventAmpere(
                model.defaults().saturation().lineLimitWeights(), gm[l], dac[CircuitWords.quadrant(l / 2)]);
    }

    /** Draws the run-to-run drift of a program for every circuit (analog.md 13 item 2). */
    void drawDrift(Philox4x64 trial, long ordinal) {
        double sigma = model.defaults().noise().driftV();
        for (int circuit = 0; circuit < N; circuit++) {
            trial.block(0, circuit, Quantity.LEAK_DRIFT, ordinal);
            leakNoise[circuit] = sigma * trial.normalA();
            trial.block(0, circuit, Quantity.THRESHOLD_DRIFT, ordinal);
            thresholdNoise[circuit] = sigma * trial.normalA();
        }
    }

    /** Computes everything of one circuit. */
    void derive(int c) {
        int quadrant = CircuitWords.quadrant(c);
        boolean otasOff = functionOff(shared(quadrant, CapMem.SHARED, SHARED_CASCODE));
        boolean followersOff = functionOff(shared(quadrant, CapMem.SHARED, SHARED_SOURCE_FOLLOWER));
        boolean comparatorsOff = functionOff(shared(quadrant, CapMem.SHARED, SHARED_COMPARATOR));

        capacitance[c] =
                laws.capacitanceFarad(words.capacitorSize(c), pattern.capacitance[c], pattern.intrinsicCapacitance[c]);
        deriveLeakConductance(c, otasOff);
        deriveLeak(c, followersOff);
        deriveReset(c, followersOff);
        deriveThreshold(c);
        firing[c] =
                words.comparator(c) && words.fire(c) && !comparatorsOff && !pattern.dead[c] && !words.forcedReset(c);
        deriveCoupling(c);
        deriveInputs(c, otasOff);
        deriveRefractory(c);
        nonlinear.derive(c, !otasOff, !followersOff, connected);
    }

    /** Computes what depends on one cell of a circuit, all else being what it was: a settling cell asks for it 80 times. */
    void derive(int c, int row) {
        int quadrant = CircuitWords.quadrant(c);
        switch (row) {
            case ROW_LEAK -> deriveLeak(c, functionOff(shared(quadrant, CapMem.SHARED, SHARED_SOURCE_FOLLOWER)));
            case ROW_RESET -> deriveReset(c, functionOff(shared(quadrant, CapMem.SHARED, SHARED_SOURCE_FOLLOWER)));
            case ROW_THRESHOLD -> deriveThreshold(c);
            case DRIFT -> {
                deriveLeak(c, functionOff(shared(quadrant, CapMem.SHARED, SHARED_SOURCE_FOLLOWER)));
                deriveThreshold(c);
            }
            case ROW_LEAK_BIAS ->
                deriveLeakConductance(c, functionOff(shared(quadrant, CapMem.SHARED, SHARED_CASCODE)));
            case ROW_RESET_BIAS -> deriveRefractory(c);
            case ROW_INTER_COMPARTMENT -> deriveCoupling(c);
            case ROW_MEMBRANE_OFFSET,
                    ROW_TAU,
                    ROW_SHIFT,
                    ROW_GM,
                    ROW_TAU + ROWS_PER_LINE,
                    ROW_SHIFT + ROWS_PER_LINE,
                    ROW_GM + ROWS_PER_LINE ->
                deriveInputs(c, functionOff(shared(quadrant, CapMem.SHARED, SHARED_CASCODE)));
            default -> derive(c);
        }
    }

    /** Whether the current that a synapse adds depends on the cells of a row. */
    static boolean strength(int row) {
        return row == ROW_GM || row == ROW_GM + ROWS_PER_LINE;
    }

    private void deriveLeakConductance(int c, boolean otasOff) {
        leakConductance[c] = pattern.leakConductance[c]
                * laws.conductanceSiemens(
                        otasOff ? 0 : code(c, ROW_LEAK_BIAS),
                        words.leakDivision(c),
                        words.leakMultiplication(c),
                        words.leakDegeneration(c));
    }

    private void deriveLeak(int c, boolean followersOff) {
        leakVolt[c] = followersOff
                ? laws.railLowV()
                : laws.rails(laws.leakVolt(code(c, ROW_LEAK), pattern.leakSlope[c], pattern.leakOffsetV[c])
                        + model.driftLeakV()
                        + leakNoise[c]);
    }

    private void deriveReset(int c, boolean followersOff) {
        resetVolt[c] = followersOff
                ? laws.railLowV()
                : laws.resetVolt(code(c, ROW_RESET), pattern.resetSlope[c], pattern.resetOffsetV[c]);
    }

    private void deriveThreshold(int c) {
        thresholdVolt[c] = laws.rails(
                laws.thresholdVolt(code(c, ROW_THRESHOLD), pattern.thresholdSlope[c], pattern.thresholdOffsetV[c])
                        + thresholdNoise[c]);
    }

    private void deriveCoupling(int c) {
        couplingSiemens[c] = words.multicompConductance(c)
                ? laws.interCompartmentSiemens(
                        code(c, ROW_INTER_COMPARTMENT), words.multicompDivision(c), words.multicompMultiplication(c))
                : 0;
    }

    /** All currents into the membrane: the offset and both synaptic lines. */
    private void deriveInputs(int c, boolean otasOff) {
        boolean inputsOff = otasOff || functionOff(shared(CircuitWords.quadrant(c), DROP_COLUMN, DROP_ROW));
        offsetAmpere[c] = membraneOffset(c);
        for (int line = 0; line < 2; line++) {
            deriveLine(c, line, inputsOff);
        }
    }

    private double membraneOffset(int c) {
        if (!words.membraneOffset(c)) {
            return 0;
        }
        double i = laws.membraneOffsetAmpere(code(c, ROW_MEMBRANE_OFFSET)) * pattern.membraneOffsetCurrent[c];
        return words.invertMembraneOffset(c) ? -i : i;
    }

    private void deriveLine(int c, int line, boolean inputsOff) {
        int l = 2 * c + line;
        int rows = ROWS_PER_LINE * line;
        boolean small = words.smallCapacitance(c, line);
        tau[l] = pattern.synapticTau[l]
                * laws.synapticTauSeconds(code(c, ROW_TAU + rows), words.highResistance(c, line), small);
        gm[l] = Math.max(0, code(c, ROW_GM + rows)) * pattern.synapticGm[l] * model.driftGm();
        amplitude[l] = laws.pulseAmplitude(small);
        fullScale[l] = model.defaults().saturation().fullScaleA()
                * gm[l]
                / model.defaults().transfer().fullCode();
        deriveLineLimit(l);
        connected[l] = words.synapticInput(c, line) && !inputsOff;
        if (connected[l]) {
            double offset =
                    laws.synapticOffsetAmpere(code(c, ROW_SHIFT + rows), gm[l]) + pattern.synapticOffsetCurrentA[l];
            offsetAmpere[c] += line == 0 ? offset : -offset;
        }
    }

    private void deriveRefractory(int c) {
        double g = laws.conductanceSiemens(
                code(c, ROW_RESET_BIAS),
                words.resetDivision(c),
                words.resetMultiplication(c),
                words.resetDegeneration(c));
        resetConductance[c] = g;
        long clock = words.refractoryClock(c);
        int counter = Math.max(1, words.refractoryTime(c));
        int holdoff = HOLDOFF_TOP - 2 * words.resetHoldoff(c);
        refractoryTooShort[c] = counter < holdoff;
        refractoryHalfTicks[c] = counter * clock;
        clampHalfTicks[c] = (refractoryTooShort[c] ? counter : counter - holdoff) * clock;
    }

    private double code(int c, int row) {
        return capMem.code(CapMem.cell(CircuitWords.quadrant(c), c & CapMem.NEURON_COLUMNS - 1, row));
    }

    private double shared(int quadrant, int column, int row) {
        return capMem.code(CapMem.cell(quadrant, column, row));
    }
}
