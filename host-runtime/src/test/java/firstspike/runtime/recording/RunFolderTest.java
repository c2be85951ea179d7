package firstspike.runtime.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final UUID ID = UUID.fromString("0123abcd-0000-4000-8000-000000000000");
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");

    @TempDir
    Path parent;

    @Test
    void isNamedByExperimentTimeAndId() {
        try (RunFolder folder = RunFolder.create(parent, "yin-yang", ID, TIME)) {
            assertThat(folder.path())
                    .hasFileName("yin-yang_2026-02-03_04-05-06Z_0123ab")
                    .isDirectory();
        }
    }

    @Test
    void isNeverReused() {
        RunFolder.create(parent, "yin-yang", ID, TIME).close();

        assertThatThrownBy(() -> RunFolder.create(parent, "yin-yang", ID, TIME))
                .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                .extracting(StorageException::code)
                .isEqualTo(StorageException.Code.EXISTS);
    }

    @Test
    void hasOneOwner() {
        try (RunFolder folder = RunFolder.create(parent, "a", ID, TIME)) {
            assertThat(RunFolder.isOwned(folder.path())).isTrue();
            assertThatThrownBy(() -> RunFolder.open(folder.path()))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                    .extracting(StorageException::code)
                    .isEqualTo(StorageException.Code.RUN_LOCKED);
        }
        Path path = parent.resolve("a_2026-02-03_04-05-06Z_0123ab");
        assertThat(RunFolder.isOwned(path)).isFalse();
        RunFolder.open(path).close();
    }

    @Test
    void keepsItsRecord() {
        try (RunFolder folder = RunFolder.create(parent, "a", ID, TIME)) {
            folder.write(new RunRecord().set("run_id", ID.toString()).state(RunState.RUNNING));

            RunRecord read = RunFolder.record(folder.path());

            assertThat(read.state()).isEqualTo(RunState.RUNNING);
            assertThat(read.text("run_id")).isEqualTo(ID.toString());
            assertThat(read.text("verdict")).isEmpty();
        }
    }

    @Test
    void refusesARecordOfANewerProgramAndOneThatIsNone() {
        assertThatThrownBy(() -> RunRecord.parse("{\"schema\": \"firstspike.run/2\"}", "run.json"))
                .asInstanceOf(InstanceOfAssertFactories.type(FormatException.class))
                .extracting(FormatException::code)
                .isEqualTo(FormatException.Code.UNSUPPORTED_VERSION);
        assertThatThrownBy(() -> RunRecord.parse("{", "run.json"))
                .asInstanceOf(InstanceOfAssertFactories.type(FormatException.class))
                .extracting(FormatException::code)
                .isEqualTo(FormatException.Code.MALFORMED_HEADER);
    }

    @Test
    void listsItsFilesWithTheirHashes() {
        try (RunFolder folder = RunFolder.create(parent, "a", ID, TIME)) {
            folder.write("health.json", "abc");
            folder.log("INFO", "not listed");

            assertThat(folder.inventory())
                    .containsOnlyKeys("health.json")
                    .hasEntrySatisfying("health.json", facts -> assertThat(facts.toString())
                            .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "bytes=3"));
        }
    }

    @Test
    void metricsDropATornLastLine() throws IOException {
        MetricsLog log = new MetricsLog(parent.resolve("metrics.jsonl"));
        log.append("{\"epoch\":0}");
        log.append("{\"epoch\":1}");
        Files.writeString(parent.resolve("metrics.jsonl"), "{\"epoch\":0}\n{\"epoch\":1}\n{\"epo");

        assertThat(log.read().lines()).hasSize(2);
        assertThat(log.read().torn()).isEqualTo(1);
        assertThat(log.dropAfter(0)).isEqualTo(2);
        assertThat(Files.readString(parent.resolve("metrics.jsonl"))).isEqualTo("{\"epoch\":0}\n");
        assertThat(log.dropAfter(0)).isZero();
    }

    @Test
    void runsAreFoundByFolderNameIdAndAsTheLast() {
        RunFolder first = made("a", "11111111-0000-4000-8000-000000000000", "2026-01-01T00:00:00Z");
        RunFolder second = made("b", "11112222-0000-4000-8000-000000000000", "2026-01-02T00:00:00Z");
        first.close();
        second.close();
        RunIndex index = new RunIndex(parent);

        assertThat(index.find("@last")).isEqualTo(second.path());
        assertThat(index.find("11111")).isEqualTo(first.path());
        assertThat(index.find(first.path().getFileName().toString())).isEqualTo(first.path());
        assertThat(index.find(second.path().toString())).isEqualTo(second.path());
        assertThatThrownBy(() -> index.find("1111")).hasMessageContaining("2 runs begin so");
        assertThatThrownBy(() -> index.find("9")).hasMessageContaining("no such run");
        assertThatThrownBy(() -> index.find("a\0b")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> new RunIndex(parent.resolve("none")).find("@last"))
                .hasMessageContaining("no runs");
    }

    @Test
    void aFullDiskIsToldFromADeniedOne() {
        StorageException full = StorageFailure.of(parent, new IOException("No space left on device"));
        assertThat(full.code()).isEqualTo(StorageException.Code.STORAGE_FULL);
        assertThat(full.getMessage()).contains(parent.toString()).contains("bytes free");
        assertThat(StorageFailure.of(parent, new java.nio.file.AccessDeniedException("x"))
                        .code())
                .isEqualTo(StorageException.Code.STORAGE_DENIED);
    }

    private RunFolder made(String name, String id, String time) {
        RunFolder folder = RunFolder.create(parent, name, UUID.fromString(id), Instant.parse(time));
        folder.write(new RunRecord().set("run_id", id).set("created", time));
        return folder;
    }
}
