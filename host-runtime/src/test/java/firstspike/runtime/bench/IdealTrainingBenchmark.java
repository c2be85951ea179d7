package firstspike.runtime.bench;

import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.execution.SolverExecutor;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightInit;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.training.Evaluator;
import firstspike.runtime.training.LayerPlan;
import firstspike.runtime.training.SampleSet;
import firstspike.runtime.training.Trainer;
import firstspike.runtime.training.TrainingPlan;
import firstspike.runtime.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Trains the published software experiment Yin-Yang by exact arithmetic and prints seconds, samples a second, accuracy and a hash of
 * the weights. Arguments: folder of the data set, epochs, threads, seed.
 */
public final class IdealTrainingBenchmark {
    private IdealTrainingBenchmark() {}

    /**
     * Runs it.
     *
     * @param args data folder, epochs, threads, seed
     * @throws IOException when the data cannot be read
     */
    public static void main(String[] args) throws IOException {
        Path data = Path.of(args[0]);
        int epochs = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[2]);
        long seed = Long.parseLong(args[3]);
        Network network = new Network(
                4,
                1,
                new NeuronModel(1, 1, 1, 0, 1),
                List.of(new Layer("hidden", 120, List.of(0.9), 1), new Layer("label", 3, List.of(0.9), 1)));
        TrainingPlan plan = new TrainingPlan(
                epochs,
                150,
                200,
                true,
                false,
                GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0.1, 0.2),
                CrossEntropyLoss.PUBLISHED,
                OptimizerSettings.adam(0.005),
                new Schedule(Schedule.Kind.STEP, 20, 0.95),
                Optional.of(RescueSettings.published(0.0005, Double.POSITIVE_INFINITY)),
                Optional.empty(),
                List.of(
                        new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 1.5, 0.8), 0.3, true, 1),
                        new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 0.5, 0.8), 0, true, 1)),
                new TreeSet<>(),
                Optional.empty(),
                seed,
                12345);
        SampleSet train = read(data, "train");
        try (Shards shards = new Shards(threads);
                SolverExecutor executor =
                        new SolverExecutor(network, Collections.nCopies(2, WeightGrid.UNLIMITED), threads)) {
            Trainer trainer = Trainer.builder(network, plan, executor, shards)
                    .data(train, read(data, "validation"))
                    .build();
            long start = System.nanoTime();
            TrainingResult result = trainer.run();
            double seconds = (System.nanoTime() - start) * 1e-9;
            trainer.loadWeights();
            double test = new Evaluator(network, plan.loss(), 200)
                    .evaluate(executor, read(data, "test"))
                    .accuracy();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d, %d threads: %.2f s, %.0f samples/s, validation %.3f, test %.3f, weights %08x%n",
                    seed,
                    threads,
                    seconds,
                    (double) train.size() * epochs / seconds,
                    result.metrics().get(epochs).validation().accuracy(),
                    test,
                    Arrays.deepHashCode(result.weights()));
        }
    }

    private static SampleSet read(Path data, String split) throws IOException {
        double[] values = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_samples.npy")), split)
                .doubles();
        long[] labels = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_labels.npy")), split)
                .longs();
        return new SampleSet(
                Arrays.stream(values).map(x -> 0.15 + 1.85 * x).toArray(),
                4,
                Arrays.stream(labels).mapToInt(Math::toIntExact).toArray());
    }
}
