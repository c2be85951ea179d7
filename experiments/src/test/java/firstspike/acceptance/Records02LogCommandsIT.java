package firstspike.acceptance;

import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log between processes: one that writes it, one that wants to, and one that has read enough. */
@Tag("acceptance")
class Records02LogCommandsIT {

    private static final int SPIKES = 200_000;

    private Path file;

    @BeforeEach
    void noLog() throws IOException {
        file = Program.folder("commands").resolve("out.fslog");
        Files.deleteIfExists(file);
    }

    private SpikeLogWriter writer() {
        LogHeader header = new LogHeader(
                "00000000-0000-4000-8000-000000000002",
                "emu:nominal",
                "nominal",
                "c",
                "",
                "",
                8000,
                0,
                "test",
                List.of());
        SpikeLogWriter writer = SpikeLogWriter.create(file, header, LogSettings.defaults());
        long[] ticks = new long[SPIKES];
        for (int i = 0; i < SPIKES; i++) {
            ticks[i] = 10L * i;
        }
        writer.startProgram(0);
        writer.spikes(ticks, new short[SPIKES], 0, SPIKES);
        writer.endProgram(10L * SPIKES, Map.of());
        return writer;
    }

    @Test
    @DisplayName("J51 a second process that would change a log exits 8 and names the first; the log stays sound")
    void twoProcesses() {
        Program.Outcome second;
        Program.Outcome reader;
        try (SpikeLogWriter writer = writer()) {
            writer.handOver();
            second = Program.run("log", "recover", file.toString(), "--json");
            reader = Program.run("log", "inspect", file.toString(), "--json").succeeded();
        }
        Program.Outcome after = Program.run("log", "inspect", file.toString(), "--full", "--json")
                .succeeded();
        String owner = "pid " + ProcessHandle.current().pid();
        Table.row(
                "records 2 (J51)",
                second.command(),
                "exit 8, LOG_BUSY, the owner named; a reader sees an open log; then it is closed and whole",
                "exit " + second.exit() + ", " + second.json().get("code").asText() + ", "
                        + second.json().get("value").asText()
                        + "; " + reader.json().get("state").asText() + ", then "
                        + after.json().get("state").asText(),
                second.seconds(),
                second.exit() == 8
                        && second.json().get("code").asText().equals("LOG_BUSY")
                        && second.json().get("value").asText().contains(owner)
                        && reader.json().get("state").asText().equals("open")
                        && after.json().get("state").asText().equals("closed")
                        && after.json().at("/events/from_chip").asLong() == SPIKES);
    }

    @Test
    @DisplayName("J30 log cat | head -1 exits 0 and says nothing more")
    void head() {
        writer().close();
        String program =
                Program.root().resolve("experiments/target/dist/bin/firstspike").toString();
        String pipe = "sh '" + program + "' log cat '" + file + "' | head -1; echo ${PIPESTATUS[0]}";
        Program.Outcome outcome = Program.execute(pipe, Program.root(), Map.of(), List.of("bash", "-c", pipe));
        List<String> lines = outcome.out().lines().toList();
        Table.row(
                "records 2 (J30)",
                "firstspike log cat out.fslog | head -1",
                "one line, exit 0, nothing on standard error",
                lines.size() - 1 + " line, exit " + lines.get(lines.size() - 1) + ", "
                        + outcome.err().length() + " characters on standard error",
                outcome.seconds(),
                lines.size() == 2 && lines.get(1).equals("0") && outcome.err().isEmpty());
    }
}
