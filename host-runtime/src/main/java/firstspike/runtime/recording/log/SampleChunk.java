package firstspike.runtime.recording.log;

/**
 * Samples of one program, one channel and one source, sorted by tick. Immutable by contract: whoever takes an array does not
 * write it.
 */
public final class SampleChunk implements LogRecord {

    private final long sequence;
    private final long program;
    private final SampleConverter converter;
    private final int channel;
    private final String source;
    private final long[] ticks;
    private final int[] values;

    SampleChunk(
            long sequence,
            long program,
            SampleConverter converter,
            int channel,
            String source,
            long[] ticks,
            int[] values) {
        this.sequence = sequence;
        this.program = program;
        this.converter = converter;
        this.channel = channel;
        this.source = source;
        this.ticks = ticks;
        this.values = values;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SAMPLES;
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

    /** Which converter. */
    public SampleConverter converter() {
        return converter;
    }

    /** MADC: 0 or 1; CADC: column 0 to 511 causal, 512 + column acausal. */
    public int channel() {
        return channel;
    }

    /** What the channel was connected to, {@code population[neuron].quantity}; empty: unknown. */
    public String source() {
        return source;
    }

    /** Tick of each sample, never descending. */
    public long[] ticks() {
        return ticks;
    }

    /** Code of each sample, LSB. */
    public int[] values() {
        return values;
    }
}
