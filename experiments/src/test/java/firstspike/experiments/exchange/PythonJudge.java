package firstspike.experiments.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python with the readers of others, which judges files that we wrote. {@code FIRSTSPIKE_PYTHON} names one; its
 * {@code PYTHONPATH} is that of the test.
 */
public final class PythonJudge {

    private final String python;

    private PythonJudge(String python) {
        this.python = python;
    }

    /**
     * @param modules that must be there
     * @return empty when no Python has them
     */
    public static Optional<PythonJudge> with(String... modules) throws IOException, InterruptedException {
        for (String candidate : Stream.of(System.getenv("FIRSTSPIKE_PYTHON"), "python3", "/usr/bin/python3")
                .filter(name -> name != null && !name.isBlank())
                .toList()) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import " + String.join(", ", modules))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(new PythonJudge(candidate));
                }
            } catch (IOException e) {
                // not there: the next one
            }
        }
        return Optional.empty();
    }

    /**
     * Said where there is none.
     *
     * @param modules that were wanted
     * @param what was not judged
     * @return a sentence
     */
    public static String skipped(String modules, String what) {
        return "no Python with " + modules + " was found (FIRSTSPIKE_PYTHON names one, PYTHONPATH its libraries): "
                + what + " was not judged by another reader";
    }

    /**
     * Runs a script of the test resources.
     *
     * @param script name below {@code /judge}
     * @param arguments of it
     * @return lines of its standard output
     */
    public List<String> run(String script, Object... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("judge", ".txt");
        Path err = Files.createTempFile("judge", ".txt");
        Path code = Files.createTempFile("judge", ".py");
        try {
            try (var in = PythonJudge.class.getResourceAsStream("/judge/" + script)) {
                Files.write(code, in.readAllBytes());
            }
            List<String> line = new ArrayList<>(List.of(python, code.toString()));
            for (Object argument : arguments) {
                line.add(String.valueOf(argument));
            }
            int exit = new ProcessBuilder(line)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError(script + " exited " + exit + ": " + Files.readString(err));
            }
            return Files.readAllLines(out);
        } finally {
            for (Path file : List.of(out, err, code)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
