package firstspike.driver.playback;

import java.util.function.LongUnaryOperator;

/** A program of any length, without tickets: its words are made or read while it is sent (playback.md 13.4). */
public interface ProgramSource {

    /** Number of instructions, the halt excluded. */
    long instructionCount();

    /** A new cursor at the beginning. */
    InstructionSource open();

    /**
     * A program whose words are made on the fly.
     *
     * @param count number of instructions
     * @param wordAt makes the word of an index; must give the same word each time
     * @return the source
     */
    static ProgramSource of(long count, LongUnaryOperator wordAt) {
        return new ProgramSource() {
            @Override
            public long instructionCount() {
                return count;
            }

            @Override
            public InstructionSource open() {
                return new InstructionSource() {
                    private long index = -1;

                    @Override
                    public boolean next() {
                        return ++index < count;
                    }

                    @Override
                    public long word() {
                        return wordAt.applyAsLong(index);
                    }

                    @Override
                    public long index() {
                        return index;
                    }
                };
            }
        };
    }
}
