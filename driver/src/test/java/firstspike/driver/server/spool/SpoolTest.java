package firstspike.driver.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.playback.PlaybackProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a server and what may lie in it. */
class SpoolTest {

    private static final SpoolLimits WIDE = new SpoolLimits(1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 22, 1 << 25);

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "The folder is made for its owner alone, a second server is refused, and closing lets it have the folder")
    void lockedFolder() throws IOException {
        Path place = folder.resolve("a/spool");

        Spool spool = Spool.open(place, WIDE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> Spool.open(place, WIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another server");
        spool.close();
        Spool.open(place, WIDE).close();
    }

    @Test
    @DisplayName("A folder with files of others is refused, and they stay")
    void foreignFolder() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "data");

        assertThatThrownBy(() -> Spool.open(folder, WIDE)).hasMessageContaining("files of others");

        assertThat(precious).hasContent("data");
        assertThat(folder.toFile().list()).containsExactly("precious");
    }

    @Test
    @DisplayName("What a killed server left is deleted at the start, and nothing else")
    void leftovers() throws IOException {
        Spool.open(folder, WIDE).close();
        Files.writeString(folder.resolve("upload-3"), "left");
        Files.writeString(folder.resolve("result-17"), "left");
        Path other = Files.writeString(folder.resolve("result-notes"), "somebody's");

        try (Spool spool = Spool.open(folder, WIDE)) {
            assertThat(spool.usedBytes()).isZero();
            assertThat(folder.resolve("upload-3")).doesNotExist();
            assertThat(folder.resolve("result-17")).doesNotExist();
            assertThat(other).exists();
        }
    }

    @Test
    @DisplayName("A spool in the temporary folder goes with its server")
    void temporaryFolder() throws IOException {
        Spool spool = Spool.temporary(WIDE);
        Path place = spool.folder();
        spool.session("ada").result().add(bytes(1 << 20));
        assertThat(files(place)).isEqualTo(1);

        spool.close();

        assertThat(place).doesNotExist();
    }

    @Test
    @DisplayName("Files and quotas are gone with their session")
    void goneWithSession() throws IOException {
        try (Spool spool = Spool.open(folder, WIDE)) {
            SessionStore store = spool.session("ada");
            SessionStore other = spool.session("ada");
            store.result().add(bytes(1 << 20));
            upload(store, program(10_000));
            assertThat(files(folder)).isEqualTo(2);
            assertThat(other.resultBytesOfUser()).isEqualTo(1 << 20);

            store.close();
            store.close();

            assertThat(files(folder)).isZero();
            assertThat(spool.usedBytes()).isZero();
            assertThat(other.resultBytesOfUser()).isZero();
            SpooledResult late = store.result();
            assertThat(late.add(bytes(1 << 20))).isFalse();
            assertThat(files(folder)).isZero();
        }
    }

    @Test
    @DisplayName("What is small needs no file")
    void smallThings() throws IOException {
        try (Spool spool = Spool.open(folder, WIDE)) {
            SessionStore store = spool.session("ada");
            SpooledResult result = store.result();
            result.add(bytes(1000));
            upload(store, program(100));

            assertThat(result.inMemory()).isTrue();
            assertThat(files(folder)).isZero();

            result.add(bytes(4000));
            assertThat(result.inMemory()).isFalse();
            assertThat(files(folder)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A full spool fails the submission that finds it full, with limit and free bytes, and no other")
    void fullSpool() throws IOException {
        SpoolLimits limits = new SpoolLimits(3 << 20, 1 << 30, 1 << 30, 1 << 30, 1 << 22, 1 << 25);
        try (Spool spool = Spool.open(folder, limits)) {
            SpooledResult first = spool.session("ada").result();
            SpooledResult second = spool.session("eve").result();
            assertThat(first.add(bytes(1 << 20))).isTrue();
            assertThat(second.add(bytes(1 << 20))).isTrue();
            assertThat(second.add(bytes(1 << 20))).isTrue();

            assertThat(first.add(bytes(1 << 20))).isFalse();

            assertThat(first.refusal())
                    .get()
                    .isInstanceOf(TargetUnavailableException.class)
                    .returns("QUOTA_EXCEEDED", ChipException::code);
            assertThat(first.refusal().orElseThrow().detail().fields())
                    .containsEntry("reason", "STORAGE")
                    .containsEntry("limit", String.valueOf(3 << 20))
                    .containsEntry("free", "0");
            assertThat(second.refusal()).isEmpty();
            second.close();
            SpooledResult third = spool.session("eve").result();
            assertThat(third.add(bytes(1 << 20))).isTrue();
            assertThat(third.refusal()).isEmpty();
        }
    }

    @Test
    @DisplayName("A disk that does not take what is written is a full spool for that submission")
    void brokenDisk() throws IOException {
        Path place = folder.resolve("spool");
        try (Spool spool = Spool.open(place, WIDE)) {
            SpooledResult small = spool.session("ada").result();
            SpooledResult result = spool.session("ada").result();
            Files.delete(place.resolve(Spool.MARKER));
            Files.delete(place);

            assertThat(small.add(bytes(10))).isTrue();
            assertThat(result.add(bytes(1 << 20))).isFalse();

            assertThat(result.refusal())
                    .get()
                    .isInstanceOf(TargetUnavailableException.class)
                    .returns("QUOTA_EXCEEDED", ChipException::code);
            assertThat(result.refusal().orElseThrow().getCause()).isInstanceOf(IOException.class);
            Files.createDirectory(place);
        }
    }

    @Test
    @DisplayName("The results of a user are limited over all sessions, those of others not by them")
    void quotaOfResults() throws IOException {
        SpoolLimits limits = new SpoolLimits(1 << 30, 1 << 30, 2 << 20, 1 << 30, 1 << 22, 1 << 25);
        try (Spool spool = Spool.open(folder, limits)) {
            SpooledResult first = spool.session("ada").result();
            assertThat(first.add(bytes(1 << 20))).isTrue();
            assertThat(spool.session("ada").result().add(bytes(1 << 20))).isTrue();

            SpooledResult third = spool.session("ada").result();
            assertThat(third.add(bytes(1))).isFalse();
            assertThat(third.refusal().orElseThrow().detail().fields()).containsEntry("reason", "STORAGE");

            assertThat(spool.session("eve").result().add(bytes(1 << 20))).isTrue();
            first.close();
            assertThat(spool.session("ada").result().add(bytes(1))).isTrue();
        }
    }

    @Test
    @DisplayName(
            "A result above its limit keeps the part before, what it is of no use without, and says how much there was")
    void tooLarge() throws IOException {
        SpoolLimits limits = new SpoolLimits(1 << 30, 10_000, 1 << 30, 1 << 30, 1 << 22, 1 << 25);
        try (Spool spool = Spool.open(folder, limits)) {
            SpooledResult result = spool.session("ada").result();
            ByteString first = bytes(8000);
            ByteString health = bytes(100);
            ByteString footer = bytes(50);
            assertThat(result.add(first)).isTrue();
            assertThat(result.add(bytes(3000))).isFalse();
            assertThat(result.add(bytes(1))).isFalse();
            result.addAlways(health);
            result.close(footer);
            result.end(result.refusal());

            assertThat(result.refusal()).get().isInstanceOf(ResultTooLargeException.class);
            ResultReader reader = result.read(0, () -> {});
            assertThat(Stream.generate(reader::next)
                            .takeWhile(Optional::isPresent)
                            .map(chunk -> chunk.orElseThrow().getRecord()))
                    .containsExactly(first, health, footer);
            assertThat(reader.complete()).isTrue();
            assertThat(reader.error()).isEqualTo(result.refusal());
        }
    }

    @Test
    @DisplayName("Uploads of a user wait for those that will run, and are refused when none will")
    void quotaOfUploads() throws IOException {
        SpoolLimits limits = new SpoolLimits(1 << 30, 1 << 30, 1 << 30, 10_000, 1 << 22, 1 << 25);
        PlaybackProgram program = program(1000);
        try (Spool spool = Spool.open(folder, limits)) {
            SessionStore store = spool.session("ada");
            SpooledUpload complete = upload(store, program);
            SpooledUpload next = store.upload(Uploads.header("s", UUID.randomUUID(), program));
            List<firstspike.proto.chip.v1.ProgramChunk> chunks = Uploads.chunks(1000, program);
            int[] retried = new int[1];

            assertThat(next.add(chunks.get(0), () -> retried[0]++)).isFalse();
            assertThat(retried[0]).isZero();
            complete.close();
            assertThat(retried[0]).isEqualTo(1);
            assertThat(next.add(chunks.get(0), () -> retried[0]++)).isTrue();
            assertThat(next.complete()).isTrue();
            next.close();

            SpooledUpload half = store.upload(Uploads.header("s", UUID.randomUUID(), program));
            half.add(Uploads.chunks(700, program).get(0), () -> {});
            SpooledUpload hopeless = store.upload(Uploads.header("s", UUID.randomUUID(), program));
            assertThatThrownBy(() -> hopeless.add(chunks.get(0), () -> {}))
                    .isInstanceOf(TargetUnavailableException.class)
                    .returns("QUOTA_EXCEEDED", error -> ((ChipException) error).code())
                    .hasMessageContaining("13600")
                    .hasMessageContaining("10000");
            assertThat(spool.session("eve")
                            .upload(Uploads.header("s", UUID.randomUUID(), program))
                            .add(chunks.get(0), () -> {}))
                    .isTrue();
        }
    }

    private static SpooledUpload upload(SessionStore store, PlaybackProgram program) {
        SpooledUpload upload = store.upload(Uploads.header("s", UUID.randomUUID(), program));
        Uploads.chunks(1 << 16, program).forEach(chunk -> upload.add(chunk, () -> {}));
        return upload;
    }

    private static PlaybackProgram program(int instructions) {
        var builder = PlaybackProgram.builder();
        for (int i = 0; i < instructions; i++) {
            builder.marker();
        }
        return builder.done();
    }

    private static ByteString bytes(int count) {
        return ByteString.copyFrom(new byte[count]);
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(Spool.MARKER)).count();
        }
    }
}
