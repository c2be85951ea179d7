package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogVerdict;
import firstspike.runtime.recording.log.SpikeLog;
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
        // no file may have more than 1.2 MB: the set-up fits, the programs do not
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 2400; exec \"$@\"", "sh"));
        command.addAll(recording.command("emu:nominal?seed=2", log));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("full.err").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(said + Files.readString(folder.resolve("full.err")))
                .isEqualTo(6);
        assertThat(said).contains("STORAGE_FULL").contains("full.fslog").contains("bytes free");
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
