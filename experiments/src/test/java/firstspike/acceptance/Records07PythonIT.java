package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.experiments.python.PythonClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python clients against {@code firstspike emulate}: the spikes of a network of two layers, and of background sources. */
@Tag("acceptance")
class Records07PythonIT {

    private static final Path PROGRAMS = Program.root().resolve("chip-emulator/src/test/resources/programs");

    @ParameterizedTest(name = "J39 {0} reads the spikes of the Java client")
    @ValueSource(strings = {"reflection.py", "generated.py"})
    @DisplayName("J39 Python clients read the spikes of the Java client")
    void sameSpikes(String script) throws IOException, InterruptedException {
        Optional<PythonClient> found = PythonClient.find(Program.root());
        assumeTrue(found.isPresent(), PythonClient.SKIPPED);
        PythonClient python = found.get();
        assumeTrue(
                script.equals("reflection.py") || python.generates(),
                "neither grpcio-tools nor protoc is there: the generated client was not tried");
        long begin = System.nanoTime();
        Path setup = PROGRAMS.resolve("setup.words.gz");
        Path batch = PROGRAMS.resolve("batch.words.gz");
        try (Served server = Served.emulator(512, "nominal?seed=1")) {
            int port = server.ready().get("port").asInt();
            List<String> network = python.run(
                    script, port, out("network"), "--setup", setup.toString(), "--program", batch.toString());
            List<String> background = python.run(script, port, out("background"));
            boolean equal = network.equals(PythonClient.java(port, words(setup), words(batch)))
                    && network.equals(Files.readAllLines(PROGRAMS.resolve("batch.spikes.csv")).stream()
                            .skip(1)
                            .toList())
                    && background.equals(PythonClient.java(
                            port,
                            PythonClient.read(python.program("setup.txt")),
                            PythonClient.read(python.program("background.txt"))));
            Table.row(
                    "records 7",
                    "examples/python/" + script,
                    "the spikes of the Java client",
                    network.size() + " spikes of a network, " + background.size() + " of background sources, "
                            + (equal ? "equal" : "NOT equal"),
                    (System.nanoTime() - begin) / 1e9,
                    equal && !network.isEmpty() && !background.isEmpty());
        }
    }

    private static Path out(String name) {
        return Program.folder("output").resolve(name + ".csv");
    }

    private static PlaybackProgram words(Path packed) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            byte[] bytes = in.readAllBytes();
            long[] words = new long[bytes.length / Long.BYTES];
            ByteBuffer.wrap(bytes).asLongBuffer().get(words);
            return PlaybackProgram.ofWords(words);
        }
    }
}
