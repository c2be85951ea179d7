package firstspike.driver.remote;

import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ProgramTotals;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;

/**
 * One program on its way to a server: its words in chunks, and what the last chunk says of the whole (playback.md 14.4).
 * The hash stands in front of an upload, so a program that is made on the fly is made once to be hashed, and once more for
 * each time that it is sent. Immutable.
 */
final class UploadPart {

    /** Instructions of the longest program that any server takes (playback.md 9). */
    static final long MOST_INSTRUCTIONS = 1L << 26;

    private static final int BLOCK = 1 << 13;

    private final ProgramSource source;
    private final long size;
    private final ByteString hash;
    private final long[] expected;

    private UploadPart(ProgramSource source, ByteString hash, ToLongFunction<ResponseKind> responses) {
        this.source = source;
        this.size = source.instructionCount();
        this.hash = hash;
        expected = Arrays.stream(ResponseKind.values()).mapToLong(responses).toArray();
    }

    /**
     * @param source of the words; gone through once unless it is a program in memory
     * @return the part
     * @throws ProgramRejectedException when no server would take it
     * @throws ProgramRejectedException when a word can be none of a user program
     */
    static UploadPart of(ProgramSource source) {
        if (source instanceof PlaybackProgram program) {
            return new UploadPart(program, ByteString.fromHex(program.sha256()), program::expectedResponses);
        }
        if (source.instructionCount() > MOST_INSTRUCTIONS) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "instructions of the program",
                    source.instructionCount(),
                    MOST_INSTRUCTIONS,
                    "split it");
        }
        ProgramTotals totals = new ProgramTotals();
        MessageDigest digest = sha256();
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Long.BYTES);
        InstructionSource words = source.open();
        while (words.next()) {
            long word = words.word();
            totals.add(word);
            block.putLong(word);
            if (!block.hasRemaining()) {
                digest.update(block.flip());
                block.clear();
            }
        }
        digest.update(block.flip());
        return new UploadPart(source, ByteString.copyFrom(digest.digest()), totals::expectedResponses);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Instructions. */
    long size() {
        return size;
    }

    /** SHA-256 of the words, 32 bytes. */
    ByteString hash() {
        return hash;
    }

    /** Answers of a kind that the program asks for. */
    long expected(ResponseKind kind) {
        return expected[kind.ordinal()];
    }

    /**
     * The words from an instruction on.
     *
     * @param from 0 to {@link #size}
     * @return a cursor of its own
     */
    Words open(long from) {
        return new Words(from);
    }

    /** Cuts the words into chunks, in order. One use. */
    final class Words {

        private final InstructionSource cursor;
        private long offset;

        private Words(long from) {
            offset = from;
            // a program in memory is copied by position
            cursor = source instanceof PlaybackProgram ? null : source.open();
            for (long i = 0; cursor != null && i < from; i++) {
                cursor.next();
            }
        }

        /** Whether no chunk follows; a part of no words still has one chunk, with its end. */
        boolean ended() {
            return offset >= size;
        }

        /**
         * @param part number of the program in its list
         * @param most instructions of the chunk, at least 1
         * @param lastPart whether no further program follows
         * @return the next chunk
         */
        ProgramChunk next(int part, int most, boolean lastPart) {
            int count = (int) Math.min(most, size - offset);
            ByteBuffer words = ByteBuffer.allocate(count * Long.BYTES);
            if (source instanceof PlaybackProgram program) {
                program.copyWords((int) offset, count, words);
            } else {
                for (int i = 0; i < count && cursor.next(); i++) {
                    words.putLong(cursor.word());
                }
            }
            CRC32C crc = new CRC32C();
            crc.update(words.flip());
            ProgramChunk.Builder chunk = ProgramChunk.newBuilder()
                    .setPart(part)
                    .setOffset(offset)
                    .setWords(UnsafeByteOperations.unsafeWrap(words.rewind()))
                    .setCrc32C((int) crc.getValue());
            offset += count;
            if (ended()) {
                chunk.setEnd(end(lastPart));
            }
            return chunk.build();
        }
    }

    private PartEnd end(boolean lastPart) {
        return PartEnd.newBuilder()
                .setInstructionCount(size)
                .setOmnibusResponses(expected(ResponseKind.OMNIBUS))
                .setJtagResponses(expected(ResponseKind.JTAG))
                .setLoopbackResponses(expected(ResponseKind.LOOPBACK))
                .setSha256(hash)
                .setLastPart(lastPart)
                .build();
    }
}
