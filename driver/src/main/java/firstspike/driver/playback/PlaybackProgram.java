package firstspike.driver.playback;

import firstspike.driver.error.ProgramRejectedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A list of instructions for the FPGA: its UT words and nothing else (wire.md 4). Words, count and identity exclude the
 * halt, which every executor appends. Immutable; may run any number of times on any target.
 */
public final class PlaybackProgram implements ProgramSource {

    /** Playback memory in instructions (playback.md 9). */
    public static final int MAX_INSTRUCTIONS = 1 << 22;

    private final long[] words;
    private final int[] expectedResponses;
    private final int[] ticketTable;
    private final List<Note> notes;
    private volatile String sha256;

    PlaybackProgram(long[] words, int[] expectedResponses, int[] ticketTable, List<Note> notes) {
        this.words = words;
        this.expectedResponses = expectedResponses;
        this.ticketTable = ticketTable;
        this.notes = List.copyOf(notes);
    }

    /** A new, empty sequential builder. */
    public static PlaybackProgramBuilder builder() {
        return new PlaybackProgramBuilder();
    }

    /** A new, empty builder with absolute times and the default late policy. */
    public static ScheduledProgramBuilder schedule() {
        return schedule(LatePolicy.DEFAULT);
    }

    /**
     * A new, empty builder with absolute times.
     *
     * @param policy how much later than requested an item may issue
     * @return the builder
     */
    public static ScheduledProgramBuilder schedule(LatePolicy policy) {
        return new ScheduledProgramBuilder(policy);
    }

    /**
     * A program from raw words, for example from a file or the wire. Each word is one instruction.
     *
     * @param words without halt; copied
     * @return the program, without tickets
     * @throws ProgramRejectedException when a word is a halt
     * @throws ProgramRejectedException when a word is no message
     */
    public static PlaybackProgram ofWords(long[] words) {
        long[] copy = words.clone();
        ProgramTotals totals = new ProgramTotals();
        for (long word : copy) {
            totals.add(word);
        }
        return counted(copy, totals);
    }

    /**
     * A program from raw words that somebody has counted and hashed already: nothing is looked at again.
     *
     * @param words without halt; kept, not copied
     * @param totals of these words
     * @param sha256 of these words, lower-case hex
     * @return the program, without tickets
     */
    public static PlaybackProgram ofChecked(long[] words, ProgramTotals totals, String sha256) {
        PlaybackProgram program = counted(words, totals);
        program.sha256 = sha256;
        return program;
    }

    private static PlaybackProgram counted(long[] words, ProgramTotals totals) {
        int[] expected = new int[ResponseKind.values().length];
        for (ResponseKind kind : ResponseKind.values()) {
            expected[kind.ordinal()] = Math.toIntExact(totals.expectedResponses(kind));
        }
        return new PlaybackProgram(words, expected, new int[0], List.of());
    }

    @Override
    public long instructionCount() {
        return words.length;
    }

    /** Number of instructions, the halt excluded. */
    public int size() {
        return words.length;
    }

    /**
     * @param index 0 to size - 1
     * @return the UT word of that instruction
     */
    public long word(int index) {
        return words[index];
    }

    /** A copy of all words. */
    public long[] words() {
        return words.clone();
    }

    /**
     * Writes words in big-endian order, as they travel in chunks and frames.
     *
     * @param from first instruction
     * @param count how many
     * @param target receives 8 bytes an instruction
     */
    public void copyWords(int from, int count, ByteBuffer target) {
        for (int i = from; i < from + count; i++) {
            target.putLong(words[i]);
        }
    }

    /**
     * @param kind of response
     * @return how many of them a complete result has
     */
    public int expectedResponses(ResponseKind kind) {
        return expectedResponses[kind.ordinal()];
    }

    /** What the builder had to remark, in order. */
    public List<Note> notes() {
        return notes;
    }

    /** Identity: SHA-256 of the words in big-endian order, lower-case hex. */
    public String sha256() {
        String known = sha256;
        if (known == null) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                ByteBuffer block = ByteBuffer.allocate(1 << 16);
                for (int i = 0; i < words.length; ) {
                    int n = Math.min(words.length - i, block.capacity() / Long.BYTES);
                    copyWords(i, n, block.clear());
                    digest.update(block.flip());
                    i += n;
                }
                known = HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
            sha256 = known;
        }
        return known;
    }

    /** One instruction a line: index, timer value at issue where it is known, decoded content. */
    public String toText() {
        InstructionText instructions = new InstructionText();
        StringBuilder text = new StringBuilder();
        for (long word : words) {
            text.append(instructions.line(word)).append('\n');
        }
        return text.toString();
    }

    @Override
    public InstructionSource open() {
        return new InstructionSource() {
            private int at = -1;

            @Override
            public boolean next() {
                return ++at < words.length;
            }

            @Override
            public long word() {
                return words[at];
            }

            @Override
            public long index() {
                return at;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlaybackProgram that
                && Arrays.equals(words, that.words)
                && Arrays.equals(ticketTable, that.ticketTable);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return "PlaybackProgram(" + words.length + " instructions)";
    }
}
