package firstspike.emulator.digital;

import firstspike.emulator.analog.ConverterLaws;
import firstspike.emulator.analog.CorrelationSensors;
import firstspike.emulator.analog.ReadoutAmplifiers;
import java.util.Arrays;

/**
 * The column converters of both hemispheres: a triggering read converts all 512 channels of a hemisphere at its instant, a
 * buffered read shows the last conversion (registers.md 11, playback.md 7.2). What a channel sees is kept then, its noise is
 * drawn when it is read. Mutable; owned by one thread.
 *
 * <p>A channel sees the readout amplifier of its neuron where both switches of its column are closed, the correlation sensor
 * where only the inner one is, and 0 V otherwise. A channel on its debug line sees that alone: what drives it is stronger.
 */
final class Cadc {
    private static final int CHANNELS = 512;
    private static final int COLUMNS = 256;
    private static final int ENABLE = 1;
    private static final int INTERNAL_BIT = 6;
    private static final int NEURON_BIT = 5;
    private static final int NEURON_WORD = 2;
    private static final int DEBUG_WORD = 1;
    private static final int OFFSET_CENTRE = 128;
    private static final int WEST_OFFSETS = 0x800;
    private static final int LARGEST = 255;

    private final RegisterFile registers;
    private final ReadoutAmplifiers amplifiers;
    private final CorrelationSensors sensors;
    private final DebugLine debugLine;
    private final FabricNotes notes;
    /** Last conversion of each hemisphere: causal channels by column, then acausal ones. */
    private final int[][] values = new int[2][CHANNELS];
    /** What channels saw in it, without their noise, and their digital offsets. */
    private final double[][] seen = new double[2][CHANNELS];

    private final byte[][] offsets = new byte[2][CHANNELS];
    private final boolean[][] counted = new boolean[2][CHANNELS];
    private final ConverterLaws.Conversion[] conversions = new ConverterLaws.Conversion[2];
    /** Channel types whose values are still to be made: most programs read one of the two. */
    private final boolean[][] open = new boolean[2][2];

    Cadc(
            RegisterFile registers,
            ReadoutAmplifiers amplifiers,
            CorrelationSensors sensors,
            DebugLine debugLine,
            FabricNotes notes) {
        this.debugLine = debugLine;
        this.registers = registers;
        this.amplifiers = amplifiers;
        this.sensors = sensors;
        this.notes = notes;
    }

    /** Takes over the values of another converter. */
    void copyFrom(Cadc other) {
        for (int half = 0; half < values.length; half++) {
            System.arraycopy(other.values[half], 0, values[half], 0, CHANNELS);
            System.arraycopy(other.seen[half], 0, seen[half], 0, CHANNELS);
            System.arraycopy(other.offsets[half], 0, offsets[half], 0, CHANNELS);
            System.arraycopy(other.counted[half], 0, counted[half], 0, CHANNELS);
            System.arraycopy(other.open[half], 0, open[half], 0, open[half].length);
            conversions[half] = other.conversions[half];
        }
    }

    /** No conversion was made yet. */
    void reset() {
        Arrays.fill(values[0], 0);
        Arrays.fill(values[1], 0);
        close(0);
        close(1);
    }

    private void close(int half) {
        Arrays.fill(open[half], false);
    }

    /**
     * Converts all channels of a hemisphere at h.
     *
     * @param row of synapses, 0 to 255, whose sensors are connected
     */
    void convert(int half, int row, long h) {
        if ((registers.plain[RegisterSpace.cadcConfig(half)] & ENABLE) == 0) {
            notes.add("cadc-disabled", "a CADC was read that is not enabled; all its channels are 0");
            Arrays.fill(values[half], 0);
            close(half);
            return;
        }
        conversions[half] = amplifiers.converters().conversion(h);
        Arrays.fill(open[half], true);
        amplifiers.reach(h);
        int synapses = COLUMNS * (COLUMNS * half + row);
        double[] line = {debugLine.volt(0), debugLine.volt(1)};
        for (int column = 0; column < COLUMNS; column++) {
            int circuit = COLUMNS * half + column;
            double volt = Double.NaN;
            int inputs = switches(half, 0, column);
            int debugs = switches(half, DEBUG_WORD, column);
            for (int type = 0; type < 2; type++) {
                boolean inner = (inputs >>> INTERNAL_BIT + type & 1) != 0;
                boolean neuron = inner && (switches(half, NEURON_WORD + type, column) >>> NEURON_BIT & 1) != 0;
                int channel = CHANNELS * half + COLUMNS * type + column;
                boolean debug = (debugs >>> INTERNAL_BIT + type & 1) != 0;
                double raw;
                if (debug) {
                    raw = amplifiers.converters().cadcSeen(channel, line[type]);
                } else if (inner && !neuron) {
                    raw = amplifiers.converters().sensorSeen(sensors.accumulated(synapses + column, type == 1));
                } else {
                    if (neuron && Double.isNaN(volt)) {
                        volt = amplifiers.seenByCadc(circuit, h);
                    }
                    raw = amplifiers.converters().cadcSeen(channel, neuron ? volt : 0);
                }
                int place = COLUMNS * type + column;
                seen[half][place] = raw;
                offsets[half][place] = (byte) offset(half, type, column);
                counted[half][place] = debug || neuron && amplifiers.works(circuit);
            }
        }
    }

    /** Makes the values of the channels of a type. */
    private void resolve(int half, int type) {
        open[half][type] = false;
        ConverterLaws laws = amplifiers.converters();
        for (int place = COLUMNS * type; place < COLUMNS * (type + 1); place++) {
            double reading = seen[half][place] + laws.cadcNoise(CHANNELS * half + place, conversions[half]);
            values[half][place] = clip(reading + offsets[half][place], counted[half][place]);
        }
    }

    private int clip(double reading, boolean counts) {
        double rounded = Math.floor(reading + 0.5);
        if (rounded >= 0 && rounded <= LARGEST) {
            return (int) rounded;
        }
        if (counts) {
            notes.saturated();
        }
        return rounded > LARGEST ? LARGEST : 0;
    }

    /** Switches of a column in a word of its quad, from bit 0. */
    private int switches(int half, int word, int column) {
        int quad = RegisterFile.quadColumn(column);
        return registers.plain[RegisterSpace.columns(half, word, quad)] >>> RegisterFile.entryShift(column);
    }

    private int offset(int half, int type, int column) {
        int place = column < 128 ? WEST_OFFSETS + 2 * column : 2 * (column - 128);
        return (registers.plain[RegisterSpace.cadc(half) + place + type] & 0xFF) - OFFSET_CENTRE;
    }

    /**
     * Word of a quad as the last conversion left it.
     *
     * @param type 0 causal, 1 acausal
     * @param quad quad column, 0 to 63
     */
    int word(int half, int type, int quad) {
        if (open[half][type]) {
            resolve(half, type);
        }
        int word = 0;
        for (int entry = 0; entry < 4; entry++) {
            word = word << 8 | values[half][COLUMNS * type + RegisterFile.column(quad, entry)];
        }
        return word;
    }
}
