package firstspike.driver.server.spool;

import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.ProgramSource;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** A program whose words lie in a file and are read a block at a time. Immutable; each cursor has one owner thread. */
final class StoredProgram implements ProgramSource {

    private static final int BLOCK_INSTRUCTIONS = 1 << 13;

    private final long count;
    private final Words words;

    /** Where the words are. */
    @FunctionalInterface
    interface Words {

        /** Fills the buffer with big-endian words from that instruction on. */
        void read(long from, ByteBuffer target);
    }

    StoredProgram(long count, Words words) {
        this.count = count;
        this.words = words;
    }

    @Override
    public long instructionCount() {
        return count;
    }

    @Override
    public InstructionSource open() {
        return new InstructionSource() {
            private final ByteBuffer block =
                    ByteBuffer.allocate((int) Math.min(BLOCK_INSTRUCTIONS, count) * Long.BYTES);
            private final LongBuffer view = block.asLongBuffer();
            private long blockStart;
            private long blockEnd;
            private long index = -1;

            @Override
            public boolean next() {
                if (++index >= count) {
                    return false;
                }
                if (index == blockEnd) {
                    int size = (int) Math.min(BLOCK_INSTRUCTIONS, count - index);
                    words.read(index, block.clear().limit(size * Long.BYTES));
                    blockStart = index;
                    blockEnd = index + size;
                }
                return true;
            }

            @Override
            public long word() {
                return view.get((int) (index - blockStart));
            }

            @Override
            public long index() {
                return index;
            }
        };
    }
}
