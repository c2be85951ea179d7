package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The causal and acausal correlation sensors of the 131 072 synapses (analog.md 16): a pre event pairs with the next post pulse
 * of its column, a post pulse with the next pre event, nearest neighbours only; each pair takes an amount off the baseline
 * that decays with its distance. A synapse is 65 536·hemisphere + 256·row + column, a column is named by its circuit.
 * Mutable; owned by the thread of the cells.
 *
 * <p>A quad's sensors count from their first reset since power-on: what a capacitor holds before is unknown on a chip, and
 * experiments that never reset them do not pay for them.
 */
public final class CorrelationSensors {
    private static final int ROWS = 512;
    private static final int COLUMNS = 256;
    private static final int CAUSAL = 0;
    private static final int ACAUSAL = 1;
    private static final int ROW_RAMP = 9;
    private static final int ROW_STORE = 10;
    private static final long NEVER = Long.MIN_VALUE;

    private final AnalogDefaults.CorrelationNumbers numbers;
    private final FixedPattern pattern;
    private final CapMem capMem;
    private final CircuitRegisters registers;
    private final Row[] rows = new Row[ROWS];
    private final long[] lastPost = new long[FixedPattern.CIRCUITS];
    /** Synapses of a column whose last pre event waits for a post pulse. */
    private final int[][] waiting = new int[FixedPattern.CIRCUITS][];

    private final int[] waitingCount = new int[FixedPattern.CIRCUITS];
    private boolean armed;

    /** Sensors of one row of synapses. */
    private static final class Row {
        final boolean[] counts = new boolean[COLUMNS];
        final long[] lastPre = new long[COLUMNS];
        final double[][] sum = new double[2][COLUMNS];
        /** Factors of the fixed pattern, kept because drawing them takes longer than all the rest; 0: not yet drawn. */
        final double[][] amplitudeFactor = new double[2][COLUMNS];

        final double[][] tauFactor = new double[2][COLUMNS];
    }

    CorrelationSensors(ChipModel model, CapMem capMem, CircuitRegisters registers) {
        numbers = model.defaults().correlation();
        pattern = model.pattern();
        this.capMem = capMem;
        this.registers = registers;
        Arrays.fill(lastPost, NEVER);
    }

    /** Takes over the state of other sensors. */
    void copyFrom(CorrelationSensors other) {
        armed = other.armed;
        System.arraycopy(other.lastPost, 0, lastPost, 0, lastPost.length);
        for (int r = 0; r < ROWS; r++) {
            Row from = other.rows[r];
            if (from != null) {
                Row row = new Row();
                System.arraycopy(from.counts, 0, row.counts, 0, COLUMNS);
                System.arraycopy(from.lastPre, 0, row.lastPre, 0, COLUMNS);
                System.arraycopy(from.sum[CAUSAL], 0, row.sum[CAUSAL], 0, COLUMNS);
                System.arraycopy(from.sum[ACAUSAL], 0, row.sum[ACAUSAL], 0, COLUMNS);
                rows[r] = row;
            }
        }
        for (int c = 0; c < waiting.length; c++) {
            waiting[c] = other.waiting[c] == null ? null : other.waiting[c].clone();
            waitingCount[c] = other.waitingCount[c];
        }
    }

    /** Whether any sensor counts. */
    public boolean armed() {
        return armed;
    }

    /** Power-on: no sensor counts. */
    public void powerOn() {
        armed = false;
        Arrays.fill(rows, null);
        Arrays.fill(waitingCount, 0);
        Arrays.fill(lastPost, NEVER);
    }

    /** Resets both sensors of a synapse, which count from now on. */
    public void reset(int synapse) {
        reset(synapse, true, true);
    }

    /** Resets sensors of a synapse, which count from now on; the other one keeps what it has gathered. */
    public void reset(int synapse, boolean causal, boolean acausal) {
        armed = true;
        int r = synapse / COLUMNS;
        if (rows[r] == null) {
            rows[r] = new Row();
            Arrays.fill(rows[r].lastPre, NEVER);
        }
        int column = synapse % COLUMNS;
        rows[r].counts[column] = true;
        if (causal) {
            rows[r].sum[CAUSAL][column] = 0;
        }
        if (acausal) {
            rows[r].sum[ACAUSAL][column] = 0;
        }
    }

    /** A pre event at a synapse with effect at h; before the post pulses of h. */
    public void pre(int synapse, long h) {
        int column = synapse % COLUMNS;
        Row row = rows[synapse / COLUMNS];
        if (row == null || !row.counts[column]) {
            return;
        }
        int circuit = circuit(synapse);
        long before = row.lastPre[column];
        boolean waits = before != NEVER && before > lastPost[circuit];
        if (lastPost[circuit] != NEVER && !waits) {
            row.sum[ACAUSAL][column] += amount(synapse, ACAUSAL, h - lastPost[circuit]);
        }
        row.lastPre[column] = h;
        if (!waits) {
            await(circuit, synapse);
        }
    }

    private void await(int circuit, int synapse) {
        if (waiting[circuit] == null) {
            waiting[circuit] = new int[8];
        } else if (waitingCount[circuit] == waiting[circuit].length) {
            waiting[circuit] = Arrays.copyOf(waiting[circuit], 2 * waitingCount[circuit]);
        }
        waiting[circuit][waitingCount[circuit]++] = synapse;
    }

    /** A post pulse of a circuit at h. */
    public void post(int circuit, long h) {
        for (int i = 0; i < waitingCount[circuit]; i++) {
            int synapse = waiting[circuit][i];
            Row row = rows[synapse / COLUMNS];
            int column = synapse % COLUMNS;
            row.sum[CAUSAL][column] += amount(synapse, CAUSAL, h - row.lastPre[column]);
        }
        waitingCount[circuit] = 0;
        lastPost[circuit] = h;
    }

    /** What pairs took off the baseline of a sensor since its last reset, in CADC counts. */
    public double accumulated(int synapse, boolean acausal) {
        Row row = rows[synapse / COLUMNS];
        return row == null ? 0 : row.sum[acausal ? ACAUSAL : CAUSAL][synapse % COLUMNS];
    }

    private double amount(int synapse, int type, long halfTicks) {
        int quadrant = CircuitWords.quadrant(circuit(synapse));
        double store = Math.max(0, capMem.code(CapMem.cell(quadrant, CapMem.SHARED, ROW_STORE)));
        double ramp = Math.max(1, capMem.code(CapMem.cell(quadrant, CapMem.SHARED, ROW_RAMP)));
        Row row = rows[synapse / COLUMNS];
        int column = synapse % COLUMNS;
        if (row.amplitudeFactor[type][column] == 0) {
            row.amplitudeFactor[type][column] = pattern.correlationAmplitude(synapse, type);
            row.tauFactor[type][column] = pattern.correlationTau(synapse, type);
        }
        double amplitude = numbers.amplitude()
                * (store / numbers.storeCode())
                * (1 + numbers.amplitudeStep() * registers.correlationAmplitude(synapse))
                * row.amplitudeFactor[type][column];
        double tau = numbers.tauS()
                * (numbers.rampCode() / ramp)
                * (1 + numbers.tauStep() * registers.correlationTime(synapse))
                * row.tauFactor[type][column];
        return amplitude * Kinetics.decay(halfTicks * Kinetics.HALF_TICK_S, tau);
    }

    private static int circuit(int synapse) {
        return COLUMNS * (synapse >> 16) + synapse % COLUMNS;
    }
}
