package firstspike.emulator.digital;

import firstspike.emulator.analog.CircuitRegisters;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Everything that the chip stores, as flat arrays of raw words; what a write means is {@link RegisterAccess}. The four
 * synapse views share one backing store: word 0 of a quad holds weights and time calibration, word 1 labels and
 * amplitude calibration, as the raw view shows them (registers.md 7.1). Mutable; owned by one thread.
 */
final class RegisterFile implements CircuitRegisters {
    static final int SYNAPSE_WORDS = 2 * 256 * 64;

    private static final int CAPMEM_CELLS = 4 * 130 * 24;
    private static final int CAPMEM_MASK = 0x3FF;
    /**
     * The bits of the eight words of a neuron's stride that come up random: adaptation, exponential term,
     * conductance-based inputs and conductances between compartments come up off: the membranes refuse the last, and with
     * the others a chip would be busy with membranes that run away before it is configured.
     */
    private static final int[] MODELLED_SWITCHES = {0xFF, 0xF9, 0xF3, 0xFF, 0xFF, 0xFB, 0, 0};

    private static final int CADC_SWITCHES = 0xC0C0_C0C0;
    private static final int READOUT_SWITCHES = 0x2020_2020;

    private static final int DAC_BIAS_BITS = 0x8888;
    private static final int[] DAC_BIAS_BIT = {7, 3, 15, 11};

    private final OptionalLong powerUpSeed;

    final int[] plain = new int[RegisterSpace.PLAIN_WORDS];
    final int[] weights = new int[SYNAPSE_WORDS];
    final int[] labels = new int[SYNAPSE_WORDS];
    final int[] columnCurrent = new int[128];
    final int[] drivers = new int[4 * 256];
    final int[] padiConfig = new int[2];
    final int[] neurons = new int[8 * 512];
    final int[] backends = new int[4 * 512];
    final int[] commonBackend = new int[4];
    final int[] nodes = new int[Crossbar.NODES];
    final int[] background = new int[24];
    final int[] capMem = new int[CAPMEM_CELLS];
    final int[] reference = new int[9];
    final int[] ppuControl = new int[2];
    int outputConfig;
    int biasSelection;
    boolean referenceReset;
    PllSelfTest selfTest = new PllSelfTest();

    /** Grows when a word changes on which routes, rows or nodes depend. */
    private long settingsVersion;
    /** Grows when a weight changes. */
    private long weightsVersion;

    RegisterFile(OptionalLong powerUpSeed) {
        this.powerUpSeed = powerUpSeed;
        powerOn();
    }

    RegisterFile(RegisterFile other) {
        powerUpSeed = other.powerUpSeed;
        int[][] mine = arrays();
        int[][] theirs = other.arrays();
        for (int i = 0; i < mine.length; i++) {
            System.arraycopy(theirs[i], 0, mine[i], 0, mine[i].length);
        }
        outputConfig = other.outputConfig;
        biasSelection = other.biasSelection;
        referenceReset = other.referenceReset;
        selfTest = new PllSelfTest(other.selfTest);
    }

    private int[][] arrays() {
        return new int[][] {
            plain,
            weights,
            labels,
            columnCurrent,
            drivers,
            padiConfig,
            neurons,
            backends,
            commonBackend,
            nodes,
            background,
            capMem,
            reference,
            ppuControl
        };
    }

    /** Grows when a word changes on which routes, rows or nodes depend. */
    long settingsVersion() {
        return settingsVersion;
    }

    void settingsChanged() {
        settingsVersion++;
    }

    /** Grows when a weight changes. */
    long weightsVersion() {
        return weightsVersion;
    }

    void weightsChanged() {
        weightsVersion++;
    }

    /** Power-on contents: registers 0; memories 0, or drawn from the chip's seed (registers.md 19.1). */
    void powerOn() {
        settingsChanged();
        weightsChanged();
        for (int[] array : arrays()) {
            Arrays.fill(array, 0);
        }
        outputConfig = 0;
        biasSelection = 0;
        referenceReset = false;
        selfTest = new PllSelfTest();
        if (powerUpSeed.isPresent()) {
            randomMemories(new SplittableRandom(powerUpSeed.getAsLong()));
        }
    }

    /** Fills every bit that is a memory cell; registers, filters and counters come up 0 on the chip, too. */
    private void randomMemories(SplittableRandom random) {
        fill(random, weights, 0, weights.length, -1);
        fill(random, labels, 0, labels.length, -1);
        fill(random, drivers, 0, drivers.length, RegisterAccess.DRIVER_BITS);
        fill(random, neurons, 0, neurons.length, MODELLED_SWITCHES);
        fill(random, backends, 0, backends.length, 0xFF);
        fill(random, capMem, 0, capMem.length, CAPMEM_MASK);
        fill(random, columnCurrent, 0, columnCurrent.length, RegisterAccess.SWITCHES);
        for (int half = 0; half < 2; half++) {
            int converter = RegisterSpace.PLAIN_CADC + RegisterSpace.PLAIN_CADC_STRIDE * half;
            fill(random, plain, converter, converter + 256, 0xFF);
            fill(random, plain, converter + 0x800, converter + 0x900, 0xFF);
            int columns = RegisterSpace.PLAIN_COLUMNS + 256 * half;
            fill(random, plain, columns, columns + 128, CADC_SWITCHES);
            fill(random, plain, columns + 128, columns + 256, READOUT_SWITCHES);
        }
        int debug = RegisterSpace.PLAIN_COLUMN_DEBUG;
        fill(random, plain, debug, debug + 128, RegisterAccess.SWITCHES);
        fill(random, plain, RegisterSpace.PLAIN_PPU, RegisterSpace.PLAIN_PPU + 2 * 4096, -1);
    }

    /** Fills a range; the masks repeat. */
    private static void fill(SplittableRandom random, int[] array, int from, int to, int... masks) {
        for (int i = from; i < to; i++) {
            array[i] = random.nextInt() & masks[i % masks.length];
        }
    }

    @Override
    public int neuronConfig(int circuit, int word) {
        return neurons[8 * circuit + word];
    }

    @Override
    public int backend(int circuit, int word) {
        return backends[4 * circuit + word];
    }

    @Override
    public int commonBackend(int block, int word) {
        return commonBackend[2 * block + word];
    }

    @Override
    public boolean synapticCurrent(int circuit, boolean excitatory) {
        int column = circuit & 255;
        int word = columnCurrent[64 * (circuit >> 8) + quadColumn(column)];
        return (word >>> entryShift(column) + (excitatory ? 0 : 1) & 1) != 0;
    }

    @Override
    public int capMem(int quadrant, int column, int row) {
        return capMem[(130 * quadrant + column) * 24 + row];
    }

    @Override
    public int correlationAmplitude(int synapse) {
        return calibration(labels, synapse);
    }

    @Override
    public int correlationTime(int synapse) {
        return calibration(weights, synapse);
    }

    private static int calibration(int[] words, int synapse) {
        int column = synapse & 255;
        return words[64 * (synapse >> 8) + quadColumn(column)] >>> entryShift(column) + 6 & 3;
    }

    @Override
    public boolean referenceReady() {
        return referenceReset;
    }

    @Override
    public boolean biasConnected(int quadrant) {
        return (biasSelection >>> DAC_BIAS_BIT[quadrant] & 1) != 0;
    }

    /** Whether all four quadrants get their synapse DAC bias. */
    boolean biasComplete() {
        return (biasSelection & DAC_BIAS_BITS) == DAC_BIAS_BITS;
    }

    /** Quad column of a column (registers.md 3.3). */
    static int quadColumn(int column) {
        return 32 * (column & 1) + (column >> 3);
    }

    /** Lowest bit of the byte of a column in its quad's word. */
    static int entryShift(int column) {
        return 24 - 8 * (column >> 1 & 3);
    }

    /** Column of an entry, 0 to 3, of a quad column. */
    static int column(int quadColumn, int entry) {
        return 8 * (quadColumn & 31) + 2 * entry + (quadColumn >> 5);
    }
}
