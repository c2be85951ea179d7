package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordKillTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("U14 U15 what record printed survives kill -9, is recovered and replayed from the log alone")
    void killedTwice() throws Exception {
        KilledRecording recording = new KilledRecording(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "firstspike.experiments.cli.Main"),
                folder);
        recording.prepare(400);

        KilledRecording.Found nominal = recording.killAfter(300, "emu:nominal?seed=2", "nominal");
        KilledRecording.Found varied = recording.killAfter(230, "emu:varied?seed=2&mismatch=residual", "varied");

        assertThat(nominal.programs()).isPositive();
        assertThat(varied.programs()).isPositive();
    }
}
