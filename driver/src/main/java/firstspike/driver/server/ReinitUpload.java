package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ReinitHeader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The programs of a reinit entry on their way to the server: like the parts of a submission (playback.md 14.4), but in the
 * heap, where they stay. Not thread-safe.
 */
final class ReinitUpload {

    private static final int CHUNK_INSTRUCTIONS = 1 << 16;
    private static final int MOST_INSTRUCTIONS = (int) (ReinitQuota.MOST_BYTES / Long.BYTES);

    private final ReinitHeader header;
    private final PlaybackProgram[] programs;
    private long[] words = new long[0];
    private int count;
    private int part;

    ReinitUpload(ReinitHeader header) {
        this.header = header;
        this.programs = new PlaybackProgram[header.getHasSnapshot() ? 2 : 1];
    }

    ReinitHeader header() {
        return header;
    }

    /** Whether no chunk has come. */
    boolean isEmpty() {
        return part == 0 && count == 0;
    }

    boolean complete() {
        return part == programs.length;
    }

    PlaybackProgram program() {
        return programs[0];
    }

    Optional<PlaybackProgram> snapshot() {
        return header.getHasSnapshot() ? Optional.of(programs[1]) : Optional.empty();
    }

    /**
     * Takes the next chunk.
     *
     * @throws ChipException when it is not the next one, is damaged, or ends a program that is not what it should be
     */
    void add(ProgramChunk chunk) {
        ByteString bytes = chunk.getWords();
        int more = bytes.size() / Long.BYTES;
        if (complete() || chunk.getPart() != part || chunk.getOffset() != count) {
            throw malformed(
                    "place of a chunk",
                    "part " + Integer.toUnsignedString(chunk.getPart()) + ", instruction "
                            + Long.toUnsignedString(chunk.getOffset()),
                    complete() ? "nothing more" : "part " + part + ", instruction " + count);
        }
        if (bytes.size() % Long.BYTES != 0 || more > CHUNK_INSTRUCTIONS) {
            throw malformed(
                    "bytes of a program chunk",
                    bytes.size(),
                    "a multiple of 8, at most " + CHUNK_INSTRUCTIONS * Long.BYTES);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        if ((int) crc.getValue() != chunk.getCrc32C()) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    ErrorDetail.of(
                                    "CRC32C of the chunk at instruction " + count,
                                    String.format("0x%08x", crc.getValue()),
                                    String.format("0x%08x", chunk.getCrc32C()),
                                    "send the programs again")
                            .with(ErrorDetail.REASON, "DATA_LOSS"),
                    null);
        }
        if (count + more > Math.min(MOST_INSTRUCTIONS, PlaybackProgram.MAX_INSTRUCTIONS)) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "reinit program in instructions",
                    count + more,
                    Math.min(MOST_INSTRUCTIONS, PlaybackProgram.MAX_INSTRUCTIONS),
                    "make it shorter");
        }
        if (count + more > words.length) {
            words = Arrays.copyOf(words, Math.max(count + more, 2 * words.length));
        }
        bytes.asReadOnlyByteBuffer().asLongBuffer().get(words, count, more);
        count += more;
        if (chunk.hasEnd()) {
            close(chunk.getEnd());
        }
    }

    private void close(PartEnd end) {
        agree("instructions received", count, end.getInstructionCount());
        boolean last = part == programs.length - 1;
        if (end.getLastPart() != last) {
            throw malformed("last part of the upload", end.getLastPart(), last);
        }
        PlaybackProgram program = PlaybackProgram.ofWords(Arrays.copyOf(words, count));
        String stated = HexFormat.of().formatHex(end.getSha256().toByteArray());
        if (!program.sha256().equals(stated)) {
            throw malformed("SHA-256 of the program", Answers.clip(stated), program.sha256());
        }
        agree(program, ResponseKind.OMNIBUS, end.getOmnibusResponses());
        agree(program, ResponseKind.JTAG, end.getJtagResponses());
        agree(program, ResponseKind.LOOPBACK, end.getLoopbackResponses());
        if (part == 1) {
            SnapshotPrograms.check(program);
        }
        programs[part++] = program;
        words = new long[0];
        count = 0;
    }

    private static void agree(PlaybackProgram program, ResponseKind kind, long stated) {
        agree(kind + " responses of the program", program.expectedResponses(kind), stated);
    }

    private static void agree(String thing, long value, long stated) {
        if (value != stated) {
            throw malformed(thing, value, Long.toUnsignedString(stated));
        }
    }

    private static ProgramRejectedException malformed(String thing, Object value, Object limit) {
        return new ProgramRejectedException(MALFORMED_REQUEST, thing, value, limit, "report this client");
    }
}
