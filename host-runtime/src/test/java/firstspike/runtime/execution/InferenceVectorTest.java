package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import firstspike.runtime.distortion.DistortedForward;
import firstspike.runtime.distortion.DistortionKind;
import firstspike.runtime.distortion.StudyPoint;
import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.vectors.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * I-19: samples that the published network classifies right, undistorted and under deterministic distortions. Network and data
 * are read from where the properties say, never from this repository.
 */
class InferenceVectorTest {
    private static final String SKIPPED = "needs the network of data/pretrained: -Dfirstspike.pretrained=FILE";
    private static final double CLIP = 7.5;

    @TestFactory
    Stream<DynamicTest> inference() {
        return VectorFile.cases("inference.json").stream()
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static Path network() {
        String named = System.getProperty("firstspike.pretrained", "");
        Optional<Path> beside = VectorFiles.folder()
                .map(folder ->
                        folder.resolveSibling("data").resolve("pretrained").resolve("yin_yang_120.npz"));
        Path path = !named.isBlank() ? Path.of(named) : beside.orElse(null);
        assumeTrue(path != null && (!named.isBlank() || Files.exists(path)), SKIPPED);
        return path;
    }

    private static void check(JsonNode vector) throws IOException {
        Path file = network();
        String kind = vector.get("kind").asText();
        double value = vector.get("value").doubleValue();
        StudyPoint point = new StudyPoint(DistortionKind.of(kind).orElseThrow(), value, false);
        List<LayerModel> models = List.of(
                new LayerModel(4, new double[] {0.9}, 120, NeuronConstants.UNIT),
                new LayerModel(120, new double[] {0.9}, 3, NeuronConstants.UNIT));
        double[][] weights = weights(file);
        WeightGrid grid = point.grid(kind.equals("weight-levels") ? new WeightGrid(0, CLIP) : WeightGrid.UNLIMITED);
        for (double[] layer : weights) {
            grid.clip(layer);
            grid.round(layer, layer);
        }
        Path data = file.resolveSibling("..").resolve("yin_yang").normalize();
        String split = vector.get("split").asText();
        double[] inputs = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_samples.npy")), split)
                .doubles();
        long[] labels = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_labels.npy")), split)
                .longs();
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = 0.15 + 1.85 * inputs[i];
        }

        double[] times = run(models, weights, inputs, labels.length, point);

        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            correct += CrossEntropyLoss.PUBLISHED.classify(times, 3 * i, 3) == labels[i] ? 1 : 0;
        }
        assertThat(correct)
                .isCloseTo(
                        vector.at("/expected/correct").intValue(),
                        within(vector.at("/tolerance/samples").intValue()));
    }

    private static double[] run(
            List<LayerModel> models, double[][] weights, double[] inputs, int samples, StudyPoint point) {
        double[][] out = {new double[samples * 120], new double[samples * 3]};
        try (Shards shards = new Shards(1)) {
            DistortedForward forward = new DistortedForward(models, point.distortion(), 1, 0, shards);
            forward.load(weights);
            forward.run(samples, inputs, out);
        }
        return out[1];
    }

    private static double[][] weights(Path file) {
        try (NpzFile npz = NpzFile.open(file)) {
            return new double[][] {npz.array("w0").doubles(), npz.array("w1").doubles()};
        }
    }

    @Test
    void timesEqualTheExamplesOfTheNetwork() {
        try (NpzFile npz = NpzFile.open(network());
                Shards shards = new Shards(1)) {
            List<LayerModel> models = List.of(
                    new LayerModel(4, new double[] {0.9}, 120, NeuronConstants.UNIT),
                    new LayerModel(120, new double[] {0.9}, 3, NeuronConstants.UNIT));
            double[][] out = {new double[25 * 120], new double[25 * 3]};
            BatchForward forward = new BatchForward(models, shards);
            forward.load(
                    new double[][] {npz.array("w0").doubles(), npz.array("w1").doubles()});

            forward.run(25, npz.array("example_input_times").doubles(), out);

            double[][] wanted = {
                npz.array("example_hidden_times").doubles(),
                npz.array("example_output_times").doubles()
            };
            for (int layer = 0; layer < 2; layer++) {
                for (int i = 0; i < wanted[layer].length; i++) {
                    if (wanted[layer][i] == Double.POSITIVE_INFINITY) {
                        assertThat(out[layer][i]).isEqualTo(Double.POSITIVE_INFINITY);
                    } else {
                        assertThat(out[layer][i]).isCloseTo(wanted[layer][i], within(1e-9));
                    }
                }
            }
        }
    }
}
