package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunIndex;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogVerdict;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.training.CheckpointFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordKillTest {

    private static final List<String> PROGRAM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "firstspike.experiments.cli.Main");

    @TempDir
    Path folder;

    @Test
    @DisplayName("J14 a full disk in the middle of a recording exits 6 with path and free bytes; the log stays sound")
    void diskFull() throws Exception {
        KilledRecording recording = new KilledRecording(PROGRAM, folder);
        recording.prepare(100);
        Path log = folder.resolve("full.fslog");
        // the set-up fits into 1.2 MB, the programs do not
        String said = runsFull(2400, recording.command("emu:nominal?seed=2", log));

        assertThat(said).contains("STORAGE_FULL").contains("full.fslog").contains("bytes free");
        assertThatIsSound(log);
    }

    @Test
    @DisplayName("J14 a training whose disk is full exits 6 and is failed; its log and its last checkpoint are sound")
    void diskFullInATraining() throws Exception {
        List<String> command = new ArrayList<>(PROGRAM);
        command.addAll(List.of("train", "yin-yang", "--json", "--record", "spikes", "--runs", folder.toString()));
        for (String small : List.of(
                "training.epochs=4",
                "training.snapshots_epochs=[0, 1, 2, 3, 4]",
                "dataset.train_size=150",
                "dataset.validation_size=50")) {
            command.addAll(List.of("--set", small));
        }

        // two or three epochs fit into 1 MB
        String said = runsFull(2000, command);

        Path run = new RunIndex(folder).find("@last");
        assertThat(said).contains("STORAGE_FULL").contains("spikes.fslog").contains("bytes free");
        assertThat(RunFolder.record(run).state()).isEqualTo(RunState.FAILED);
        assertThatIsSound(run.resolve("spikes.fslog"));
        assertThat(new CheckpointFolder(run.resolve("checkpoints")).latest()).isPresent();
    }

    /** Runs a command none of whose files may have more than so many blocks of 512 bytes; it exits 6. */
    private String runsFull(int blocks, List<String> command) throws Exception {
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
        limited.addAll(command);
        Path errors = folder.resolve("full.err");
        Process process =
                new ProcessBuilder(limited).redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said + Files.readString(errors)).isEqualTo(6);
        return said;
    }

    private static void assertThatIsSound(Path log) {
        try (SpikeLog whole = SpikeLog.open(log)) {
            LogHealth health = whole.read(false, (record, offset) -> {});
            assertThat(health.verdict()).isEqualTo(LogVerdict.OPEN);
            assertThat(health.isWhole()).isTrue();
        }
    }

    @Test
    @DisplayName("U14 U15 what record printed survives kill -9, is recovered and replayed from the log alone")
    void killedTwice() throws Exception {
        KilledRecording recording = new KilledRecording(PROGRAM, folder);
        recording.prepare(400);

        KilledRecording.Found nominal = recording.killAfter(300, "emu:nominal?seed=2", "nominal");
        KilledRecording.Found varied = recording.killAfter(230, "emu:varied?seed=2&mismatch=residual", "varied");

        assertThat(nominal.programs()).isPositive();
        assertThat(varied.programs()).isPositive();
    }
}
