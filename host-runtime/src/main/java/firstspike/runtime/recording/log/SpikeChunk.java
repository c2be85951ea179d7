package firstspike.runtime.recording.log;

/**
 * Spikes of one program and one direction, sorted by tick; equal ticks in order of arrival. Immutable by contract: whoever
 * takes an array does not write it.
 */
public final class SpikeChunk implements LogRecord {

    /** No column of delays. */
    static final int[] NO_DELAYS = {};

    private final long sequence;
    private final long program;
    private final SpikeDirection direction;
    private final long[] ticks;
    private final short[] labels;
    private final int[] fpgaDelays;

    SpikeChunk(long sequence, long program, SpikeDirection direction, long[] ticks, short[] labels, int[] fpgaDelays) {
        this.sequence = sequence;
        this.program = program;
        this.direction = direction;
        this.ticks = ticks;
        this.labels = labels;
        this.fpgaDelays = fpgaDelays;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SPIKES;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long program() {
        return program;
    }

    @Override
    public int events() {
        return ticks.length;
    }

    @Override
    public long firstTick() {
        return ticks[0];
    }

    @Override
    public long lastTick() {
        return ticks[ticks.length - 1];
    }

    /** Which way all of them went. */
    public SpikeDirection direction() {
        return direction;
    }

    /** Tick of each spike, never descending. */
    public long[] ticks() {
        return ticks;
    }

    /** 16-bit label of each spike, raw bits. */
    public short[] labels() {
        return labels;
    }

    /** FPGA time minus chip time of each spike in ticks; empty when it was not recorded. */
    public int[] fpgaDelays() {
        return fpgaDelays;
    }

    /**
     * @param i index
     * @return label 0 to 65535
     */
    public int label(int i) {
        return labels[i] & 0xffff;
    }
}
