package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstspike.runtime.recording.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed program as a shell sees it: exit codes, odd surroundings, an install location that nobody would choose. */
@Tag("acceptance")
class Records02CommandLineIT {

    private static final String LINE = "records 2";

    /** A training of a moment, on exact arithmetic. */
    private static final List<String> SMALL = List.of(
            "train",
            "yin-yang-software",
            "--quiet",
            "--set",
            "training.epochs=1",
            "--set",
            "dataset.train_size=40",
            "--set",
            "dataset.validation_size=10",
            "--set",
            "dataset.test_size=10",
            "--set",
            "report.figures=[]");

    private static void row(String command, int wanted, int actual, double seconds) {
        Table.row(LINE, command, "exit " + wanted, "exit " + actual, seconds, actual == wanted);
    }

    private static String[] small(String... more) {
        List<String> words = new ArrayList<>(SMALL);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest(name = "J43 exit {0}: firstspike {1}")
    @DisplayName("J43 exit codes of the built launcher are those of the table")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | experiments",
                "2 | trian yin-yang",
                "3 | config check yin-yang-software --set training.epochs=-1",
                "4 | targets lease grpc://127.0.0.1:1 --connect-patience 50ms",
                "6 | eval nothing",
                "7 | train yin-yang --target emu:varied?seed=1",
                "9 | calibrate verify --target ideal:"
            })
    void exits(int exit, String line) {
        Program.Outcome outcome = Program.run(line.split(" "));

        assertThat(outcome.err()).doesNotContain("\tat ");
        row("firstspike " + line, exit, outcome.exit(), outcome.seconds());
    }

    @Test
    @DisplayName("J43 a false requirement exits 1")
    void requirement() {
        Program.Outcome outcome = Program.run(small("--set", "require=[test/accuracy > 1]"));

        row("firstspike train … --set require=…", 1, outcome.exit(), outcome.seconds());
    }

    @Test
    @DisplayName("J43 J17 a result with lost events exits 5")
    void falsified() {
        Program.Outcome outcome = Program.run(
                "train",
                "yin-yang",
                "--target",
                "emu:varied?seed=1&mismatch=residual&event_loss=0.01",
                "--set",
                "training.epochs=1",
                "--set",
                "dataset.train_size=40",
                "--set",
                "dataset.validation_size=0",
                "--set",
                "dataset.test_size=10",
                "--set",
                "report.figures=[]",
                "--set",
                "chip.retries=0");

        assertThat(outcome.err()).contains("events.dropped.link=");
        row("firstspike train … --target emu:…&event_loss=0.01", 5, outcome.exit(), outcome.seconds());
    }

    @Test
    @DisplayName("J43 a run that another process owns exits 8")
    void busy() {
        Path run = Path.of(
                Program.run(small("--json")).succeeded().json().at("/run/path").asText());
        try (RunFolder owner = RunFolder.open(run)) {
            Program.Outcome outcome = Program.run("resume", owner.path().toString());
            assertThat(outcome.err()).contains("pid " + ProcessHandle.current().pid());
            row("firstspike resume RUN (owned)", 8, outcome.exit(), outcome.seconds());
        }
    }

    @Test
    @DisplayName("J43 without a Java the launcher exits 70 and says so")
    void noJava() {
        Program.Outcome outcome = Program.run(Map.of("FIRSTSPIKE_JAVA", "/nowhere/java"), "experiments");

        assertThat(outcome.err()).contains("no Java");
        row("FIRSTSPIKE_JAVA=/nowhere/java firstspike experiments", 70, outcome.exit(), outcome.seconds());
    }

    @ParameterizedTest(name = "J43 SIG{0} exits {1}")
    @DisplayName("J43 signals exit 130 and 143")
    @CsvSource({"INT, 130", "TERM, 143"})
    void signals(String signal, int exit) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path err = Files.createTempFile(Program.folder("output"), "emulate", ".err");
        Process server = Program.start(err, "emulate", "--listen", "127.0.0.1:0", "--json");
        try {
            assertThat(server.inputReader().readLine()).contains("firstspike.server/1");
            new ProcessBuilder("kill", "-" + signal, String.valueOf(server.pid()))
                    .start()
                    .waitFor();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            row("kill -" + signal + " of emulate", exit, server.exitValue(), (System.nanoTime() - begin) / 1e9);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    @DisplayName(
            "J56 J55 an install location and folders with blanks and other alphabets, a terminal of width 40, no input")
    void oddSurroundings() throws IOException {
        Path home = copy(
                Program.root().resolve("experiments/target/dist"),
                Program.folder("odd").resolve("Läufe & mehr ☂ " + System.nanoTime()));
        List<String> line =
                new ArrayList<>(List.of("sh", home.resolve("bin/firstspike").toString()));
        line.addAll(SMALL);
        line.addAll(List.of("--runs", home.resolve("meine läufe").toString()));
        Program.Outcome outcome =
                Program.execute("firstspike train …", home, Map.of("COLUMNS", "40", "TERM", "dumb"), line);

        assertThat(outcome.err()).doesNotContain("\tat ");
        row("train in a folder with blanks and ☂, COLUMNS=40", 0, outcome.exit(), outcome.seconds());
        assertThat(home.resolve("share/man/man1/firstspike-train.1")).isNotEmptyFile();
        archive(home);
    }

    /** With and without the class-data archive the same is printed. */
    private static void archive(Path home) {
        List<String> line = List.of("sh", home.resolve("bin/firstspike").toString(), "experiments");
        Program.Outcome before = Program.execute("firstspike experiments", home, Map.of(), line);
        Program.Outcome made = Program.execute(
                "firstspike self archive",
                home,
                Map.of(),
                List.of("sh", home.resolve("bin/firstspike").toString(), "self", "archive", "--json"));
        assertThat(made.succeeded().json().path("schema").asText()).isEqualTo("firstspike.archive/1");
        Program.Outcome after = Program.execute("firstspike experiments", home, Map.of(), line);
        assertThat(after.err()).isEmpty();
        Table.row(
                LINE,
                "firstspike self archive",
                "the same output",
                String.format(
                        java.util.Locale.ROOT, "start %.2f s before, %.2f s after", before.seconds(), after.seconds()),
                made.seconds(),
                after.exit() == 0 && after.out().equals(before.out()));
    }

    @Test
    @DisplayName("J55 J30 a reader that goes away after a line ends a command with 0 and without a word")
    void brokenPipe() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0,
                "no bash was found: pipes that break were not tried");
        Path firstspike = Program.root().resolve("experiments/target/dist/bin/firstspike");
        for (String command : List.of("experiments --details yin-yang", "completion bash", "config show yin-yang")) {
            Program.Outcome outcome = Program.execute(
                    command + " | head -1",
                    Program.root(),
                    Map.of(),
                    List.of("bash", "-c", "sh '" + firstspike + "' " + command + " | head -1; exit ${PIPESTATUS[0]}"));
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines()).hasSize(1);
            row("firstspike " + command + " | head -1", 0, outcome.exit(), outcome.seconds());
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }

    @Test
    @DisplayName("J57 U17 a sweep that is asked to stop and goes on computes no point twice")
    void sweepInterrupted() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path folder = Files.createDirectories(Program.folder("sweep-" + System.nanoTime()));
        Path file = Files.writeString(folder.resolve("sizes.yaml"), """
                base: yin-yang-software
                parallel: 2
                vary:
                  - {key: training.batch_size, values: [20, 40, 60, 80, 100, 0]}
                  - {key: training.optimizer.learning_rate, values: [0.005, 0.01]}
                """);
        List<String> words = new ArrayList<>(List.of("sweep", file.toString(), "--runs", folder.toString()));
        for (String set : List.of(
                "training.epochs=10",
                "dataset.train_size=1000",
                "dataset.validation_size=100",
                "dataset.test_size=100",
                "report.figures=[]")) {
            words.addAll(List.of("--set", set));
        }
        Program.Outcome whole = Program.run(words.toArray(String[]::new));
        Path straight = only(folder.resolve("sweeps"));
        Process process = Program.start(
                Files.createTempFile(Program.folder("output"), "sweep", ".err"), words.toArray(String[]::new));
        try {
            Path stopped = awaitPoints(folder, straight, process);
            process.toHandle().destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            int signalled = process.exitValue();
            Program.Outcome resumed = Program.run("sweep", "--resume", stopped.toString());
            List<String> points = points(stopped);
            boolean same = Arrays.equals(
                    Files.readAllBytes(straight.resolve("results.csv")),
                    Files.readAllBytes(stopped.resolve("results.csv")));
            Table.row(
                    LINE,
                    "sweep of 12 points, 2 invalid; SIGTERM after 5; sweep --resume",
                    "exit 1, 143, 1; 10 run folders; the same table",
                    "exit " + whole.exit() + ", " + signalled + ", " + resumed.exit() + "; " + points.size()
                            + " run folders; " + (same ? "the same table" : "ANOTHER table"),
                    (System.nanoTime() - begin) / 1e9,
                    whole.exit() == 1
                            && signalled == 143
                            && resumed.exit() == 1
                            && points.size() == 10
                            && points.stream().distinct().count() == 10
                            && same);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path awaitPoints(Path folder, Path other, Process process) throws IOException {
        while (process.isAlive()) {
            try (Stream<Path> sweeps = Files.list(folder.resolve("sweeps"))) {
                for (Path sweep : sweeps.filter(path -> !path.equals(other)).toList()) {
                    if (Files.isDirectory(sweep.resolve("runs"))
                            && points(sweep).size() > 5) {
                        return sweep;
                    }
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the sweep ended before it could be stopped");
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findFirst().orElseThrow();
        }
    }

    private static List<String> points(Path sweep) throws IOException {
        try (Stream<Path> runs = Files.list(sweep.resolve("runs"))) {
            return runs.map(run -> run.getFileName().toString().substring(0, "point-0000".length()))
                    .toList();
        }
    }
}
