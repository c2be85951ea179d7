package firstspike.driver.service;

import com.google.protobuf.ByteString;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.MalformedRequestException;
import firstspike.driver.link.ProgramTooLargeException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.driver.link.WireErrors;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One program on its way to the server: cheap checks as chunks arrive, the whole checked before anything runs
 * (playback.md 14.4). Not thread-safe; handed over once from the event loop to the worker.
 */
final class Upload {

    private static final int HASH_BYTES = 32;
    private static final int MOST_ACKNOWLEDGED = 1024;

    private final SubmissionHeader header;
    private final UUID id;
    private final ByteString hash;
    private final ServerLimits limits;
    private long[] received = new long[0];
    private int instructions;
    private PartEnd end;

    Upload(SubmissionHeader header, ServerLimits limits) {
        this.header = header;
        this.limits = limits;
        this.id = uuid(header.getSubmissionId());
        if (header.getPartSha256Count() > 1) {
            throw new UnsupportedOnTargetException(
                    "programs in a submission", header.getPartSha256Count(), 1, "submit them one by one");
        }
        if (header.hasSequence()) {
            throw new UnsupportedOnTargetException(
                    "sequence of a submission",
                    header.getSequence(),
                    "unordered",
                    "leave it out and wait for each result");
        }
        if (header.getPartSha256Count() == 0 || header.getPartSha256(0).size() != HASH_BYTES) {
            throw malformed("SHA-256 of the program", header.getPartSha256Count() + " given", "one of 32 bytes");
        }
        checkAcknowledged(header.getAcknowledgedCount());
        long limit = header.getExecutionLimitMs();
        if (header.hasExecutionLimitMs() && (limit < 1 || limit > ServerLimits.LONGEST_EXECUTION.toMillis())) {
            throw malformed(
                    "execution limit in ms",
                    Long.toUnsignedString(limit),
                    "1 to " + ServerLimits.LONGEST_EXECUTION.toMillis());
        }
        this.hash = header.getPartSha256(0);
    }

    static void checkAcknowledged(int count) {
        if (count > MOST_ACKNOWLEDGED) {
            throw malformed("acknowledged submissions", count, MOST_ACKNOWLEDGED);
        }
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed("submission id", text.length() > 64 ? text.length() + " characters" : text, "a UUID");
        }
    }

    UUID id() {
        return id;
    }

    /** SHA-256 that the header states, 32 bytes. */
    ByteString hash() {
        return hash;
    }

    long bytes() {
        return (long) instructions * Long.BYTES;
    }

    boolean complete() {
        return end != null;
    }

    /** Takes the next chunk, or ignores one that repeats known words. */
    void add(ProgramChunk chunk) {
        ByteString words = chunk.getWords();
        int count = words.size() / Long.BYTES;
        if (chunk.getPart() != 0) {
            throw malformed("part of a chunk", Integer.toUnsignedString(chunk.getPart()), 0);
        }
        if (words.size() % Long.BYTES != 0 || count > ServerLimits.CHUNK_INSTRUCTIONS) {
            throw malformed(
                    "bytes of a program chunk",
                    words.size(),
                    "a multiple of 8, at most " + ServerLimits.CHUNK_INSTRUCTIONS * Long.BYTES);
        }
        CRC32C crc = new CRC32C();
        crc.update(words.asReadOnlyByteBuffer());
        if ((int) crc.getValue() != chunk.getCrc32C()) {
            throw dataLoss(
                    "CRC32C of the chunk at instruction " + Long.toUnsignedString(chunk.getOffset()),
                    String.format("0x%08x", crc.getValue()),
                    String.format("0x%08x", chunk.getCrc32C()));
        }
        if (chunk.getOffset() != instructions) {
            repeated(chunk.getOffset(), words);
            return;
        }
        if (end != null) {
            throw malformed("chunk behind the end of the program", count + " instructions", "none");
        }
        int most = header.getAllowStreaming() ? limits.streamedInstructions() : limits.programInstructions();
        if (instructions + count > most) {
            throw new ProgramTooLargeException(
                    "program in instructions", instructions + count, most, "split it, or allow streaming");
        }
        if (instructions + count > received.length) {
            received = Arrays.copyOf(received, Math.max(instructions + count, Math.min(most, 2 * received.length)));
        }
        words.asReadOnlyByteBuffer().asLongBuffer().get(received, instructions, count);
        instructions += count;
        if (chunk.hasEnd()) {
            close(chunk.getEnd());
        }
    }

    private void repeated(long offset, ByteString words) {
        int count = words.size() / Long.BYTES;
        if (offset < 0 || offset + count > instructions) {
            throw malformed("offset of a program chunk", Long.toUnsignedString(offset), "next is " + instructions);
        }
        LongBuffer known = LongBuffer.wrap(received, (int) offset, count);
        if (!known.equals(words.asReadOnlyByteBuffer().asLongBuffer())) {
            throw dataLoss("repeated chunk at instruction " + offset, "other words", "the words sent before");
        }
    }

    private void close(PartEnd partEnd) {
        if (partEnd.getInstructionCount() != instructions) {
            throw malformed(
                    "instructions received", instructions, Long.toUnsignedString(partEnd.getInstructionCount()));
        }
        if (!partEnd.getLastPart()) {
            throw new UnsupportedOnTargetException("programs in a submission", "more", 1, "submit them one by one");
        }
        if (!partEnd.getSha256().equals(hash)) {
            throw malformed("SHA-256 at the end", hex(partEnd.getSha256()), hex(hash));
        }
        end = partEnd;
    }

    /** The program, after its hash and its counts were found to be as stated. */
    PlaybackProgram program() {
        PlaybackProgram program = PlaybackProgram.ofWords(Arrays.copyOf(received, instructions));
        received = new long[0];
        if (!program.sha256().equals(hex(hash))) {
            throw malformed("SHA-256 of the program", program.sha256(), hex(hash));
        }
        agree(program, ResponseKind.OMNIBUS, end.getOmnibusResponses());
        agree(program, ResponseKind.JTAG, end.getJtagResponses());
        agree(program, ResponseKind.LOOPBACK, end.getLoopbackResponses());
        return program;
    }

    RunOptions options() {
        Optional<Duration> limit = header.hasExecutionLimitMs()
                ? Optional.of(Duration.ofMillis(header.getExecutionLimitMs()))
                : Optional.empty();
        return new RunOptions(
                header.getSetup(), Optional.empty(), limit, header.getAllowStreaming(), header.getFailOnLoss());
    }

    private static void agree(PlaybackProgram program, ResponseKind kind, long stated) {
        if (program.expectedResponses(kind) != stated) {
            throw malformed(
                    kind + " responses of the program", program.expectedResponses(kind), Long.toUnsignedString(stated));
        }
    }

    private static String hex(ByteString bytes) {
        byte[] start = bytes.substring(0, Math.min(bytes.size(), HASH_BYTES)).toByteArray();
        return HexFormat.of().formatHex(start);
    }

    private static MalformedRequestException malformed(String thing, Object value, Object limit) {
        return new MalformedRequestException(thing, value, limit, "report this client");
    }

    private static MalformedRequestException dataLoss(String thing, Object value, Object limit) {
        return new MalformedRequestException(
                ErrorDetail.of(thing, value, limit, "send the chunk again").with(WireErrors.REASON, "DATA_LOSS"), null);
    }
}
