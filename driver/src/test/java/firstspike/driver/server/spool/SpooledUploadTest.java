package firstspike.driver.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on their way into the spool. */
class SpooledUploadTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final PlaybackProgram small =
            PlaybackProgram.builder().write(0x10, 1).done();
    private final PlaybackProgram program = program(20_000);

    @TempDir
    private Path folder;

    private Spool spool;
    private SessionStore store;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(folder, new SpoolLimits(1 << 30, 1 << 30, 1 << 30, 1 << 30, 30_000, 60_000));
        store = spool.session("ada");
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    @DisplayName("A program comes out as it went in, whole or word by word, whatever its chunks")
    void roundTrip() {
        for (int size : new int[] {1 << 16, 9_999, 20_000}) {
            SpooledUpload upload = store.upload(Uploads.header("s", ID, program));
            Uploads.chunks(size, program).forEach(chunk -> upload.add(chunk, () -> {}));

            assertThat(upload.complete()).isTrue();
            assertThat(upload.program(0)).isEqualTo(program);
            assertThat(upload.program(0).sha256()).isEqualTo(program.sha256());
            assertThat(words(upload.source(0))).isEqualTo(words(program));
            assertThat(upload.streamed(0)).isFalse();
            upload.close();
        }
    }

    @Test
    @DisplayName("A list of programs arrives part by part, empty ones too")
    void list() {
        PlaybackProgram empty = PlaybackProgram.builder().done();
        SpooledUpload upload = store.upload(Uploads.header("s", ID, small, empty, program));
        List<ProgramChunk> chunks = Uploads.chunks(8_000, small, empty, program);
        chunks.subList(0, 3).forEach(chunk -> upload.add(chunk, () -> {}));

        assertThat(upload.parts()).isEqualTo(3);
        assertThat(upload.complete()).isFalse();
        assertThat(upload.receivedInstructions()).containsExactly((long) small.size(), 0L, 8_000L);

        chunks.subList(3, chunks.size()).forEach(chunk -> upload.add(chunk, () -> {}));
        assertThat(upload.complete()).isTrue();
        assertThat(upload.program(0)).isEqualTo(small);
        assertThat(upload.program(1)).isEqualTo(empty);
        assertThat(upload.program(2)).isEqualTo(program);
        assertThat(upload.identity()).containsExactly(Uploads.hash(small), Uploads.hash(empty), Uploads.hash(program));
    }

    @Test
    @DisplayName("T238 what arrived is told and a chunk that repeats it is ignored, also with other borders")
    void resume() {
        SpooledUpload upload = store.upload(Uploads.header("s", ID, program));
        List<ProgramChunk> chunks = Uploads.chunks(4_000, program);
        chunks.subList(0, 3).forEach(chunk -> upload.add(chunk, () -> {}));
        upload.rest();

        assertThat(upload.receivedInstructions()).containsExactly(12_000L);
        upload.add(chunks.get(1), () -> {});
        upload.add(Uploads.chunk(0, 100, Uploads.words(program, 100, 11_900)).build(), () -> {});
        assertThat(upload.receivedInstructions()).containsExactly(12_000L);

        chunks.subList(3, 5).forEach(chunk -> upload.add(chunk, () -> {}));
        assertThat(upload.complete()).isTrue();
        assertThat(upload.program(0)).isEqualTo(program);
        // a lost answer to the last chunk: it comes again
        upload.add(chunks.get(4), () -> {});
    }

    @Test
    @DisplayName("Damaged words are data loss and leave what arrived as it was")
    void damaged() {
        SpooledUpload upload = store.upload(Uploads.header("s", ID, program));
        List<ProgramChunk> chunks = Uploads.chunks(4_000, program);
        upload.add(chunks.get(0), () -> {});

        assertDataLoss(upload, chunks.get(1).toBuilder().setCrc32C(1).build());
        assertDataLoss(
                upload, Uploads.chunk(0, 0, Uploads.words(program, 1, 4_000)).build());

        chunks.subList(1, chunks.size()).forEach(chunk -> upload.add(chunk, () -> {}));
        assertThat(upload.program(0)).isEqualTo(program);
    }

    private static void assertDataLoss(SpooledUpload upload, ProgramChunk chunk) {
        assertThatThrownBy(() -> upload.add(chunk, () -> {}))
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code())
                .isInstanceOfSatisfying(
                        ProgramRejectedException.class,
                        e -> assertThat(e.detail().fields()).containsEntry("reason", "DATA_LOSS"));
        assertThat(upload.receivedInstructions()).containsExactly(4_000L);
    }

    @Test
    @DisplayName("T237 what does not amount to what the client says is refused with both values")
    void wrongTotals() {
        ProgramChunk last = Uploads.chunks(1 << 16, small).get(0);
        assertRefused(last.toBuilder().setEnd(last.getEnd().toBuilder().setSha256(Uploads.hash(program))), "SHA-256");
        assertRefused(
                last.toBuilder().setEnd(last.getEnd().toBuilder().setInstructionCount(7)), "instructions received");
        assertRefused(last.toBuilder().setEnd(last.getEnd().toBuilder().setOmnibusResponses(1)), "OMNIBUS");
        assertRefused(last.toBuilder().setEnd(last.getEnd().toBuilder().setLastPart(false)), "last part");
        ByteString other = Uploads.words(program, 0, small.size());
        assertRefused(last.toBuilder().setWords(other).setCrc32C(Uploads.crc(other)), "SHA-256 of the program");
        assertRefused(last.toBuilder().setPart(1), "part of a chunk");
        assertRefused(last.toBuilder().setPart(-1), "part of a chunk");
        assertRefused(last.toBuilder().setOffset(1), "offset of a program chunk");
        assertRefused(last.toBuilder().setOffset(-1), "offset of a program chunk");
        ByteString odd = ByteString.copyFrom(new byte[12]);
        assertRefused(last.toBuilder().setWords(odd).setCrc32C(Uploads.crc(odd)), "bytes of a program chunk");
    }

    private void assertRefused(ProgramChunk.Builder chunk, String thing) {
        SpooledUpload upload = store.upload(Uploads.header("s", ID, small));
        assertThatThrownBy(() -> upload.add(chunk.build(), () -> {}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code())
                .hasMessageContaining(thing);
        assertThat(upload.complete()).isFalse();
        upload.close();
    }

    @Test
    @DisplayName("Words that are no program are refused as they arrive, with their index")
    void noProgram() {
        assertThatThrownBy(() -> store.upload(Uploads.header("s", ID, small))
                        .add(
                                Uploads.chunk(0, 0, words(0x0700_0000_0000_0000L, 1L << 60))
                                        .build(),
                                () -> {}))
                .isInstanceOf(ChipException.class)
                .hasMessageContaining("instruction ");
    }

    @Test
    @DisplayName("A halt among the words is refused")
    void halt() {
        long halt = firstspike.driver.message.ToFpga.HALT;
        assertThatThrownBy(() -> store.upload(Uploads.header("s", ID, small))
                        .add(Uploads.chunk(0, 0, words(halt)).build(), () -> {}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("UNEXPECTED_HALT", error -> ((ChipException) error).code())
                .hasMessageContaining("instruction 0");
    }

    @Test
    @DisplayName("A program above the playback memory needs streaming, one above that limit is refused")
    void tooLong() {
        PlaybackProgram longer = program(40_000);
        SpooledUpload refused = store.upload(Uploads.header("s", ID, longer));
        List<ProgramChunk> chunks = Uploads.chunks(20_000, longer);
        refused.add(chunks.get(0), () -> {});
        assertThatThrownBy(() -> refused.add(chunks.get(1), () -> {}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("40000")
                .hasMessageContaining("30000");

        SubmissionHeader streaming = Uploads.header("s", ID, longer).toBuilder()
                .setAllowStreaming(true)
                .build();
        SpooledUpload streamed = store.upload(streaming);
        chunks.forEach(chunk -> streamed.add(chunk, () -> {}));
        assertThat(streamed.streamed(0)).isTrue();
        assertThat(words(streamed.source(0))).isEqualTo(words(longer));
    }

    @Test
    @DisplayName("Headers that cannot be are refused one by one")
    void headers() {
        SubmissionHeader good = Uploads.header("s", ID, small);
        assertHeaderRefused(good.toBuilder().setSubmissionId("x"), "submission id");
        assertHeaderRefused(good.toBuilder().setSubmissionId("y".repeat(1 << 20)), "1048576 characters");
        assertHeaderRefused(good.toBuilder().clearPartSha256(), "SHA-256 of the programs");
        assertHeaderRefused(
                good.toBuilder().addPartSha256(ByteString.copyFromUtf8("short")), "2 hashes of 32 or 5 bytes");
        assertHeaderRefused(good.toBuilder().setExecutionLimitMs(0), "execution limit");
        assertHeaderRefused(good.toBuilder().setExecutionLimitMs(86_400_001), "execution limit");
        assertHeaderRefused(good.toBuilder().setSequence(-1), "sequence number");
        SubmissionHeader.Builder many = good.toBuilder();
        for (int i = 0; i < 1024; i++) {
            many.addPartSha256(Uploads.hash(small));
        }
        assertHeaderRefused(many, "1025 hashes");
    }

    private void assertHeaderRefused(SubmissionHeader.Builder header, String words) {
        assertThatThrownBy(() -> store.upload(header.build()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code())
                .hasMessageContaining(words);
    }

    @Test
    @DisplayName("The execution limit is the one asked for, or follows from the longest program")
    void executionLimit() {
        PlaybackProgram second =
                PlaybackProgram.builder().waitUntil(125_000_000).done();
        SpooledUpload upload = store.upload(Uploads.header("s", ID, small, second));
        Uploads.chunks(1 << 16, small, second).forEach(chunk -> upload.add(chunk, () -> {}));

        assertThat(upload.executionLimit()).isEqualTo(Duration.ofSeconds(13));
        assertThat(upload.predicted()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

        SpooledUpload asked = store.upload(Uploads.header("s", ID, small).toBuilder()
                .setExecutionLimitMs(77)
                .build());
        assertThat(asked.executionLimit()).isEqualTo(Duration.ofMillis(77));
    }

    @Test
    @DisplayName("A later call takes an upload over from an earlier one, whose connection may be dead")
    void takeOver() {
        SpooledUpload upload = store.upload(Uploads.header("s", ID, small));
        int[] told = new int[1];
        Runnable first = () -> told[0]++;
        Runnable second = () -> told[0] += 10;
        upload.claim(first);

        upload.claim(second);

        assertThat(told[0]).isEqualTo(1);
        assertThat(upload.release(first)).isFalse();
        assertThat(upload.release(second)).isTrue();
    }

    private static ByteString words(long... words) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return ByteString.copyFrom(bytes);
    }

    private static List<Long> words(ProgramSource source) {
        List<Long> words = new ArrayList<>();
        InstructionSource cursor = source.open();
        while (cursor.next()) {
            assertThat(cursor.index()).isEqualTo(words.size());
            words.add(cursor.word());
        }
        assertThat(words).hasSize((int) source.instructionCount());
        return words;
    }

    private static PlaybackProgram program(int instructions) {
        var builder = PlaybackProgram.builder();
        for (int i = 0; i < instructions / 2; i++) {
            builder.write(0x10 + i, i);
        }
        for (int i = builder.instructionCount(); i < instructions; i++) {
            builder.marker();
        }
        return builder.done();
    }
}
