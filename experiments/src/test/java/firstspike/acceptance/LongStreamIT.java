package firstspike.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program eight times the playback memory needs of a client's heap when it is streamed over gRPC. */
@Tag("acceptance")
class LongStreamIT {

    private static final String HEAP = "-Xmx96m";

    @Test
    @DisplayName("A program of 33,554,432 words is streamed to a server and its answers back in a heap of 96 MiB")
    void boundedMemory() throws Exception {
        Path tests = Path.of(LongStream.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Served server =
                Served.start("emulate", "emulate", "--listen", "127.0.0.1:0", "--chip", "nominal?seed=7", "--json")) {
            Program.Outcome outcome = Program.execute(
                    "java " + HEAP + ": stream 2^25 words over gRPC",
                    Program.root(),
                    Map.of(),
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            HEAP,
                            "-cp",
                            Program.root().resolve("experiments/target/dist/lib") + "/*"
                                    + System.getProperty("path.separator") + tests,
                            LongStream.class.getName(),
                            server.grpcTarget()));
            String expected = LongStream.WORDS + " words, " + LongStream.WORDS / LongStream.MARKERS + " answers";
            Table.row(
                    "service 0",
                    outcome.command(),
                    expected,
                    outcome.exit() == 0
                            ? outcome.out().strip()
                            : "exit " + outcome.exit() + ": " + outcome.err().strip(),
                    outcome.seconds(),
                    outcome.exit() == 0 && outcome.out().strip().equals(expected));
        }
    }
}
