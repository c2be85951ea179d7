package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.training.Checkpoint;
import firstspike.runtime.training.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training of a network without a chip block on an emulated chip, where large weights have several rows. */
class MappedTrainingTest {

    /** Initial weights beyond 63 LSB, so rows have copies, and a rate that drives weights to their limits. */
    private static final List<String> SETTINGS = List.of(
            "network.layers.0.size=6",
            "network.layers.0.weight_init.std=2",
            "network.layers.1.weight_init.std=2",
            "training.optimizer.learning_rate=3",
            "training.silent_rescue=null",
            "training.max_weight_gradient=null",
            "training.batch_size=20",
            "training.snapshots_epochs={every: 1}",
            "dataset.train_size=40",
            "dataset.validation_size=20",
            "dataset.test_size=20",
            "report.figures=[]");

    private static final String VARIED = "emu:varied?seed=3&mismatch=residual";
    /** LSB of a unit weight, near enough for counting copies: the gm code is at its end. */
    private static final double LSB = 31;

    @TempDir
    Path folder;

    @Test
    @DisplayName("J08 a run with row copies that goes on has the arrays of one that never stopped")
    void resumesExactly() throws IOException {
        Cli whole = new Cli(folder.resolve("whole"));
        Cli parts = new Cli(folder.resolve("parts"));

        String[] slower = {"--set", "training.optimizer.learning_rate=0.5"};

        trained(whole, VARIED, 3, slower);
        trained(parts, VARIED, 2, slower);
        resumed(parts, "--epochs", "3");

        Checkpoint before = checkpoint(parts, 2);
        Checkpoint expected = checkpoint(whole, 3);
        assertSame(checkpoint(parts, 3), expected);
        assertThat(largest(expected.chipWeights())).isGreaterThan(63);
        assertThat(expected.weights()).isNotEqualTo(before.weights());
        // the weights it stopped with would ask for other copies
        assertThat(copies(before)).isEqualTo(copies(checkpoint(whole, 0))).isNotEqualTo(needed(before));
    }

    @Test
    @DisplayName("U4 an evaluation on an emulated chip tells energy and power of its model, as the model bounds them")
    void energy() throws IOException {
        Cli cli = new Cli(folder.resolve("energy"));
        trained(cli, VARIED, 1);

        JsonNode result = new ObjectMapper()
                .readTree(cli.run("eval", "@last", "--json").out())
                .get("result");

        double milliwatt = result.get("test/power_model_mw").asDouble();
        assertThat(milliwatt).isBetween(160.0, 250.0);
        assertThat(result.get("test/energy_model_uj_per_sample").asDouble())
                .isCloseTo(
                        milliwatt * 1e-3 * result.get("test/chip_us_per_sample").asDouble(), within(1e-3));
    }

    @Test
    @DisplayName("inloop 13.5: weights that an experiment clips at its begin keep the row copies they came with")
    void clippedWeightsKeepTheirRows() throws IOException {
        Cli whole = new Cli(folder.resolve("whole"));
        Cli parts = new Cli(folder.resolve("parts"));
        String[] clip = {"--set", "training.weight_clip=1.5"};

        trained(whole, VARIED, 2, clip);
        trained(parts, VARIED, 1, clip);
        resumed(parts, "--epochs", "2");

        Checkpoint first = checkpoint(parts, 0);
        assertThat(copies(first)).isNotEqualTo(needed(first));
        assertSame(checkpoint(parts, 2), checkpoint(whole, 2));
    }

    @Test
    @DisplayName("inloop 13.5: a run that came from exact arithmetic to a chip keeps the rows it got there")
    void retargetedRunsGoOnExactly() throws IOException {
        Cli whole = new Cli(folder.resolve("whole"));
        Cli parts = new Cli(folder.resolve("parts"));

        trained(whole, "ideal:", 1);
        resumed(whole, "--retarget", "--target", VARIED, "--epochs", "3");
        trained(parts, "ideal:", 1);
        resumed(parts, "--retarget", "--target", VARIED, "--epochs", "2");
        resumed(parts, "--epochs", "3");

        assertThat(checkpoint(parts, 1).rows()).isEmpty();
        assertThat(copies(checkpoint(parts, 2))).isNotEqualTo(needed(checkpoint(parts, 0)));
        assertSame(checkpoint(parts, 3), checkpoint(whole, 3));
    }

    @Test
    @DisplayName("inloop 13.5: a weight stays within 63 LSB a copy of its own row, whatever the other rows have")
    void weightsStayWithinTheirRows() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));

        assertThat(train(cli, 2).exit()).isZero();

        Checkpoint first = checkpoint(cli, 0);
        Checkpoint later = checkpoint(cli, 2);
        assertThat(largest(later.chipWeights())).isGreaterThan(63);
        assertThat(rows(first, later, (before, after) -> before < 1.9 && after > 1.9))
                .isPositive();
        assertThat(rows(first, later, (before, after) -> before < 1.9 && after > 2.1))
                .isZero();
    }

    @Test
    @DisplayName("formats 4.1: train --from takes the weights of the best checkpoint and nothing else")
    void fromARun() throws IOException {
        Cli cli = new Cli(folder.resolve("runs"));
        assertThat(train(cli, 1).exit()).isZero();
        Path parent = only(cli.runs());
        String best = Files.readString(parent.resolve("best")).split("\\s")[0];
        Checkpoint from = new CheckpointFolder(parent.resolve("checkpoints")).read(best);

        Cli child = new Cli(folder.resolve("children"));
        Cli.Said said = train(child, 1, "--from", parent.toString());

        assertThat(said.exit()).as(said.err()).isZero();
        Checkpoint first = checkpoint(child, 0);
        assertThat(first.weights()).isDeepEqualTo(from.weights());
        assertThat(first.optimizerStep()).isZero();
        assertThat(first.meta().epoch()).isZero();
    }

    private static void trained(Cli cli, String target, int epochs, String... further) {
        Cli.Said said = train(cli, target, epochs, further);
        assertThat(said.exit()).as(said.err()).isZero();
    }

    private static void resumed(Cli cli, String... options) {
        List<String> args = new ArrayList<>(List.of("resume", "@last"));
        args.addAll(List.of(options));
        Cli.Said said = cli.run(args.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
    }

    private static void assertSame(Checkpoint resumed, Checkpoint expected) {
        assertThat(resumed.weights()).isDeepEqualTo(expected.weights());
        assertThat(resumed.chipWeights()).isDeepEqualTo(expected.chipWeights());
        assertThat(resumed.firstMoments()).isDeepEqualTo(expected.firstMoments());
        assertThat(resumed.secondMoments()).isDeepEqualTo(expected.secondMoments());
        assertThat(copies(resumed)).isEqualTo(copies(expected));
    }

    /** Row copies on the chip, layer after layer. */
    private static List<Integer> copies(Checkpoint checkpoint) {
        return checkpoint.rows().stream()
                .flatMap(rows -> Arrays.stream(rows.copies()).boxed())
                .toList();
    }

    /** Row copies that the weights of a checkpoint ask for. */
    private static List<Integer> needed(Checkpoint checkpoint) {
        List<Integer> needed = new ArrayList<>();
        for (int layer = 0; layer < checkpoint.weights().length; layer++) {
            int size = checkpoint.bump()[layer].length;
            for (int row = 0; row < checkpoint.weights()[layer].length / size; row++) {
                double lsb = Math.rint(largest(checkpoint.weights()[layer], row, size) * LSB);
                needed.add((int) Math.max(1, Math.ceil(lsb / 63)));
            }
        }
        return needed;
    }

    private static Cli.Said train(Cli cli, int epochs, String... further) {
        return train(cli, "emu:nominal?seed=3", epochs, further);
    }

    private static Cli.Said train(Cli cli, String target, int epochs, String... further) {
        List<String> args = new ArrayList<>(List.of("train", "yin-yang-software", "--target", target));
        for (String set : SETTINGS) {
            args.addAll(List.of("--set", set));
        }
        args.addAll(List.of("--set", "training.epochs=" + epochs));
        args.addAll(List.of(further));
        return cli.run(args.toArray(String[]::new));
    }

    /** How many rows hold for the largest weight that they had first and that they have later. */
    private static int rows(Checkpoint first, Checkpoint later, BiPredicate<Double, Double> condition) {
        int count = 0;
        for (int layer = 0; layer < first.weights().length; layer++) {
            int size = layer == 0 ? 6 : 3;
            for (int row = 0; row < first.weights()[layer].length / size; row++) {
                count += condition.test(
                                largest(first.weights()[layer], row, size), largest(later.weights()[layer], row, size))
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    private static double largest(double[] weights, int row, int size) {
        return Arrays.stream(weights, row * size, row * size + size)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    private static int largest(short[][] integers) {
        int largest = 0;
        for (short[] layer : integers) {
            for (short integer : layer) {
                largest = Math.max(largest, Math.abs(integer));
            }
        }
        return largest;
    }

    private static Checkpoint checkpoint(Cli cli, int epoch) throws IOException {
        return new CheckpointFolder(only(cli.runs()).resolve("checkpoints"))
                .read(String.format(java.util.Locale.ROOT, "epoch-%05d.npz", epoch));
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> Files.exists(file.resolve("run.json")))
                    .reduce((a, b) -> {
                        throw new AssertionError("two runs");
                    })
                    .orElseThrow();
        }
    }
}
