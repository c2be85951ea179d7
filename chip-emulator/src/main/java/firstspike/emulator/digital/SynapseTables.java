package firstspike.emulator.digital;

import firstspike.emulator.analog.CorrelationSensors;
import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.SynapticFan;
import java.util.Arrays;

/**
 * Which synapses a pulse of a driver with a label reaches: made when first used, dropped when a row or the modes of
 * that driver change (registers.md 5.3, 7.1, 8.1). Mutable; owned by one thread, and read by those that run windows of a program
 * while nobody writes a register.
 */
final class SynapseTables {
    private static final int DRIVERS = 256;
    private static final int LABELS = 64;
    private static final int COLUMNS = 256;
    /** Of eight buses, with a row select and a label of 11 bits together. */
    private static final int EVENTS = 1 << 14;

    private static final int ONES = 0x0101_0101;
    private static final int FIELD = 0x3F3F_3F3F;

    private final RegisterFile registers;
    private final SynapticFan[] fans = new SynapticFan[DRIVERS * LABELS];
    /** Bit l of a driver: its fan of label l is made. */
    private final long[] made = new long[DRIVERS];

    /** By event of a bus: the fans of all drivers that answer, null where not looked up. */
    private final SynapticFan[][] answers = new SynapticFan[EVENTS][];

    private boolean answersStale;

    private final int[] circuit = new int[4 * COLUMNS];
    private final byte[] line = new byte[4 * COLUMNS];
    private final byte[] weight = new byte[4 * COLUMNS];
    private final int[] synapse = new int[4 * COLUMNS];
    private int size;

    SynapseTables(RegisterFile registers) {
        this.registers = registers;
    }

    /** Forgets the fans of a driver, 128·half + driver. */
    void drop(int driver) {
        answersStale = true;
        long labels = made[driver];
        while (labels != 0) {
            fans[driver * LABELS + Long.numberOfTrailingZeros(labels)] = null;
            labels &= labels - 1;
        }
        made[driver] = 0;
    }

    /** A word of a driver changed: what answers to events, and how, is looked up again. */
    void dropAnswers() {
        answersStale = true;
    }

    /** Forgets all fans. */
    void dropAll() {
        answersStale = true;
        Arrays.fill(fans, null);
        Arrays.fill(made, 0);
    }

    /**
     * The fans that an event of a bus reaches through all drivers that answer to it, as {@link #keepAnswers} was told; null
     * where it was not.
     *
     * @param event bus in bits 13:11, row select and label below
     */
    SynapticFan[] answers(int event) {
        if (answersStale) {
            Arrays.fill(answers, null);
            answersStale = false;
        }
        return answers[event];
    }

    /** Keeps the fans that an event reaches until something changes at a driver; the array must not be changed. */
    void keepAnswers(int event, SynapticFan[] reached) {
        answers[event] = reached;
    }

    /** The fan of a driver, 128·half + driver, and a synapse label. */
    SynapticFan fan(int driver, int label, NeuronArray neurons) {
        SynapticFan fan = fans[driver * LABELS + label];
        return fan == null ? make(driver, label, neurons) : fan;
    }

    // fans never change once made, so the look-up in front needs no lock
    private synchronized SynapticFan make(int driver, int label, NeuronArray neurons) {
        SynapticFan fan = fans[driver * LABELS + label];
        if (fan == null) {
            collect(driver, label);
            fan = neurons.fan(
                    Arrays.copyOf(circuit, size),
                    Arrays.copyOf(line, size),
                    Arrays.copyOf(weight, size),
                    Arrays.copyOf(synapse, size));
            fans[driver * LABELS + label] = fan;
            made[driver] |= 1L << label;
        }
        return fan;
    }

    /**
     * Lists the synapses of a driver and label, bottom row before top row, columns as the quads lie.
     *
     * @return number of entries
     */
    int collect(int driver, int label) {
        size = 0;
        int modes = registers.drivers[4 * driver + 1];
        int half = driver >> 7;
        int row = 2 * (driver & 127);
        collectRow(half, row, label, (modes & 0x10) != 0, (modes & 0x40) != 0);
        collectRow(half, row + 1, label, (modes & 0x20) != 0, (modes & 0x80) != 0);
        return size;
    }

    private void collectRow(int half, int row, int label, boolean excitatory, boolean inhibitory) {
        if (!excitatory && !inhibitory) {
            return;
        }
        int base = (256 * half + row) * 64;
        int wanted = label * ONES;
        for (int quad = 0; quad < 64; quad++) {
            int difference = (registers.labels[base + quad] ^ wanted) & FIELD;
            // A byte of the difference is 0 exactly where bit 7 of its sum with 0x7F stays clear.
            int hits = ~(difference + 0x7F7F_7F7F) & 0x8080_8080;
            int weights = registers.weights[base + quad] & FIELD;
            while (hits != 0) {
                int shift = Integer.numberOfTrailingZeros(hits) - 7;
                hits &= hits - 1;
                int value = permuted(weights >>> shift & 0x3F);
                if (value != 0) {
                    int column = RegisterFile.column(quad, 3 - (shift >> 3));
                    if (excitatory) {
                        add(half, row, column, 0, value);
                    }
                    if (inhibitory) {
                        add(half, row, column, 1, value);
                    }
                }
            }
        }
    }

    /** Tells the correlation sensors of all synapses of a driver and label, whatever their weights and modes, of an event. */
    void preEvents(int driver, int label, long h, CorrelationSensors sensors) {
        int wanted = label * ONES;
        for (int row = 2 * driver; row < 2 * driver + 2; row++) {
            for (int quad = 0; quad < 64; quad++) {
                int difference = (registers.labels[64 * row + quad] ^ wanted) & FIELD;
                int hits = ~(difference + 0x7F7F_7F7F) & 0x8080_8080;
                while (hits != 0) {
                    int shift = Integer.numberOfTrailingZeros(hits) - 7;
                    hits &= hits - 1;
                    sensors.pre(COLUMNS * row + RegisterFile.column(quad, 3 - (shift >> 3)), h);
                }
            }
        }
    }

    private void add(int half, int row, int column, int onLine, int value) {
        circuit[size] = 256 * half + column;
        line[size] = (byte) onLine;
        weight[size] = (byte) value;
        synapse[size] = 65_536 * half + 256 * row + column;
        size++;
    }

    /** The weight of six stored bits: bit 5 stays, the others are reversed (registers.md 7.1). */
    static int permuted(int stored) {
        return stored & 32 | Integer.reverse(stored << 27) & 31;
    }

    int circuitAt(int i) {
        return circuit[i];
    }

    int lineAt(int i) {
        return line[i];
    }

    int weightAt(int i) {
        return weight[i];
    }
}
