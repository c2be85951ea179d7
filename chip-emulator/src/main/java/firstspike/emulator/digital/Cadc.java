package firstspike.emulator.digital;

import firstspike.emulator.analog.CorrelationSensors;
import firstspike.emulator.analog.ReadoutAmplifiers;
import java.util.Arrays;

/**
 * The column converters of both hemispheres: a triggering read converts all 512 channels of a hemisphere at its instant, a
 * buffered read shows the last conversion (registers.md 11, playback.md 7.2). Mutable; owned by one thread.
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
        }
    }

    /** No conversion was made yet. */
    void reset() {
        Arrays.fill(values[0], 0);
        Arrays.fill(values[1], 0);
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
            return;
        }
        amplifiers.reach(h);
        int synapses = COLUMNS * (COLUMNS * half + row);
        double[] line = {debugLine.volt(0), debugLine.volt(1)};
        for (int column = 0; column < COLUMNS; column++) {
            int circuit = COLUMNS * half + column;
            double volt = Double.NaN;
            for (int type = 0; type < 2; type++) {
                boolean inner = isClosed(half, 0, column, INTERNAL_BIT + type);
                boolean neuron = inner && isClosed(half, NEURON_WORD + type, column, NEURON_BIT);
                int channel = CHANNELS * half + COLUMNS * type + column;
                boolean debug = isClosed(half, DEBUG_WORD, column, INTERNAL_BIT + type);
                double raw;
                if (debug) {
                    raw = amplifiers.converters().cadc(channel, line[type], h);
                } else if (inner && !neuron) {
                    raw = amplifiers.converters().sensor(channel, sensors.accumulated(synapses + column, type == 1), h);
                } else {
                    if (neuron && Double.isNaN(volt)) {
                        volt = amplifiers.seenByCadc(circuit, h);
                    }
                    raw = amplifiers.converters().cadc(channel, neuron ? volt : 0, h);
                }
                values[half][COLUMNS * type + column] =
                        clip(raw + offset(half, type, column), debug || neuron && amplifiers.works(circuit));
            }
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

    private boolean isClosed(int half, int word, int column, int bit) {
        int quad = RegisterFile.quadColumn(column);
        int switches = registers.plain[RegisterSpace.columns(half, word, quad)];
        return (switches >>> RegisterFile.entryShift(column) + bit & 1) != 0;
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
        int word = 0;
        for (int entry = 0; entry < 4; entry++) {
            word = word << 8 | values[half][COLUMNS * type + RegisterFile.column(quad, entry)];
        }
        return word;
    }
}
