package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.exchange.PythonJudge;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.exchange.tensorboard.EventFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out to other programs and comes in from them, as a user does it; one short training is shared. */
class ExchangeCommandsTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Cli cli;
    private static Path run;

    @BeforeAll
    static void trainOnce() throws IOException {
        cli = new Cli(shared.resolve("runs"));
        cli.train("--set", "dataset.test_size=1000");
        run = only(shared.resolve("runs"));
    }

    @Test
    @DisplayName("J32 a network that went out as NIR and came back predicts the same classes of 1000 samples")
    void nirRoundTrip() throws IOException {
        Path net = folder.resolve("net.nir");
        Path experiment = folder.resolve("exp.yaml");
        assertThat(cli.run("export", "@last", "--format", "nir", "--out", net.toString())
                        .exit())
                .isZero();
        Cli.Said imported = cli.run("import", "nir", net.toString(), "--out", experiment.toString());
        assertThat(imported.exit()).as(imported.err()).isZero();

        List<List<String>> ours = predictions(List.of("eval", "@last"), folder.resolve("ours.csv"));
        List<List<String>> theirs = predictions(
                List.of(
                        "eval",
                        experiment.toString(),
                        "--weights",
                        folder.resolve("exp.npz").toString()),
                folder.resolve("theirs.csv"));

        assertThat(ours).hasSize(1001).isEqualTo(theirs);
        try (NpzFile back = NpzFile.open(folder.resolve("exp.npz"));
                NpzFile best = NpzFile.open(best())) {
            for (String name : List.of("layers/0/weight", "layers/1/weight")) {
                assertThat(back.array(name).doubles())
                        .isEqualTo(best.array(name).doubles());
            }
        }
    }

    @Test
    @DisplayName("J32 the reference reader accepts our NIR graph and its data")
    void nirReader() throws Exception {
        Optional<PythonJudge> judge = PythonJudge.with("nir", "numpy", "h5py");
        assumeTrue(judge.isPresent(), PythonJudge.skipped("nir and h5py", "the NIR graph"));
        Path net = folder.resolve("net.nir");
        Path samples = folder.resolve("samples.h5");
        Path weights = folder.resolve("net.npz");
        cli.run("export", "@last", "--format", "nir", "--out", net.toString(), "--samples", samples.toString());
        cli.run("export", "@last", "--format", "npz", "--out", weights.toString());

        assertThat(judge.get().run("graph.py", net, weights, "hidden", "label"))
                .contains("input Input", "hidden CubaLIF", "label_bias Linear", "output Output", "unit ms")
                .contains("difference 0.0");
        assertThat(judge.get().run("data.py", samples)).containsExactly("input spikes 1000x6 6 0.18");
    }

    @Test
    @DisplayName("J33 NumPy reads a checkpoint without pickles, bit for bit")
    void numpyReadsACheckpoint() throws Exception {
        Optional<PythonJudge> judge = PythonJudge.with("numpy");
        assumeTrue(judge.isPresent(), PythonJudge.skipped("numpy", "the checkpoint"));

        Map<String, String> expected = new TreeMap<>();
        try (NpzFile file = NpzFile.open(best())) {
            for (String name : file.arrays()) {
                expected.put(name, described(file.array(name)));
            }
        }
        Map<String, String> read = judge.get().run("npz.py", best()).stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (a, b) -> b, TreeMap::new));

        assertThat(read).isEqualTo(expected).containsKeys("layers/0/weight", "optimizer/step", "rng/shuffle");
    }

    @Test
    @DisplayName("J34 U20 an independent reader finds as many points in the event file as epochs times tags")
    void eventsOfATraining() throws Exception {
        Optional<PythonJudge> judge = PythonJudge.with("struct");
        assumeTrue(judge.isPresent(), PythonJudge.skipped("its standard library", "the event file"));
        Path events = eventFiles(run).get(0);

        List<String[]> points = judge.get().run("events.py", events).stream()
                .map(line -> line.split(" "))
                .toList();
        Map<String, Long> scalars = points.stream()
                .filter(point -> point[0].equals("scalar") && !point[1].startsWith("test/"))
                .collect(Collectors.groupingBy(point -> point[1], TreeMap::new, Collectors.counting()));
        int epochs = 2;

        assertThat(scalars)
                .containsKeys("train/loss", "train/accuracy", "validation/loss", "validation/accuracy")
                .containsKeys("learning_rate", "layer/hidden/missing", "layer/label/bumped");
        assertThat(scalars.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo((long) epochs * scalars.size());
        assertThat(points.stream().filter(point -> point[0].equals("histogram")).count())
                .isEqualTo(2 * epochs);
        String accuracy = points.stream()
                .filter(point -> point[1].equals("test/accuracy"))
                .map(point -> point[3])
                .findFirst()
                .orElseThrow();
        JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());
        assertThat(Float.parseFloat(accuracy))
                .isEqualTo((float) record.path("result").path("test/accuracy").asDouble());
    }

    @Test
    void aRunThatGoesOnHasAFurtherEventFileAndNoneWasAskedForLeavesNone() throws IOException {
        Cli other = new Cli(folder.resolve("runs"));
        other.train("--no-tensorboard");
        assertThat(eventFiles(only(folder.resolve("runs")))).isEmpty();

        Cli third = new Cli(folder.resolve("more"));
        third.train();
        assertThat(third.run("resume", "@last", "--epochs", "3").exit()).isZero();
        assertThat(eventFiles(only(folder.resolve("more")))).hasSize(2);
    }

    @Test
    void predictionsStandInTheRun() throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("predictions/test_epoch-00002.csv"));

        assertThat(lines).hasSize(1005);
        assertThat(lines.get(4)).isEqualTo("sample,label,predicted,correct,margin_ticks,t0,t1,t2,tie");
        assertThat(lines.subList(5, lines.size())).allMatch(line -> line.split(",", -1).length == 9);
        assertThat(cli.run("eval", "@last", "--predictions", "--split", "validation")
                        .exit())
                .isZero();
        try (Stream<Path> files = Files.list(run.resolve("predictions"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("validation_epoch-"));
        }
    }

    @Test
    void weightsAndTablesAndNodes() throws Exception {
        Path npz = folder.resolve("net.npz");
        Path experiment = folder.resolve("exp.yaml");
        assertThat(cli.run("export", "@last", "--format", "npz", "--out", npz.toString())
                        .exit())
                .isZero();
        assertThat(cli.run("export", "@last", "--format", "npz", "--out", npz.toString())
                        .exit())
                .isEqualTo(6);
        Cli.Said imported = cli.run(
                "import",
                "npz",
                npz.toString(),
                "--like",
                "yin-yang-software",
                "--out",
                experiment.toString(),
                "--json");
        assertThat(imported.exit()).as(imported.err()).isZero();
        JsonNode said = new ObjectMapper().readTree(imported.out());
        assertThat(said.path("schema").asText()).isEqualTo("firstspike.import/1");
        assertThat(said.path("files")).hasSize(2);

        Path tables = folder.resolve("tables");
        assertThat(cli.run("export", "@last", "--format", "csv", "--out", tables.toString())
                        .exit())
                .isZero();
        assertThat(Files.readAllLines(tables.resolve("metrics.csv"))).anyMatch(line -> line.startsWith("epoch,step"));
        assertThat(Files.readAllLines(tables.resolve("weights_label.csv"))).hasSize(121 * 3 + 4);

        Path sonata = folder.resolve("sonata");
        assertThat(cli.run("export", "@last", "--format", "sonata", "--out", sonata.toString())
                        .exit())
                .isZero();
        Cli.Said nodes = cli.run(
                "import",
                "sonata",
                sonata.resolve("nodes.h5").toString(),
                "--out",
                folder.resolve("n.csv").toString());
        assertThat(nodes.exit()).as(nodes.err()).isZero();
        assertThat(nodes.out()).contains("hidden: 120 nodes, point_neuron pynn:IF_curr_exp");
        assertThat(Files.readAllLines(folder.resolve("n.csv"))).hasSize(2 + 4 + 120 + 3 + 2);
    }

    @Test
    void sonataNodesAreReadByOthers() throws Exception {
        Optional<PythonJudge> judge = PythonJudge.with("h5py", "numpy");
        assumeTrue(judge.isPresent(), PythonJudge.skipped("h5py", "the SONATA file"));
        Path sonata = folder.resolve("sonata");
        cli.run("export", "@last", "--format", "sonata", "--out", sonata.toString());

        assertThat(judge.get().run("sonata.py", sonata.resolve("nodes.h5"), sonata.resolve("node_types.csv"), "none"))
                .contains("nodes hidden 120", "nodes input 4", "nodes label 3", "nodes bias_label 1");
    }

    @Test
    @DisplayName(
            "J23 files that hold pickles, tags or foreign members are never executed: exit 6 or 3, with the way out")
    void nothingIsExecuted() throws Exception {
        Path torch = folder.resolve("net.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(torch))) {
            zip.putNextEntry(new ZipEntry("net/data.pkl"));
            zip.write(new byte[] {(byte) 0x80, 2, '.'});
        }
        Path old = Files.write(folder.resolve("old.pt"), new byte[] {(byte) 0x80, 2, 'c', 'o', 's', '\n', '.'});
        for (Path file : List.of(torch, old)) {
            Cli.Said said = cli.run("eval", "yin-yang-software", "--weights", file.toString());
            assertThat(said.exit()).as(said.err()).isEqualTo(6);
            assertThat(said.err()).contains("numpy.savez");
            assertThat(cli.run("import", "npz", file.toString()).exit()).isEqualTo(6);
        }

        Path objects = folder.resolve("objects.npz");
        byte[] header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".getBytes(StandardCharsets.US_ASCII);
        byte[] npy = ByteBuffer.allocate(10 + header.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .put(new byte[] {(byte) 0x80, 2, 'N', '.'})
                .array();
        new NpzBuilder().addBytes("w0.npy", npy).addBytes("w1.npy", npy).write(objects);
        Cli.Said said = cli.run("eval", "yin-yang-software", "--weights", objects.toString());
        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("object arrays hold pickled code").contains("allow_pickle=False");

        Path yaml = folder.resolve("tagged.yaml");
        Files.writeString(yaml, "schema: !!python/object/apply:os.system [\"true\"]\n");
        assertThat(cli.run("train", yaml.toString()).exit()).isEqualTo(3);

        Path copy = folder.resolve("copy");
        copyTree(run, copy);
        Path checkpoint = copy.resolve("checkpoints/epoch-00002.npz");
        NpzBuilder foreign = new NpzBuilder();
        try (NpzFile file = NpzFile.open(checkpoint)) {
            for (String name : file.arrays()) {
                foreign.add(name, file.array(name));
            }
            foreign.addBytes("meta.json", file.bytes("meta.json"));
        }
        foreign.add("evil", NpyArray.of(new double[1], 1)).write(checkpoint);
        Cli.Said resumed = cli.run("resume", copy.toString(), "--epochs", "3", "--checkpoint", "2");
        assertThat(resumed.exit()).as(resumed.err()).isEqualTo(6);
        assertThat(resumed.err()).contains("evil");
    }

    @Test
    @DisplayName(
            "U19 a fastAndDeep folder becomes an experiment, its pickle stays closed, and what has no place is listed")
    void fastAndDeep() throws IOException {
        Path source = Files.createDirectories(folder.resolve("fad/epoch_300")).getParent();
        Files.writeString(source.resolve("config.yaml"), """
            dataset_params:
              name : yin_yang
            default_neuron_params: {g_leak: 1.0, leak: 0.0, tau_syn: 1.0, tau_mem: 1.0, threshold: 1.0, max_dw_norm: 0.2}
            network_layout:
              layers:
                - name: Biases
                  times: [0.9, ]
                - name: BroadcastLayer
                - {name: NeuronLayer, size: 50, weights_mean: 0.1, weights_std: 0.12, max_num_missing_spikes: 0.3, monitor: true}
                - name: BroadcastLayer
                - {name: NeuronLayer, size: 3, weights_mean: 0.075, weights_std: 0.15, max_num_missing_spikes: 0.05}
              n_inputs: 4
            training_params:
              batch_size: 200
              batch_size_eval: 200
              enforce_cpu: False
              epoch_number: 400
              epoch_snapshots: [1, 5, 300]
              learning_rate: 0.04
              loss: {type: MSE, t_correct: 1.9, t_wrong: 1.6}
              lr_scheduler: {gamma: 0.95, step_size: 20, type: StepLR}
              momentum: 0
              numpy_seed: 12345
              optimizer: adam
              substrate: hx
              torch_seed: 2000
              training_noise: false
              use_forward_integrator: false
              weight_bumping_exp: true
              weight_bumping_targeted: true
              weight_bumping_value: 0.0005
            """);
        Files.write(source.resolve("epoch_300/yin_yang_network.pt"), new byte[] {(byte) 0x80, 2, '.'});
        Files.write(
                source.resolve("epoch_300/yin_yang_val_losses.npy"),
                NpyCodec.write(NpyArray.of(new double[] {3, 2}, 2)));
        Path out = folder.resolve("from-fad.yaml");

        assertThat(cli.run("import", "fastanddeep", source.toString()).exit()).isEqualTo(2);
        Cli.Said said =
                cli.run("import", "fastanddeep", source.toString(), "--target", "ideal:", "--out", out.toString());

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("numpy.savez")
                .contains("key training_params.enforce_cpu: no counterpart")
                .contains("the same seeds give other numbers");
        assertThat(Files.readString(out))
                .contains("kind: mse")
                .contains("t_correct: 1.9")
                .contains("every_epochs: 20")
                .contains("snapshots_epochs: [1, 5, 300, 400]")
                .contains("bias_times: [0.9]");
        try (NpzFile series = NpzFile.open(folder.resolve("from-fad-series.npz"))) {
            assertThat(series.array("val_losses").doubles()).containsExactly(3, 2);
        }
        assertThat(cli.run("config", "check", out.toString()).exit()).isZero();
    }

    private List<List<String>> predictions(List<String> command, Path out) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--target", "ideal:", "--predictions", "--out", out.toString()));
        Cli.Said said = cli.run(line.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
        return Files.readAllLines(out).stream()
                .filter(text -> !text.startsWith("#"))
                .map(text -> List.of(text.split(",", -1)))
                .toList();
    }

    private static String described(NpyArray array) throws Exception {
        byte[] whole = NpyCodec.write(array);
        int data = 10 + (Byte.toUnsignedInt(whole[8]) | Byte.toUnsignedInt(whole[9]) << 8);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.write(whole, data, whole.length - data);
        String shape =
                java.util.Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
        return array.descr() + " " + shape + " "
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw.toByteArray()));
    }

    private static Path best() throws IOException {
        String name = Files.readString(run.resolve("best")).split(" ")[0];
        return run.resolve("checkpoints").resolve(name);
    }

    private static List<Path> eventFiles(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.getFileName().toString().startsWith(EventFile.PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.getFileName().toString().equals("lock")) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
