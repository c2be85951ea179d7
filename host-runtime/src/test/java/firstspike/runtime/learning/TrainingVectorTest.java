package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.vectors.VectorFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** I-02: every step of the recorded trainings, without a floor of the slope as the published code. */
class TrainingVectorTest {

    @TestFactory
    Stream<DynamicTest> trainings() {
        return VectorFile.cases("training.json").stream()
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> new Replay(vector).run()));
    }

    private static final class Replay {
        private final JsonNode vector;
        private final JsonNode training;
        private final boolean inTheLoop;
        private final List<LayerModel> models = new ArrayList<>();
        private final WeightGrid grid;
        private final Learner learner;
        private final BatchForward forward;
        private final double[][] rounded;

        Replay(JsonNode vector) {
            this.vector = vector;
            JsonNode config = vector.get("config");
            training = config.get("training");
            inTheLoop = config.get("substrate").asText().equals("hx");
            models.addAll(models(config));
            double clip = training.path("clip_weights_max").asDouble(Double.POSITIVE_INFINITY);
            grid = new WeightGrid(training.path("rounding_precision").asDouble(0), clip);
            List<LayerLearning> layers = new ArrayList<>();
            double[][] initial = new double[models.size()][];
            for (int i = 0; i < initial.length; i++) {
                double limit = training.get("max_num_missing_spikes").get(i).doubleValue();
                layers.add(new LayerLearning(limit, true, 1, grid));
                initial[i] = VectorFile.matrix(vector.get("initial_weights").get(i));
            }
            Shards shards = new Shards(1);
            LearningRule rule = models.get(0).neuron().ratio() == TimeConstantRatio.EQUAL
                    ? LearningRule.CLOSED_FORM_EQUAL
                    : LearningRule.CLOSED_FORM_DOUBLE;
            Loss loss = new CrossEntropyLoss(
                    training.get("xi").doubleValue(),
                    training.get("alpha").doubleValue(),
                    training.get("beta").doubleValue(),
                    Loss.MISSING_TRUE_LABEL);
            GradientSettings gradients =
                    GradientSettings.of(rule, 0, training.get("max_dw_norm").doubleValue());
            learner = new Learner(
                    models,
                    layers,
                    new BatchGradient(models, gradients, loss, shards),
                    optimizer(),
                    rescue(clip),
                    initial);
            forward = new BatchForward(models, shards);
            rounded = models.stream().map(m -> new double[m.weights()]).toArray(double[][]::new);
        }

        void run() {
            int number = 0;
            for (JsonNode step : vector.get("steps")) {
                step(step, number++);
            }
        }

        private void step(JsonNode step, int number) {
            String where = "step " + number;
            double[] inputs = VectorFile.matrix(step.at("/batch/times"));
            int samples = step.at("/batch/times").size();
            int[] labels = new int[samples];
            for (int i = 0; i < samples; i++) {
                labels[i] = step.at("/batch/labels").get(i).intValue();
            }
            double[][] times = times(step, samples, inputs);
            int epoch = number / training.get("steps_per_epoch").intValue();
            JsonNode scheduler = training.get("lr_scheduler");
            Schedule schedule = new Schedule(
                    Schedule.Kind.STEP,
                    scheduler.get("step_size").intValue(),
                    scheduler.get("gamma").doubleValue());
            double factor = schedule.factor(epoch, number, 1);
            assertThat(training.get("learning_rate").doubleValue() * factor)
                    .as(where)
                    .isCloseTo(step.get("learning_rate").doubleValue(), within(1e-15));

            StepOutcome outcome = learner.step(samples, inputs, times, labels, factor);

            if (step.get("action").asText().equals("bump")) {
                assertThat(outcome.bumpedLayer())
                        .as(where)
                        .isEqualTo(step.get("bumped_layer").intValue());
                assertThat(outcome.bumpValue())
                        .as(where)
                        .isCloseTo(step.get("bump_value").doubleValue(), within(1e-15));
                assertThat(outcome.updated()).as(where).isFalse();
            } else {
                assertThat(outcome.bumpedLayer()).as(where).isEqualTo(SilentNeuronRescue.NONE);
                assertThat(outcome.loss())
                        .as(where)
                        .isCloseTo(step.get("loss").doubleValue(), within(tolerance("loss_abs")));
                if (step.has("chopped_reports")) {
                    assertThat(outcome.gradients().dropped()).as(where).isPositive();
                }
                near(where + " gradients", learner.gradient(), step.get("gradients"), tolerance("gradients_abs"));
            }
            near(where + " weights", learner.weights(), step.get("weights_after"), tolerance("weights_abs"));
            if (step.has("chip_weights")) {
                chipWeights(where, step.get("chip_weights"));
            }
        }

        private double[][] times(JsonNode step, int samples, double[] inputs) {
            List<JsonNode> recorded = new ArrayList<>();
            step.get("hidden_times").forEach(recorded::add);
            recorded.add(step.get("output_times"));
            double[][] times = new double[models.size()][];
            if (inTheLoop) {
                for (int i = 0; i < times.length; i++) {
                    times[i] = VectorFile.matrix(step.get("measured_times").get(i));
                }
                return times;
            }
            for (int i = 0; i < times.length; i++) {
                times[i] = new double[samples * models.get(i).size()];
                grid.round(learner.weights()[i], rounded[i]);
            }
            forward.load(rounded);
            forward.run(samples, inputs, times);
            for (int i = 0; i < times.length; i++) {
                near("times of layer " + i, times[i], VectorFile.matrix(recorded.get(i)), tolerance("times_abs"));
            }
            return times;
        }

        private void chipWeights(String where, JsonNode expected) {
            double scale = vector.at("/config/chip/scale_weights").doubleValue();
            for (int i = 0; i < models.size(); i++) {
                double[] wanted = VectorFile.matrix(expected.get(i));
                int[] actual = WeightGrid.integers(learner.weights()[i], scale, 63);
                for (int j = 0; j < wanted.length; j++) {
                    assertThat(actual[j])
                            .as("%s, layer %s, weight %s", where, i, j)
                            .isEqualTo((int) wanted[j]);
                }
            }
        }

        private double tolerance(String key) {
            return vector.get("tolerance").get(key).doubleValue();
        }

        private OptimizerSettings optimizer() {
            double rate = training.get("learning_rate").doubleValue();
            return training.get("optimizer").asText().equals("adam")
                    ? OptimizerSettings.adam(rate)
                    : OptimizerSettings.sgd(rate, training.get("momentum").doubleValue());
        }

        private RescueSettings rescue(double clip) {
            double value = training.get("weight_bumping_value").doubleValue();
            return new RescueSettings(
                    value,
                    training.get("weight_bumping_exp").booleanValue(),
                    training.get("weight_bumping_targeted").booleanValue(),
                    false,
                    Math.max(value, RescueSettings.defaultMax(clip)));
        }

        private static List<LayerModel> models(JsonNode config) {
            JsonNode neuron = config.get("neuron");
            double tauSyn = neuron.get("tau_syn").doubleValue();
            NeuronConstants constants = new NeuronConstants(
                    tauSyn,
                    neuron.path("tau_mem").asDouble(tauSyn),
                    neuron.get("g_leak").doubleValue(),
                    neuron.get("leak").doubleValue(),
                    neuron.get("threshold").doubleValue());
            List<LayerModel> models = new ArrayList<>();
            int inputs = config.get("n_inputs").intValue();
            for (int i = 0; i < config.get("layer_sizes").size(); i++) {
                int size = config.get("layer_sizes").get(i).intValue();
                models.add(new LayerModel(
                        inputs, VectorFile.times(config.get("bias_times").get(i)), size, constants));
                inputs = size;
            }
            return Collections.unmodifiableList(models);
        }

        private static void near(String what, double[][] actual, JsonNode expected, double tolerance) {
            assertThat(expected.size()).as(what).isEqualTo(actual.length);
            for (int i = 0; i < actual.length; i++) {
                near(what + " of layer " + i, actual[i], VectorFile.matrix(expected.get(i)), tolerance);
            }
        }

        private static void near(String what, double[] actual, double[] expected, double tolerance) {
            assertThat(expected.length).as(what).isEqualTo(actual.length);
            for (int i = 0; i < actual.length; i++) {
                boolean silent = expected[i] == Double.POSITIVE_INFINITY;
                if (silent || !(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                    assertThat(actual[i]).as("%s [%s]", what, i).isEqualTo(expected[i]);
                }
            }
        }
    }
}
