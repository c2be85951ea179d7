package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
    Path folder;

    @Test
    @DisplayName("inloop 13.5: a run with row copies that goes on gives the arrays of one that never stopped")
    void resumesExactly() throws IOException {
        Cli whole = new Cli(folder.resolve("whole"));
        Cli parts = new Cli(folder.resolve("parts"));

        Cli.Said said = train(whole, 3);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(train(parts, 2).exit()).isZero();
        said = parts.run("resume", "@last", "--epochs", "3");
        assertThat(said.exit()).as(said.err()).isZero();

        Checkpoint expected = checkpoint(whole, 3);
        Checkpoint resumed = checkpoint(parts, 3);
        assertThat(resumed.weights()).isDeepEqualTo(expected.weights());
        assertThat(resumed.chipWeights()).isDeepEqualTo(expected.chipWeights());
        assertThat(resumed.firstMoments()).isDeepEqualTo(expected.firstMoments());
        assertThat(largest(expected.chipWeights())).isGreaterThan(63);
        assertThat(expected.weights()).isNotEqualTo(checkpoint(whole, 2).weights());
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

    private static Cli.Said train(Cli cli, int epochs, String... further) {
        List<String> args = new ArrayList<>(List.of("train", "yin-yang-software", "--target", "emu:nominal?seed=3"));
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
