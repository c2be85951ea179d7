package firstspike.driver.hostarq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The chip vendor's own host software as a program, to hold an FPGA endpoint against. The folder that the system property
 * {@code firstspike.original} names holds {@code original-client}, which links that software, and the daemon that it starts
 * ({@code hostarq_daemon_fcp}); docs/behaviours says what the client does.
 */
public final class OriginalHostStack {

    private static final long LONGEST_SECONDS = 60;

    private final Path folder;

    private OriginalHostStack(Path folder) {
        this.folder = folder;
    }

    /** The software of the folder, or the test is skipped. */
    public static OriginalHostStack orSkip() {
        String name = System.getProperty("firstspike.original", "");
        Assumptions.assumeFalse(
                name.isEmpty(), "-Dfirstspike.original names no folder with the vendor's host software");
        Path folder = Path.of(System.getProperty("firstspike.root", "")).resolve(name);
        if (!Files.isExecutable(folder.resolve("original-client"))) {
            throw new IllegalStateException("no original-client in " + folder);
        }
        return new OriginalHostStack(folder);
    }

    /**
     * What a run of the client said.
     *
     * @param exit 0 when all was as expected
     * @param lines of both streams
     */
    public record Outcome(int exit, List<String> lines) {

        /**
         * @param key first word of a line
         * @return the rest of that line
         */
        public String value(String key) {
            return lines.stream()
                    .filter(line -> line.startsWith(key + " "))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line '" + key + "' in " + lines));
        }
    }

    /**
     * Sends frames to be echoed and compares what comes back.
     *
     * @param dataPort on loopback
     * @param resetPort on loopback
     * @param frames to send
     * @param words of each
     * @return what the client said
     */
    public Outcome echo(int dataPort, int resetPort, int frames, int words) throws IOException, InterruptedException {
        return run("echo", dataPort, resetPort, Integer.toString(frames), Integer.toString(words));
    }

    /**
     * Runs reset, waits, loopback ticks, one read of the playback timer, a barrier and a halt.
     *
     * @param dataPort on loopback
     * @param resetPort on loopback
     * @param ticks how many loopback ticks
     * @return what the client said
     */
    public Outcome program(int dataPort, int resetPort, int ticks) throws IOException, InterruptedException {
        return run("program", dataPort, resetPort, Integer.toString(ticks));
    }

    private Outcome run(String verb, int dataPort, int resetPort, String... rest)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("original-client").toString(),
                verb,
                "127.0.0.1",
                Integer.toString(dataPort),
                Integer.toString(resetPort)));
        command.addAll(List.of(rest));
        Path output = Files.createTempFile("original-client", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
        Process client = builder.start();
        try {
            if (!client.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the client did not end: " + Files.readAllLines(output));
            }
            return new Outcome(client.exitValue(), Files.readAllLines(output));
        } finally {
            client.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }
}
