package firstspike.acceptance;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program that fills the playback memory needs of a heap; the limit is that of the process. */
@Tag("acceptance")
class LargeProgramIT {

    /** Ticks and labels of two million spikes. */
    private static final int LIST_MIB = 20;

    @Test
    @DisplayName("W145 a program of 4,194,304 words is encoded within 128 MiB beyond its spikes")
    void encoding() throws URISyntaxException {
        row("encode " + LIST_MIB + " MiB of spikes", "-Xmx" + (128 + LIST_MIB) + "m", "4194304 words, 23302 frames");
    }

    @Test
    @DisplayName("W145 a program of 4,194,304 words is encoded, sent and its answers decoded in a heap of 512 MiB")
    void run() throws Exception {
        try (Served fpga = Served.fpga("nominal?seed=7")) {
            row("run on an emulated FPGA", "-Xmx512m", "4194304 words, 2097152 answers", fpga.fpgaTarget());
        }
    }

    private static void row(String what, String heap, String expected, String... arguments) throws URISyntaxException {
        Path tests = Path.of(LargeProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                Program.root().resolve("experiments/target/dist/lib") + "/*" + System.getProperty("path.separator")
                        + tests,
                LargeProgram.class.getName()));
        line.addAll(List.of(arguments));
        Program.Outcome outcome = Program.execute("java " + heap + ": " + what, Program.root(), Map.of(), line);
        Table.row(
                0,
                outcome.command(),
                expected,
                outcome.exit() == 0
                        ? outcome.out().strip()
                        : "exit " + outcome.exit() + ": " + outcome.err().strip(),
                outcome.seconds(),
                outcome.exit() == 0 && outcome.out().strip().equals(expected));
    }
}
