package firstspike.driver.server.spool;

import com.google.protobuf.ByteString;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Programs as a client sends them: a header, then chunks. */
public final class Uploads {

    private Uploads() {}

    /**
     * @param session that submits
     * @param id of the submission
     * @param programs of the list
     * @return the header that opens it
     */
    public static SubmissionHeader header(String session, UUID id, PlaybackProgram... programs) {
        SubmissionHeader.Builder header =
                SubmissionHeader.newBuilder().setSessionId(session).setSubmissionId(id.toString());
        for (PlaybackProgram program : programs) {
            header.addPartSha256(hash(program));
        }
        return header.build();
    }

    /**
     * @param program of a submission
     * @return its SHA-256, 32 bytes
     */
    public static ByteString hash(PlaybackProgram program) {
        return ByteString.copyFrom(HexFormat.of().parseHex(program.sha256()));
    }

    /**
     * @param size instructions of a chunk, the last one may be shorter
     * @param programs of the list
     * @return all chunks in order
     */
    public static List<ProgramChunk> chunks(int size, PlaybackProgram... programs) {
        List<ProgramChunk> chunks = new ArrayList<>();
        for (int part = 0; part < programs.length; part++) {
            PlaybackProgram program = programs[part];
            int from = 0;
            do {
                int count = Math.min(size, program.size() - from);
                ProgramChunk.Builder chunk = chunk(part, from, words(program, from, count));
                if (from + count == program.size()) {
                    chunk.setEnd(end(program, part == programs.length - 1));
                }
                chunks.add(chunk.build());
                from += count;
            } while (from < program.size());
        }
        return chunks;
    }

    /**
     * @param part index of the program
     * @param offset in instructions
     * @param words big-endian
     * @return a chunk with its checksum
     */
    public static ProgramChunk.Builder chunk(int part, long offset, ByteString words) {
        return ProgramChunk.newBuilder()
                .setPart(part)
                .setOffset(offset)
                .setWords(words)
                .setCrc32C(crc(words));
    }

    /**
     * @param program that ends
     * @param last whether no further one follows
     * @return what it amounts to
     */
    public static PartEnd end(PlaybackProgram program, boolean last) {
        return PartEnd.newBuilder()
                .setInstructionCount(program.size())
                .setOmnibusResponses(program.expectedResponses(ResponseKind.OMNIBUS))
                .setJtagResponses(program.expectedResponses(ResponseKind.JTAG))
                .setLoopbackResponses(program.expectedResponses(ResponseKind.LOOPBACK))
                .setSha256(hash(program))
                .setLastPart(last)
                .build();
    }

    /**
     * @param program to take words from
     * @param from first instruction
     * @param count how many
     * @return the words, big-endian
     */
    public static ByteString words(PlaybackProgram program, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        program.copyWords(from, count, bytes);
        return ByteString.copyFrom(bytes.flip());
    }

    /**
     * @param bytes any
     * @return their CRC32C
     */
    public static int crc(ByteString bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        return (int) crc.getValue();
    }
}
