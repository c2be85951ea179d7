package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.experiments.exchange.PythonJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files of a run before the readers of others: NumPy, NIR, SONATA, TensorBoard; and a network that goes out and back. */
@Tag("acceptance")
class Records05JudgesIT {

    private static final int EPOCHS = 20;
    private static final String LINE = "records 5";

    private static Path run;
    private static Path folder;

    @BeforeAll
    static void train() {
        JsonNode result = Program.train(
                "yin-yang-software", "--target", "ideal:", "--set", "training.epochs=" + EPOCHS, "--name", "judged");
        run = Path.of(result.path("run").path("path").asText());
        folder = Program.folder("judges");
    }

    @Test
    @DisplayName("J33 numpy.load reads a checkpoint without pickles")
    void numpy() throws IOException, InterruptedException {
        PythonJudge judge = judge("a checkpoint", "numpy");
        long begin = System.nanoTime();
        Path npz = fresh("net.npz");
        Program.run("export", run.toString(), "--format", "npz", "--out", npz.toString(), "--checkpoint", "latest")
                .succeeded();
        List<String> bare = judge.run("npz.py", npz);
        List<String> whole = judge.run("npz.py", run.resolve(String.format("checkpoints/epoch-%05d.npz", EPOCHS)));
        boolean equal = bare.size() == 2 && whole.containsAll(bare);
        Table.row(
                LINE,
                "numpy.load(CHECKPOINT, allow_pickle=False)",
                "the arrays, those of export --format npz among them bit for bit",
                whole.size() + " arrays, weights " + (equal ? "equal" : "NOT equal"),
                seconds(begin),
                equal);
    }

    @Test
    @DisplayName("J32 U19 a NIR round trip predicts the same classes of 1000 samples")
    void nirRoundTrip() throws IOException {
        long begin = System.nanoTime();
        Path net = fresh("net.nir");
        Path experiment = fresh("back.yaml");
        Program.run("export", run.toString(), "--format", "nir", "--out", net.toString())
                .succeeded();
        Program.run("import", "nir", net.toString(), "--out", experiment.toString(), "--force")
                .succeeded();
        Path ours = fresh("ours.csv");
        Path theirs = fresh("theirs.csv");
        Program.run("eval", run.toString(), "--predictions", "--out", ours.toString())
                .succeeded();
        Program.run(
                        "eval",
                        experiment.toString(),
                        "--weights",
                        folder.resolve("back.npz").toString(),
                        "--predictions",
                        "--out",
                        theirs.toString())
                .succeeded();
        List<String> expected = rows(ours);
        boolean equal = expected.size() == 1001 && expected.equals(rows(theirs));
        Table.row(
                LINE,
                "export --format nir; import nir; eval --predictions",
                "the same classes and times of 1000 samples",
                expected.size() - 1 + " samples, " + (equal ? "equal" : "NOT equal"),
                seconds(begin),
                equal);
    }

    @Test
    @DisplayName("J32 the reference reader accepts the NIR graph and its spikes")
    void nirReader() throws IOException, InterruptedException {
        PythonJudge judge = judge("the NIR graph", "nir", "h5py", "numpy");
        long begin = System.nanoTime();
        Path net = fresh("read.nir");
        Path samples = fresh("samples.h5");
        Path npz = fresh("read.npz");
        Program.run(
                        "export",
                        run.toString(),
                        "--format",
                        "nir",
                        "--out",
                        net.toString(),
                        "--samples",
                        samples.toString())
                .succeeded();
        Program.run("export", run.toString(), "--format", "npz", "--out", npz.toString())
                .succeeded();
        List<String> graph = judge.run("graph.py", net, npz, "hidden", "label");
        List<String> data = judge.run("data.py", samples);
        boolean accepted = graph.contains("difference 0.0") && data.equals(List.of("input spikes 1000x6 6 0.18"));
        Table.row(
                LINE,
                "nir.read, nir.read_data",
                "the weights of the run, 1000 samples of 6 channels",
                String.join(", ", graph.subList(graph.size() - 2, graph.size())) + "; " + data,
                seconds(begin),
                accepted);
    }

    @Test
    @DisplayName("J34 U20 TensorBoard's own reader finds a point an epoch and tag")
    void tensorBoard() throws IOException, InterruptedException {
        PythonJudge judge = judge("the event file", "tensorboard.backend.event_processing.event_file_loader");
        long begin = System.nanoTime();
        Path events;
        try (Stream<Path> files = Files.list(run)) {
            events = files.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
                    .findFirst()
                    .orElseThrow();
        }
        List<String[]> tags = judge.run("points.py", events).stream()
                .map(line -> line.split(" "))
                .toList();
        boolean complete = tags.stream()
                .filter(tag -> !tag[0].startsWith("test/") && !tag[0].endsWith("/weight"))
                .allMatch(tag -> Integer.parseInt(tag[1]) == EPOCHS);
        boolean known = tags.stream().anyMatch(tag -> tag[0].equals("validation/accuracy"));
        Table.row(
                LINE,
                "TensorBoard's event file loader",
                EPOCHS + " points a tag",
                tags.size() + " tags, " + (complete ? "each complete" : "NOT complete"),
                seconds(begin),
                complete && known);
    }

    @Test
    @DisplayName("U19 SONATA nodes and the spikes of a recorded training are read by others")
    void sonata() throws IOException, InterruptedException {
        PythonJudge judge = judge("the SONATA files", "h5py", "numpy");
        long begin = System.nanoTime();
        JsonNode result = Program.train(
                "yin-yang",
                "--target",
                "emu:nominal?seed=1",
                "--record",
                "spikes",
                "--name",
                "judged-spikes",
                "--set",
                "training.epochs=1",
                "--set",
                "dataset.train_size=80",
                "--set",
                "dataset.validation_size=40",
                "--set",
                "dataset.test_size=40",
                "--set",
                "report.figures=[]");
        String path = result.path("run").path("path").asText();
        Path out = folder.resolve("sonata");
        Program.run("export", path, "--format", "sonata", "--out", out.toString(), "--force", "--checkpoint", "latest")
                .succeeded();
        List<String> read = judge.run(
                "sonata.py", out.resolve("nodes.h5"), out.resolve("node_types.csv"), out.resolve("spikes.h5"));
        boolean accepted = read.contains("nodes hidden 120")
                && read.stream().anyMatch(line -> line.matches("spikes from_chip [1-9][0-9]* True"))
                && read.stream().anyMatch(line -> line.matches("spikes to_chip [1-9][0-9]* True"));
        Table.row(
                LINE,
                "export --format sonata of a recorded training",
                "nodes and spikes, in the order of time",
                String.join("; ", read),
                seconds(begin),
                accepted);
    }

    private static PythonJudge judge(String what, String... modules) throws IOException, InterruptedException {
        Optional<PythonJudge> judge = PythonJudge.with(modules);
        assumeTrue(judge.isPresent(), PythonJudge.skipped(String.join(" and ", modules), what));
        return judge.get();
    }

    private static Path fresh(String name) {
        Path path = folder.resolve(name);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    private static List<String> rows(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
