package firstspike.runtime.recording.log;

/**
 * What was written to the chip before a program. Large set-ups are several records of the same program, in order.
 * Immutable by contract: whoever takes the words does not write them.
 */
public final class SetupRecord implements LogRecord {

    private final long sequence;
    private final long program;
    private final long[] words;

    SetupRecord(long sequence, long program, long[] words) {
        this.sequence = sequence;
        this.program = program;
        this.words = words;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SETUP;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long program() {
        return program;
    }

    /** UT words of the set-up as it was run (wire.md 4), without halt. */
    public long[] words() {
        return words;
    }
}
