package firstspike.driver.readout;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.CadcRowRead;
import java.util.Arrays;

/**
 * The causal channels of one hemisphere, sampled at a fixed period by reads of the program (playback.md 7.2). Immutable.
 *
 * <p>One sample is a read that triggers the conversion, whose own value is not used (registers.md 11.3), and 64 buffered
 * reads: 2 + 94 + 64 · 2.5 ticks with the default waits of the converter, hence the shortest period.
 */
public final class CadcTrace {

    /** Shortest period in ticks. */
    public static final int SHORTEST_PERIOD = 256;

    private static final int QUADS = SynapseQuadColumn.COUNT;
    private static final int READS = 1 + QUADS;

    private final byte[] values;

    private CadcTrace(byte[] values) {
        this.values = values;
    }

    /**
     * Adds a timer reset and the reads of a trace: sample k is taken {@code k · period} ticks after the first one.
     *
     * @param program gets the instructions: 66 for each sample
     * @param hemisphere whose channels are read
     * @param period between samples, 256 ticks or more; longer waits of the converter need longer periods, otherwise
     *     samples come late
     * @param samples number of samples, 1 or more
     * @return ticket of the trace
     * @throws IllegalArgumentException for a shorter period or no sample
     */
    public static Ticket<CadcTrace> read(
            PlaybackProgramBuilder program, Hemisphere hemisphere, Ticks period, int samples) {
        if (period.value() < SHORTEST_PERIOD) {
            throw new IllegalArgumentException("period of a CADC trace: " + period.value() + " ticks (limit: "
                    + SHORTEST_PERIOD + " or more, a conversion and 64 reads take that long); choose a longer period");
        }
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "samples of a CADC trace: " + samples + " (limit: 1 or more); leave the trace out");
        }
        int[] row = CadcRowRead.addresses(hemisphere, SynapseRow.of(0));
        int[] sample = new int[READS];
        sample[0] = row[0];
        sample[1] = row[row.length - 1];
        System.arraycopy(row, 1, sample, 2, QUADS - 1);
        return program.timerReset().readPeriodically(sample, period.value(), samples, CadcTrace::decode);
    }

    private static CadcTrace decode(int[] words) {
        byte[] values = new byte[words.length / READS * NeuronColumn.COUNT];
        for (int i = 0; i < words.length; i++) {
            int quad = i % READS - 1;
            for (int entry = 0; quad >= 0 && entry < SynapseQuadColumn.ENTRIES; entry++) {
                int column = SynapseQuadColumn.column(quad, entry);
                values[i / READS * NeuronColumn.COUNT + column] = (byte) (words[i] >>> 24 - 8 * entry);
            }
        }
        return new CadcTrace(values);
    }

    /** Number of samples. */
    public int size() {
        return values.length / NeuronColumn.COUNT;
    }

    /**
     * One reading.
     *
     * @param sample number of the sample, from 0
     * @param column of the channel
     * @return 0 to 255
     */
    public int value(int sample, NeuronColumn column) {
        return values[sample * NeuronColumn.COUNT + column.index()] & 0xFF;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CadcTrace that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "CadcTrace(" + size() + " samples)";
    }
}
