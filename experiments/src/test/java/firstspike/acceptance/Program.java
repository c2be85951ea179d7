package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packed program, started as a process of its own; its runs lie in a folder of this build. */
final class Program {

    /** A build in the background of a shell ignores interrupts, and so would everything that it starts. */
    private static final List<String> RESTORE_INTERRUPT = List.of("env", "--default-signal=INT");

    private static final boolean CAN_RESTORE_SIGNALS = canRestoreSignals();

    private Program() {}

    private static boolean canRestoreSignals() {
        List<String> line = new ArrayList<>(RESTORE_INTERRUPT);
        line.add("true");
        try {
            return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a finished process left: exit code, standard output, standard error, seconds. */
    record Outcome(String command, int exit, String out, String err, double seconds) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(command + " printed no JSON: " + out + err, e);
            }
        }

        Outcome succeeded() {
            if (exit != 0) {
                throw new AssertionError(command + " exited " + exit + ":\n" + out + err);
            }
            return this;
        }
    }

    /** Root of the source tree. */
    static Path root() {
        return Path.of(System.getProperty("firstspike.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** A folder of this build for a test. */
    static Path folder(String name) {
        try {
            return Files.createDirectories(
                    root().resolve("experiments/target/acceptance").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path runs() {
        return folder("runs");
    }

    /** Store of the calibrations of this build. */
    static Path calibrations() {
        return folder("calibrations");
    }

    private static Map<String, String> folders() {
        return Map.of(
                "FIRSTSPIKE_RUNS", runs().toString(),
                "FIRSTSPIKE_CALIBRATIONS", calibrations().toString());
    }

    private static List<String> commandLine(String... arguments) {
        List<String> line = new ArrayList<>();
        if (CAN_RESTORE_SIGNALS) {
            line.addAll(RESTORE_INTERRUPT);
        }
        line.add("sh");
        line.add(root().resolve("experiments/target/dist/bin/firstspike").toString());
        line.addAll(List.of(arguments));
        return line;
    }

    /** Starts a command; its runs go to {@link #runs()}. */
    static Process start(Path err, String... arguments) throws IOException {
        return start(err, Map.of(), arguments);
    }

    /** Starts a command with more in its environment. */
    static Process start(Path err, Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(arguments)).redirectError(err.toFile());
        builder.environment().putAll(folders());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs a command to its end. */
    static Outcome run(String... arguments) {
        return execute("firstspike " + String.join(" ", arguments), root(), folders(), commandLine(arguments));
    }

    /** Runs a command with more in its environment to its end. */
    static Outcome run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FIRSTSPIKE_RUNS", runs().toString());
        return execute("firstspike " + String.join(" ", arguments), root(), all, commandLine(arguments));
    }

    /** Trains with {@code --json} and gives the result object. */
    static JsonNode train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--json", "--quiet"));
        return run(all.toArray(String[]::new)).succeeded().json();
    }

    /** Runs any process to its end. */
    static Outcome execute(String shown, Path where, Map<String, String> environment, List<String> line) {
        try {
            Path out = Files.createTempFile(folder("output"), "out", ".txt");
            Path err = Files.createTempFile(folder("output"), "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(where.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            int exit = builder.start().waitFor();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Outcome(shown, exit, Files.readString(out), Files.readString(err), seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + shown, e);
        }
    }
}
