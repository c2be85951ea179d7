package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.plot.PictureFiles;
import firstspike.experiments.results.Browser;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are there, and what the commands show of them. */
class ResultsCommandsTest {

    private static final Pattern ROW = Pattern.compile("<tr><td>([^<]*)</td><td>([^<]*)</td>(?:<td>[^<]*</td>)?</tr>");
    private static final Pattern FACT = Pattern.compile("<dt>([^<]*)</dt><dd>([^<]*)</dd>");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:[eE]-?[0-9]+)?");

    @TempDir
    static Path shared;

    private static Cli trained;
    private static Cli.Said said;
    private static Path run;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        trained = new Cli(shared.resolve("runs"));
        said = trained.train("--set", "report.figures=all");
        assertThat(said.exit()).as(said.err()).isZero();
        run = only(trained.runs());
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.findFirst().orElseThrow();
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    @DisplayName("J22 every number of the report and of the final block is the one of run.json, digit by digit")
    void numbers() throws IOException {
        String file = Files.readString(run.resolve("run.json"));
        JsonNode record = json(file);
        String page = Files.readString(run.resolve("report.html"));
        Map<String, String> rows = matches(ROW, page);
        Map<String, String> facts = matches(FACT, page);

        assertThat(record.path("result").size()).isEqualTo(9);
        record.path("result").properties().forEach(metric -> {
            assertThat(rows).containsEntry(metric.getKey(), metric.getValue().asText());
            assertThat(said.out().lines().map(line -> line.replaceAll(" +", " ")))
                    .contains(metric.getKey() + " " + metric.getValue().asText());
        });
        JsonNode counters = record.path("health").path("counters");
        assertThat(counters.size()).isGreaterThan(8);
        counters.properties().forEach(counter -> assertThat(rows)
                .containsEntry(counter.getKey(), counter.getValue().asText()));
        // whatever number stands in a row or a fact, stands in the file
        List<String> known = new ArrayList<>();
        Matcher numbers = NUMBER.matcher(file);
        while (numbers.find()) {
            known.add(numbers.group());
        }
        List<String> shown = new ArrayList<>(rows.values());
        shown.addAll(facts.values());
        for (String text : shown) {
            Matcher one = NUMBER.matcher(text);
            while (one.find()) {
                assertThat(known).as(text).contains(one.group());
            }
        }
        assertThat(said.out())
                .contains(record.path("wall_s").asText() + " s wall, "
                        + record.path("chip_s").asText() + " s chip")
                .contains("health: " + record.path("health").path("verdict").asText());
        assertThat(facts.get("time")).startsWith(record.path("wall_s").asText() + " s wall");
    }

    private static Map<String, String> matches(Pattern pattern, String page) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(page);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    @Test
    @DisplayName(
            "J22 run.json has every key, the machine, the data, the files with their hashes, and nobody's lock at the end")
    void record() throws IOException {
        JsonNode record = json(Files.readString(run.resolve("run.json")));

        for (String key : List.of(
                "run_id",
                "state",
                "verdict",
                "created",
                "updated",
                "finished",
                "command",
                "target",
                "fidelity",
                "chip_id",
                "config_sha256",
                "seeds",
                "epoch",
                "epochs_total",
                "result",
                "files",
                "data_sha256",
                "product_version",
                "commit",
                "environment",
                "health",
                "missing",
                "wall_s",
                "chip_s")) {
            assertThat(record.path(key).isNull() || record.path(key).isMissingNode())
                    .as(key)
                    .isFalse();
        }
        for (String key :
                List.of("parent_run", "resumed_from_epoch", "calibration_id", "calibration_age_s", "error", "lock")) {
            assertThat(record.has(key) && record.path(key).isNull()).as(key).isTrue();
        }
        assertThat(record.path("files").has("report.html")).isTrue();
        assertThat(record.path("files").path("report.html").path("bytes").asLong())
                .isEqualTo(Files.size(run.resolve("report.html")));
        assertThat(record.path("data_sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(record.path("environment").path("cores").asInt()).isPositive();
    }

    @Test
    @DisplayName(
            "U3 a report again is the same file, or goes where it is told; a figure is drawn from the folder alone")
    void reportAndPlot() throws IOException {
        byte[] before = Files.readAllBytes(run.resolve("report.html"));
        assertThat(trained.run("report", "@last").exit()).isZero();
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(before);

        Path out = folder.resolve("page.html");
        Cli.Said json = trained.run("report", run.toString(), "--out", out.toString(), "--json");
        assertThat(json(json.out()).path("schema").asText()).isEqualTo("firstspike.report/1");
        assertThat(Files.readAllBytes(out)).isEqualTo(before);
        assertThat(trained.run("report", "@last", "--out", out.toString()).exit())
                .isEqualTo(6);
        assertThat(trained.run("report", "@last", "--out", out.toString(), "--force")
                        .exit())
                .isZero();

        Path figure = folder.resolve("yy.svg");
        assertThat(trained.run("plot", "@last", "decision_map", "--out", figure.toString())
                        .exit())
                .isZero();
        assertThat(figure).hasSameTextualContentAs(run.resolve("figures/decision_map.svg"));
    }

    @Test
    @DisplayName("U3 a picture has the size that was asked for")
    void drawsInTheSizeAskedFor() throws IOException {
        PictureFiles.assumePng();
        Path sized = folder.resolve("answers.png");

        assertThat(trained.run("plot", "@last", "confusion_test", "--out", sized.toString(), "--size", "500x400")
                        .exit())
                .isZero();
        assertThat(javax.imageio.ImageIO.read(sized.toFile()).getWidth()).isEqualTo(500);
    }

    @Test
    @DisplayName("U3 a figure that there is not is a wrong command line with the list; one that was not drawn says so")
    void noSuchFigure() {
        Cli.Said wrong = trained.run("plot", "@last", "decision_mab");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("did you mean decision_map?", "confusion_test");
        assertThat(trained.run("plot", "@last", "weights", "--out", "x.pdf").exit())
                .isEqualTo(2);
        assertThat(trained.run("plot", "@last", "weights", "--size", "9x9").exit())
                .isEqualTo(2);
        Cli.Said none = trained.run(
                "plot", "@last", "chip", "--out", folder.resolve("c.svg").toString());
        assertThat(none.exit()).isEqualTo(6);
        assertThat(none.err()).contains("figure chip");
        assertThat(trained.run("report", "no-such-run").exit()).isEqualTo(6);
    }

    @Test
    @DisplayName(
            "U3 U26 a run that was killed is interrupted: the report says at which epoch, the list finds it, prune takes it")
    void interrupted() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));
        Path killed = copy(run, cli.runs().resolve(run.getFileName() + "x"));
        Files.delete(killed.resolve("report.html"));
        firstspike.runtime.recording.RunRecord record = RunFolder.record(killed);
        record.state(RunState.RUNNING)
                .set("epochs_total", 200)
                .set("result", null)
                .set("files", null)
                .set("health", null);
        Files.writeString(killed.resolve("run.json"), record.json());

        assertThat(cli.run("report", "@last").exit()).isZero();
        assertThat(Files.readString(killed.resolve("report.html")))
                .contains("interrupted at epoch 2 of 200; resume with: firstspike resume " + killed.getFileName());
        assertThat(cli.run("runs", "list", "--state", "interrupted").out())
                .contains(killed.getFileName().toString(), "interrupted");
        assertThat(cli.run("runs", "list", "--state", "done").out()).contains("no runs");
        Cli.Said watched = cli.run("watch", "@last");
        assertThat(watched.exit()).isZero();
        assertThat(watched.out()).contains("interrupted at epoch 2", "epoch 1/200");

        Cli.Said dry = cli.run("runs", "prune", "--state", "interrupted", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out()).contains("goes", "1 would go");
        assertThat(killed).exists();
        assertThat(cli.run("runs", "prune", "--older-than", "1d", "--state", "interrupted")
                        .out())
                .contains("no run is meant");
        Path outside = Files.writeString(folder.resolve("outside"), "stays");
        Files.createSymbolicLink(killed.resolve("link"), folder);
        assertThat(cli.run("runs", "prune", "--state", "interrupted").exit()).isZero();
        assertThat(killed).doesNotExist();
        assertThat(outside).exists();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.sorted(Comparator.naturalOrder()).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }

    @Test
    @DisplayName("U26 a run that is owned is never removed, the best of an experiment stays, and nothing goes unasked")
    void prune() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));
        Path worse = copy(run, cli.runs().resolve("a-worse"));
        Path best = copy(run, cli.runs().resolve("b-best"));
        Path owned = copy(run, cli.runs().resolve("c-owned"));
        result(worse, 0.5);
        result(best, 0.9);
        result(owned, 0.4);

        assertThat(cli.run("runs", "prune").exit()).isEqualTo(2);
        assertThat(cli.run("runs", "prune", "--state", "dead").exit()).isEqualTo(2);
        assertThat(cli.run("runs", "prune", "--state", "done", "--keep", "all").out())
                .contains("0 removed");
        try (RunFolder owner = RunFolder.open(owned)) {
            Cli.Said pruned = cli.run("runs", "prune", "--state", "done", "--json");
            assertThat(pruned.exit()).isEqualTo(8);
            JsonNode tree = json(pruned.out());
            assertThat(tree.path("schema").asText()).isEqualTo("firstspike.prune/1");
            assertThat(tree.path("refused").has("c-owned")).isTrue();
            assertThat(pruned.err()).contains("c-owned", "owns it");
            assertThat(owner.path()).exists();
        }
        assertThat(worse).doesNotExist();
        assertThat(best).exists();
        assertThat(cli.run("runs", "prune", "--state", "done", "--keep", "last").exit())
                .isZero();
        assertThat(best).doesNotExist();
        assertThat(owned).exists();
    }

    private static void result(Path run, double accuracy) throws IOException {
        firstspike.runtime.recording.RunRecord record = RunFolder.record(run);
        record.set("result", Map.of("test/accuracy", accuracy));
        Files.writeString(run.resolve("run.json"), record.json());
    }

    @Test
    @DisplayName("U16 compare shows what differs and what came out, and that one run a side cannot tell")
    void compare() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));
        assertThat(cli.train("--seed", "4", "--name", "first").exit()).isZero();
        Path first = only(cli.runs());
        assertThat(cli.train("--seed", "5", "--name", "second").exit()).isZero();
        assertThat(cli.train(
                                "--seed",
                                "6",
                                "--name",
                                "third",
                                "--set",
                                "training.batch_size=75",
                                "--set",
                                "dataset.train_size=150")
                        .exit())
                .isZero();

        Cli.Said seeds = cli.run("compare", "first", "second", "--json");
        assertThat(seeds.exit()).as(seeds.err()).isZero();
        JsonNode tree = json(seeds.out());
        assertThat(tree.fieldNames().next()).isEqualTo("schema");
        assertThat(tree.path("within_seed_spread").isNull()).isTrue();
        assertThat(tree.path("groups").size()).isEqualTo(1);
        assertThat(tree.path("metrics").path("test/accuracy").get(0).asText())
                .isEqualTo(
                        RunFolder.record(first).get("result") instanceof Map<?, ?> result
                                ? String.valueOf(result.get("test/accuracy"))
                                : "");
        assertThat(tree.path("differing").has("training.seeds.weights_and_batches")
                        || tree.path("differing").toString().contains("training.seeds."))
                .isTrue();

        Path out = folder.resolve("both.html");
        Cli.Said page = cli.run("compare", "first", "third", "--out", out.toString());
        assertThat(page.exit()).as(page.err()).isZero();
        assertThat(page.out().lines().findFirst().orElseThrow()).contains("did not see the same data");
        assertThat(page.out()).contains("training.batch_size", "150", "75", "one run a side cannot tell");
        assertThat(Files.readString(out)).contains("Comparison of 2 runs", "training.batch_size");
        assertThat(Files.readString(folder.resolve("compare.svg"))).startsWith("<svg");
        assertThat(Files.readAllLines(folder.resolve("compare.csv"))).hasSize(3);
        assertThat(cli.run("compare", "first", "third", "--out", out.toString()).exit())
                .isEqualTo(6);
        assertThat(cli.run("compare", "first").exit()).isEqualTo(2);
        assertThat(cli.run("compare", "first", "third", "--metric", "test/beauty")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("J24 a run without epochs and without samples has a whole report that says so")
    void empty() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));
        assertThat(cli.train(
                                "--set", "training.epochs=0",
                                "--set", "dataset.train_size=0",
                                "--set", "dataset.validation_size=0",
                                "--set", "dataset.test_size=0",
                                "--set", "report.figures=[raster, confusion_test, output_times, health, weights]")
                        .exit())
                .isZero();
        String page = Files.readString(only(cli.runs()).resolve("report.html"));
        assertThat(page).contains("done, epoch 0 of 0", "no data: there were no test samples", ">no data</text>");
        assertThat(page).doesNotContain("NaN", "Infinity");
        assertThat(cli.run(
                                "plot",
                                "@last",
                                "raster",
                                "--out",
                                folder.resolve("r.svg").toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(folder.resolve("r.svg"))).contains("no data");
        assertThat(cli.run("compare", "@last", "@last").exit()).isZero();
    }

    @Test
    @DisplayName("U3 a browser shows the report without a message on its console and with all its pictures")
    void inABrowser() throws Exception {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), Browser.NONE);

        Browser.Seen seen =
                browser.get().load(run.resolve("report.html").toUri().toString(), folder);

        assertThat(seen.console()).isEmpty();
        assertThat(seen.dom().split("<svg ", -1)).hasSizeGreaterThan(12);
        assertThat(seen.dom().split("role=\"img\"", -1))
                .hasSameSizeAs(seen.dom().split("<svg ", -1));
        assertThat(seen.dom()).doesNotContain("<script", "NaN");
    }
}
