package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The CapMem cells that membranes read, as they settle after a write (analog.md section 3). Mutable; owned by one thread.
 *
 * <p>A cell moves in steps; each step is an instant at which the nodes that read the cell change. Steps of all cells come
 * out of one queue: {@link #nextStep()} says when, {@link #steppingCell()} which cell, {@link #step()} performs it. Writes
 * come in order of time and every step has the same length, so the queue is a ring that stays sorted by itself.
 */
final class CapMem {
    static final int COLUMNS = 130;
    static final int ROWS = 24;
    static final int CELLS_PER_QUADRANT = COLUMNS * ROWS;
    static final int CELLS = 4 * CELLS_PER_QUADRANT;
    static final int NEURON_COLUMNS = 128;
    static final int SHARED = 128;
    private static final int CODES = 1024;
    static final int VOLTAGE_ROWS = 8;

    private final AnalogDefaults.CapMemNumbers numbers;
    private final boolean gradual;
    private final boolean disturbed;
    private final Philox4x64 trial;
    private final double[] stepWeights;

    private final double[] value = new double[CELLS];
    private final double[] start = new double[CELLS];
    private final double[] target = new double[CELLS];
    private final short[] stored = new short[CELLS];
    private final int[] generation = new int[CELLS];
    private final short[] sameCode;
    private boolean ready;

    private long[] stepTime = new long[64];
    private int[] stepCell = new int[64];
    private int[] stepNumber = new int[64];
    private int[] stepGeneration = new int[64];
    private int head;
    private int size;

    CapMem(ChipModel model) {
        this(model.defaults().capmem(), model.fidelity(), model.trialStream());
    }

    /** Takes the codes that are stored at present as settled long ago. */
    void preset(CircuitRegisters registers) {
        ready = registers.referenceReady();
        for (int cell = 0; cell < CELLS; cell++) {
            int code = registers.capMem(quadrant(cell), column(cell), row(cell));
            stored[cell] = (short) code;
            value[cell] = code;
            target[cell] = code;
            if (disturbed) {
                sameCode[cell / COLUMNS * CODES + code]++;
            }
        }
    }

    private CapMem(AnalogDefaults.CapMemNumbers numbers, Fidelity fidelity, Philox4x64 trial) {
        this.numbers = numbers;
        this.gradual = fidelity.varied();
        this.disturbed = fidelity.disturbed();
        this.trial = trial;
        this.sameCode = new short[disturbed ? 4 * ROWS * CODES : 0];
        int steps = gradual ? Math.toIntExact(numbers.settleHalfTicks() / numbers.stepHalfTicks()) : 1;
        stepWeights = new double[steps + 1];
        for (int k = 0; k < steps; k++) {
            stepWeights[k] = StrictMath.exp(-k / numbers.stepsPerTimeConstant());
        }
    }

    CapMem copy() {
        CapMem other = new CapMem(
                numbers,
                gradual ? disturbed ? Fidelity.VARIED_FULL : Fidelity.VARIED_RESIDUAL : Fidelity.NOMINAL,
                trial.copy());
        System.arraycopy(value, 0, other.value, 0, CELLS);
        System.arraycopy(start, 0, other.start, 0, CELLS);
        System.arraycopy(target, 0, other.target, 0, CELLS);
        System.arraycopy(stored, 0, other.stored, 0, CELLS);
        System.arraycopy(generation, 0, other.generation, 0, CELLS);
        System.arraycopy(sameCode, 0, other.sameCode, 0, sameCode.length);
        other.ready = ready;
        other.stepTime = stepTime.clone();
        other.stepCell = stepCell.clone();
        other.stepNumber = stepNumber.clone();
        other.stepGeneration = stepGeneration.clone();
        other.head = head;
        other.size = size;
        return other;
    }

    static int cell(int quadrant, int column, int row) {
        return CELLS_PER_QUADRANT * quadrant + COLUMNS * row + column;
    }

    /** Column of a cell that {@link #cell} made. */
    static int column(int cell) {
        return cell % COLUMNS;
    }

    static int row(int cell) {
        return cell % CELLS_PER_QUADRANT / COLUMNS;
    }

    static int quadrant(int cell) {
        return cell / CELLS_PER_QUADRANT;
    }

    boolean ready() {
        return ready;
    }

    /** Cells read 0 until the reference generator works. */
    void setReady(boolean ready) {
        this.ready = ready;
    }

    /** The code that the cell shows at present, a real number. */
    double code(int cell) {
        return ready ? value[cell] + crosstalk(cell) : 0;
    }

    private double crosstalk(int cell) {
        if (!disturbed) {
            return 0;
        }
        int others = sameCode[cell / COLUMNS * CODES + stored[cell]] - 1;
        return Math.min(numbers.crosstalkLimit(), numbers.crosstalkPerCell() * others);
    }

    /** Whether a write moves other cells of the same row that store one of the two codes. */
    boolean disturbed() {
        return disturbed;
    }

    int stored(int cell) {
        return stored[cell];
    }

    /**
     * Writes a code with effect at h. The move begins at the value that the cell has now; a write of the stored code
     * changes nothing.
     *
     * @return whether the code differs from the stored one
     */
    boolean write(int cell, int code, long h, long ordinal) {
        if (code == stored[cell]) {
            return false;
        }
        if (disturbed) {
            int line = cell / COLUMNS * CODES;
            sameCode[line + stored[cell]]--;
            sameCode[line + code]++;
        }
        stored[cell] = (short) code;
        start[cell] = value[cell];
        target[cell] = disturbed && column(cell) < NEURON_COLUMNS ? landing(cell, code, ordinal) : code;
        generation[cell]++;
        enqueue(h + (gradual ? numbers.stepHalfTicks() : numbers.settleHalfTicks()), cell, 1);
        return true;
    }

    private double landing(int cell, int code, long ordinal) {
        trial.block(code, cell, Quantity.CAPMEM_WRITE, ordinal);
        double z = trial.normalA();
        return row(cell) < VOLTAGE_ROWS
                ? code + numbers.writeNoiseVoltageCodes() * z
                : code * (1 + numbers.writeNoiseCurrentRelative() * z);
    }

    /** Half-tick of the next step, {@code Long.MAX_VALUE} when every cell has settled. */
    long nextStep() {
        while (size > 0 && stepGeneration[head] != generation[stepCell[head]]) {
            drop();
        }
        return size == 0 ? Long.MAX_VALUE : stepTime[head];
    }

    /** The cell of the next step; only after {@link #nextStep()} named a time. */
    int steppingCell() {
        return stepCell[head];
    }

    /** Performs the next step; only after {@link #nextStep()} named a time. */
    void step() {
        int cell = stepCell[head];
        int k = stepNumber[head];
        long time = stepTime[head];
        drop();
        if (k == stepWeights.length - 1) {
            value[cell] = target[cell];
        } else {
            value[cell] = target[cell] + (start[cell] - target[cell]) * stepWeights[k];
            enqueue(time + numbers.stepHalfTicks(), cell, k + 1);
        }
    }

    /** How long after a write a cell counts as moving, in half-ticks. */
    long settleHalfTicks() {
        return numbers.settleHalfTicks();
    }

    private void drop() {
        head = head + 1 & stepTime.length - 1;
        size--;
    }

    private void enqueue(long time, int cell, int number) {
        if (size == stepTime.length) {
            grow();
        }
        int at = head + size & stepTime.length - 1;
        stepTime[at] = time;
        stepCell[at] = cell;
        stepNumber[at] = number;
        stepGeneration[at] = generation[cell];
        size++;
    }

    private void grow() {
        int old = stepTime.length;
        stepTime = unrolled(stepTime);
        stepCell = unrolled(stepCell);
        stepNumber = unrolled(stepNumber);
        stepGeneration = unrolled(stepGeneration);
        head = 0;
        assert size == old;
    }

    private long[] unrolled(long[] ring) {
        long[] bigger = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
        System.arraycopy(ring, 0, bigger, ring.length - head, head);
        return bigger;
    }

    private int[] unrolled(int[] ring) {
        int[] bigger = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
        System.arraycopy(ring, 0, bigger, ring.length - head, head);
        return bigger;
    }
}
