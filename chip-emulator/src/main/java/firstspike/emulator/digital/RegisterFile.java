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
    /** Bits 3:1 of some words switch on what membranes do not model; a chip that came up so could not run at all. */
    private static final int MODELLED_SWITCHES = 0xF1;

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

    /** Power-on contents: registers 0; memories 0, or drawn from the chip's seed (registers.md 19.1). */
    void powerOn() {
        for (int[] array : arrays()) {
            Arrays.fill(array, 0);
        }
        outputConfig = 0;
        biasSelection = 0;
        referenceReset = false;
        if (powerUpSeed.isPresent()) {
            SplittableRandom random = new SplittableRandom(powerUpSeed.getAsLong());
            fill(random, weights, -1);
            fill(random, labels, -1);
            fill(random, drivers, 0xFF);
            fill(random, neurons, MODELLED_SWITCHES);
            fill(random, backends, 0xFF);
            fill(random, capMem, CAPMEM_MASK);
            for (int i = RegisterSpace.PLAIN_PPU; i < plain.length; i++) {
                plain[i] = random.nextInt();
            }
        }
    }

    private static void fill(SplittableRandom random, int[] array, int mask) {
        for (int i = 0; i < array.length; i++) {
            array[i] = random.nextInt() & mask;
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
