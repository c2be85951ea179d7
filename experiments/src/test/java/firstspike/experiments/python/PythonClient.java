package firstspike.experiments.python;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.GrpcProvider;
import firstspike.experiments.wire.InstructionParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The clients of {@code examples/python}, run by a Python that has what they import, and the same in Java. */
public final class PythonClient {

    /** Said where there is no such Python. */
    public static final String SKIPPED = "no Python with grpcio and protobuf was found (FIRSTSPIKE_PYTHON names one):"
            + " the Python clients were not tried";

    private static final int PATIENCE_S = 120;

    private final String python;
    private final Path folder;

    private PythonClient(String python, Path folder) {
        this.python = python;
        this.folder = folder;
    }

    /**
     * Looks for a Python.
     *
     * @param root of the source tree
     * @return empty when none has the modules
     */
    public static Optional<PythonClient> find(Path root) throws IOException, InterruptedException {
        Path folder = root.resolve("examples/python").toAbsolutePath().normalize();
        for (String candidate : Stream.of(System.getenv("FIRSTSPIKE_PYTHON"), "python3", "/usr/bin/python3")
                .filter(name -> name != null && !name.isBlank())
                .toList()) {
            if (succeeds(candidate, "-c", "import grpc, google.protobuf")) {
                return Optional.of(new PythonClient(candidate, folder));
            }
        }
        return Optional.empty();
    }

    /** Whether message classes can be generated: by grpcio-tools, or by a protoc on the PATH. */
    public boolean generates() throws IOException, InterruptedException {
        return succeeds(python, "-c", "import grpc_tools.protoc") || succeeds("protoc", "--version");
    }

    private static boolean succeeds(String... line) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the programs of the examples lie. */
    public Path program(String name) {
        return folder.resolve("programs").resolve(name);
    }

    /**
     * Runs a client.
     *
     * @param script name of its file
     * @param port of a server on this machine
     * @param out takes the spikes
     * @param further arguments
     * @return lines {@code label,chip_time,fpga_time}
     */
    public List<String> run(String script, int port, Path out, String... further)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                python, folder.resolve(script).toString(), "--target", "127.0.0.1:" + port, "--out", out.toString()));
        line.addAll(List.of(further));
        Path said = Path.of(out + ".said");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", line) + " failed: " + Files.readString(said));
        }
        return Files.readAllLines(out).stream().skip(1).toList();
    }

    /** The same programs through the Java client, as the same lines. */
    public static List<String> java(int port, PlaybackProgram setup, PlaybackProgram program) {
        TargetUri target = TargetUri.parse("grpc://127.0.0.1:" + port);
        try (ChipSource source = new GrpcProvider().source(target, LinkOptions.defaults());
                ChipLink chip = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            chip.run(setup, RunOptions.forSetup());
            SpikeColumns spikes = chip.run(program, RunOptions.defaults()).spikes();
            return IntStream.range(0, spikes.size())
                    .mapToObj(i -> spikes.label(i) + "," + spikes.chipTime(i) + "," + spikes.fpgaTime(i))
                    .toList();
        }
    }

    /** A program of the examples, read by the command line's own parser. */
    public static PlaybackProgram read(Path text) throws IOException {
        InstructionParser parser = new InstructionParser(text.toString());
        List<String> lines = Files.readAllLines(text);
        return PlaybackProgram.ofWords(IntStream.range(0, lines.size())
                .mapToObj(i -> parser.word(lines.get(i), i + 1))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray());
    }
}
