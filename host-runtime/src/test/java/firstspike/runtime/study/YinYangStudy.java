package firstspike.runtime.study;

import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.learning.BatchGradient;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LayerLearning;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Learner;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.Loss;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightInit;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains Yin-Yang on the array model with the settings given as {@code key=value} and prints one line of accuracies. Arguments: the
 * folder of the data set, the level, the seed (11 or more), then settings; unset ones are those of the defaults below.
 */
public final class YinYangStudy {
    private static final int COPIES = 5;
    private static final int EVALUATION_BATCH = 200;

    private final Map<String, String> settings = new HashMap<>(Map.ofEntries(
            Map.entry("epochs", "100"),
            Map.entry("batch", "40"),
            Map.entry("lr", "0.005"),
            Map.entry("schedule", "cosine"),
            Map.entry("gamma", "0.6"),
            Map.entry("mean1", "0.456"),
            Map.entry("std1", "0.544"),
            Map.entry("mean2", "0.76"),
            Map.entry("std2", "1.2"),
            Map.entry("miss1", "0.3"),
            Map.entry("miss2", "0.05"),
            Map.entry("bump", "0.0005"),
            Map.entry("learn", "true"),
            Map.entry("max", "0.001"),
            Map.entry("min_slope", "0.1"),
            Map.entry("max_grad", "0.2"),
            Map.entry("alpha", "0.005"),
            Map.entry("xi", "0.2"),
            Map.entry("rule", "closed-form-equal"),
            Map.entry("hidden", "120")));

    private final Path data;
    private final ModelledChip.Level level;
    private final long seed;

    private YinYangStudy(Path data, ModelledChip.Level level, long seed) {
        this.data = data;
        this.level = level;
        this.seed = seed;
    }

    /**
     * Runs one training.
     *
     * @param args data folder, level, seed, settings
     * @throws IOException when the data cannot be read
     */
    public static void main(String[] args) throws IOException {
        YinYangStudy study = new YinYangStudy(
                Path.of(args[0]),
                ModelledChip.Level.valueOf(args[1].toUpperCase(Locale.ROOT)),
                Long.parseLong(args[2]));
        for (String setting : Arrays.copyOfRange(args, 3, args.length)) {
            String[] parts = setting.split("=", 2);
            if (study.settings.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("setting : " + parts[0] + " (expected: a known one)");
            }
        }
        String given = String.join(" ", Arrays.copyOfRange(args, 3, args.length));
        System.out.println("| " + given + " | " + args[1] + " | " + args[2] + " | " + study.run());
    }

    private double number(String key) {
        return Double.parseDouble(settings.get(key));
    }

    private String run() throws IOException {
        long start = System.nanoTime();
        NeuronModel neuron = new NeuronModel(1, 1, 4, 0.7, 1.08);
        Network network = new Network(
                4,
                COPIES,
                neuron,
                List.of(
                        new Layer("hidden", (int) number("hidden"), List.of(0.9), COPIES),
                        new Layer("label", 3, List.of(), 1)));
        ModelledChip chip = new ModelledChip(network, level, seed);
        Learner learner = learner(network);
        Data train = read("train");
        Data validation = read("validation");
        int batch = (int) number("batch");
        int epochs = (int) number("epochs");
        int batches = (train.labels.length + batch - 1) / batch;
        Schedule schedule = settings.get("schedule").equals("cosine")
                ? Schedule.COSINE
                : new Schedule(Schedule.Kind.STEP, Math.max(1, epochs / 10), number("gamma"));
        RandomStream shuffle = RandomStream.of("shuffle", seed);
        StringBuilder curve = new StringBuilder();
        long begun = 0;
        long bumped = 0;
        double trainAccuracy = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = new int[train.labels.length];
            Arrays.setAll(order, i -> i);
            shuffle.shuffle(order);
            int correct = 0;
            for (int from = 0; from < order.length; from += batch) {
                Data part = train.part(Arrays.copyOfRange(order, from, Math.min(from + batch, order.length)));
                chip.load(new LayerWeights(learner.weights()));
                double[][] times = chip.run(part.spikes(), RunIntent.TRAIN).layers();
                double factor = schedule.factor(epoch, begun++, (long) batches * epochs);
                double[] rows = new double[part.labels.length * network.inputRows(0)];
                LayerModels.spread(network, part.spikes(), rows);
                StepOutcome outcome = learner.step(part.labels.length, rows, times, part.labels, factor);
                correct += outcome.correct();
                bumped += outcome.bumpedLayer() >= 0 ? 1 : 0;
            }
            trainAccuracy = (double) correct / order.length;
            if (epoch == 0 || epoch == 4 || epoch == 9 || epoch == 19 || epoch == 49 || epoch == 99 || epoch == 199) {
                curve.append(String.format(Locale.ROOT, "%d:%.3f ", epoch + 1, accuracy(chip, learner, validation)));
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        return String.format(
                Locale.ROOT,
                "val %.3f | test %.3f | train %.3f | %s| bump %.2f | %.0f s |",
                accuracy(chip, learner, validation),
                accuracy(chip, learner, read("test")),
                trainAccuracy,
                curve,
                (double) bumped / begun,
                seconds);
    }

    private Learner learner(Network network) {
        List<LayerModel> models = LayerModels.of(network);
        WeightGrid grid = new WeightGrid(1 / 30.0, 2.1);
        RandomStream init = RandomStream.of("init", seed);
        double[][] weights = new double[2][];
        for (int i = 0; i < 2; i++) {
            weights[i] = new WeightInit(
                            WeightInit.Distribution.NORMAL, number("mean" + (i + 1)), number("std" + (i + 1)))
                    .draw(models.get(i).weights(), init);
            grid.clip(weights[i]);
        }
        double slope = number("min_slope");
        GradientSettings gradients =
                GradientSettings.of(LearningRule.ofId(settings.get("rule")), slope, number("max_grad"));
        Loss loss = new CrossEntropyLoss(number("xi"), number("alpha"), 1, Loss.MISSING_TRUE_LABEL);
        return new Learner(
                models,
                List.of(
                        new LayerLearning(number("miss1"), true, 1, grid),
                        new LayerLearning(number("miss2"), true, 1, grid)),
                new BatchGradient(models, gradients, loss, new Shards(1)),
                OptimizerSettings.adam(number("lr")),
                new RescueSettings(
                        number("bump"), true, true, Boolean.parseBoolean(settings.get("learn")), number("max")),
                weights);
    }

    private static double accuracy(ModelledChip chip, Learner learner, Data data) {
        chip.load(new LayerWeights(learner.weights()));
        int correct = 0;
        for (int from = 0; from < data.labels.length; from += EVALUATION_BATCH) {
            int[] index = new int[Math.min(EVALUATION_BATCH, data.labels.length - from)];
            int begin = from;
            Arrays.setAll(index, i -> begin + i);
            Data part = data.part(index);
            double[][] times = chip.run(part.spikes(), RunIntent.EVALUATE).layers();
            correct += learner.correct(part.labels.length, times[1], part.labels);
        }
        return (double) correct / data.labels.length;
    }

    private Data read(String split) throws IOException {
        double[] times = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_samples.npy")), split)
                .doubles()
                .clone();
        for (int i = 0; i < times.length; i++) {
            times[i] = 0.15 + 1.85 * times[i];
        }
        long[] labels = NpyCodec.read(Files.readAllBytes(data.resolve(split + "_labels.npy")), split)
                .longs();
        return new Data(times, Arrays.stream(labels).mapToInt(Math::toIntExact).toArray());
    }

    /** Input times of four inputs a sample, and labels. */
    private record Data(double[] times, int[] labels) {
        Data part(int[] index) {
            double[] t = new double[index.length * 4];
            int[] l = new int[index.length];
            for (int i = 0; i < index.length; i++) {
                System.arraycopy(times, index[i] * 4, t, i * 4, 4);
                l[i] = labels[index[i]];
            }
            return new Data(t, l);
        }

        InputSpikes spikes() {
            return InputSpikes.ofDense(times, 4);
        }
    }
}
