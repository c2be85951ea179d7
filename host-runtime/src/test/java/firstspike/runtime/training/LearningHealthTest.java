package firstspike.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.SolverExecutor;
import firstspike.runtime.execution.WeightsInForce;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Trainings of one epoch that raise the counters of learning. Where each health counter (formats.md 3.3) is raised:
 *
 * <table>
 *   <caption>Counter and the test that raises it</caption>
 *   <tr><th>Counter</th><th>Test</th></tr>
 *   <tr><td>events.sent, events.received</td><td>RunHealthTest.crossbar</td></tr>
 *   <tr><td>events.dropped.crossbar</td><td>RunHealthTest.crossbar</td></tr>
 *   <tr><td>events.dropped.padi</td><td>RunHealthTest.padi</td></tr>
 *   <tr><td>events.dropped.trace, events.suspect_time</td><td>RunHealthTest.trace</td></tr>
 *   <tr><td>events.dropped.link</td><td>RunHealthTest.link</td></tr>
 *   <tr><td>events.merged</td><td>RunHealthTest.merged</td></tr>
 *   <tr><td>events.in_flight_at_halt</td><td>RunHealthTest.inFlight</td></tr>
 *   <tr><td>events.not_recorded</td><td>RunHealthTest.notRecorded</td></tr>
 *   <tr><td>events.late_responses</td><td>RegisterAccessTest.haltDoesNotWait</td></tr>
 *   <tr><td>events.late, events.late_max_ticks</td><td>ExecutorTimeTest.lateWaitsAreCounted; by the encoder:
 *       ChipExecutorTest.movedEvents</td></tr>
 *   <tr><td>events.extra, events.outside_window</td><td>ChipExecutorTest.outsideEveryWindow</td></tr>
 *   <tr><td>events.unmapped_label</td><td>ChipExecutorTest.fails: a run with one is repeated, and fails in the end</td></tr>
 *   <tr><td>link.reconnects</td><td>RemoteLinkTest.cutConnections</td></tr>
 *   <tr><td>link.unexpected_notifications</td><td>RunHealthTest.linksComeBack</td></tr>
 *   <tr><td>registers.unmapped</td><td>RegisterAccessTest.unmappedAddress</td></tr>
 *   <tr><td>registers.writes_pending</td><td>LinksAndTimeoutsTest.accessWhileInReset</td></tr>
 *   <tr><td>time.base</td><td>RegisterAccessTest.initialisedWithoutSynchronisation, ChipExecutorTest.timeBase</td></tr>
 *   <tr><td>program.timeouts, program.short</td><td>ChipExecutorTest.timedOut, shortResult</td></tr>
 *   <tr><td>program.repeats</td><td>ChipExecutorTest.repeats</td></tr>
 *   <tr><td>ppu.ignored</td><td>RegisterAccessTest.ppuStart</td></tr>
 *   <tr><td>spikes.missing.*, weights.bumped, weights.bump_steps, weights.bump_saturated</td><td>silentLayers</td></tr>
 *   <tr><td>weights.clipped</td><td>clippedWeights</td></tr>
 *   <tr><td>weights.quantisation_rmse</td><td>ChipExecutorTest.weightsInForce</td></tr>
 *   <tr><td>gradient.dropped, gradient.floored, gradient.flat</td><td>specialGradients</td></tr>
 *   <tr><td>gradient.nonfinite</td><td>infiniteGradient; as the end of a training:
 *       TrainerTest.valuesThatAreNotFiniteAreATypedFailure</td></tr>
 * </table>
 *
 * <p>Not raised, because nothing in this version can: events.dropped.log and log.* (no record of events is written),
 * program.underrun_ticks (programs are not streamed), link.crc_errors, link.retransmits and link.duplicates (no frames
 * between host and FPGA; the emulated serial links make no errors), calibration.* and adc.* (no calibration and no
 * converters).
 */
class LearningHealthTest {

    private static final NeuronModel NEURON = new NeuronModel(1, 1, 1, 0, 1);
    private static final Network TWO_LAYERS = new Network(
            4, 2, NEURON, List.of(new Layer("hidden", 5, List.of(), 1), new Layer("label", 3, List.of(), 1)));
    private static final Network ONE_LAYER = new Network(4, 1, NEURON, List.of(new Layer("label", 3, List.of(), 1)));
    private static final GradientSettings PUBLISHED = GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0.1, 0.2);
    /** So late that the loss of it is no finite number. */
    private static final double LATEST = 720;

    private static final int SAMPLES = 20;
    private static final int BATCHES = 4;

    @Test
    @DisplayName("spikes.missing, weights.bumped, bump_steps and bump_saturated: a layer that stays silent")
    void silentLayers() {
        SortedMap<String, Number> health =
                health(TWO_LAYERS, new WeightInit(WeightInit.Distribution.NORMAL, -1, 0), PUBLISHED);

        assertThat(health)
                .containsEntry("spikes.missing.hidden", 1.0)
                .containsEntry("spikes.missing.label", 1.0)
                .containsEntry("weights.bumped", 1.0)
                .containsEntry("weights.bump_steps", (long) BATCHES)
                .containsEntry("weights.bump_saturated", BATCHES - 2L);
    }

    @Test
    @DisplayName("weights.clipped: weights at the limit")
    void clippedWeights() {
        GradientSettings still = new GradientSettings(LearningRule.IMPLICIT, 0, 1, 1e9);

        assertThat(health(ONE_LAYER, new WeightInit(WeightInit.Distribution.NORMAL, 5, 0), still))
                .containsEntry("weights.clipped", 1.0);
        assertThat(health(ONE_LAYER, new WeightInit(WeightInit.Distribution.NORMAL, 2, 0), still))
                .containsEntry("weights.clipped", 0.0);
    }

    @Test
    @DisplayName("gradient.dropped, floored and flat: contributions above, slopes below a limit")
    void specialGradients() {
        WeightInit init = new WeightInit(WeightInit.Distribution.NORMAL, 1.5, 0.1);

        assertThat(gradients(init, new GradientSettings(LearningRule.CLOSED_FORM_EQUAL, 0, 1e-12, 0)))
                .containsExactly(3L * SAMPLES, 0L, 0L, 0L);
        assertThat(gradients(init, new GradientSettings(LearningRule.CLOSED_FORM_EQUAL, 1, 1e9, 0)))
                .containsExactly(0L, 3L * SAMPLES, 0L, 0L);
        assertThat(gradients(init, new GradientSettings(LearningRule.IMPLICIT, 0, 1e9, 1e9)))
                .containsExactly(0L, 0L, 3L * SAMPLES, 0L);
    }

    @Test
    @DisplayName("gradient.nonfinite: true labels so late that the loss overflows")
    void infiniteGradient() {
        WeightInit init = new WeightInit(WeightInit.Distribution.NORMAL, -1, 0);

        assertThat(gradients(init, GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0, Double.POSITIVE_INFINITY)))
                .containsExactly(0L, 0L, 0L, (long) SAMPLES);
    }

    private static List<Long> gradients(WeightInit init, GradientSettings settings) {
        SortedMap<String, Number> health = health(ONE_LAYER, init, settings);
        return List.of("dropped", "floored", "flat", "nonfinite").stream()
                .map(name -> health.get("gradient." + name).longValue())
                .toList();
    }

    /** Health of the one epoch of a training. */
    private static SortedMap<String, Number> health(Network network, WeightInit init, GradientSettings gradients) {
        double[] times = new double[4 * SAMPLES];
        Arrays.setAll(times, i -> 0.2 + 0.1 * (i % 7));
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> i % 3);
        SampleSet samples = new SampleSet(times, 4, labels);
        LayerPlan layer = new LayerPlan(init, 0.3, true, 1);
        // two doublings of the bump reach its limit, and five steps of it no threshold
        RescueSettings rescue = new RescueSettings(0.01, true, true, false, 0.02);
        TrainingPlan plan = new TrainingPlan(
                1,
                SAMPLES / BATCHES,
                SAMPLES,
                false,
                false,
                gradients,
                CrossEntropyLoss.PUBLISHED,
                OptimizerSettings.adam(1e-9),
                Schedule.CONSTANT,
                Optional.of(rescue),
                Optional.empty(),
                network.layers().stream().map(l -> layer).toList(),
                new TreeSet<>(),
                Optional.empty(),
                1,
                1);
        try (Shards shards = new Shards(1);
                NetworkExecutor executor = network == ONE_LAYER ? new Spiking(network) : solver(network)) {
            return new TreeMap<>(Trainer.builder(network, plan, executor, shards)
                    .data(samples, samples)
                    .nanoTime(() -> 0)
                    .build()
                    .run()
                    .metrics()
                    .get(1)
                    .health());
        }
    }

    private static SolverExecutor solver(Network network) {
        int layers = network.layers().size();
        return new SolverExecutor(network, Collections.nCopies(layers, new WeightGrid(1 / 30.0, 2.1)), 1);
    }

    /** Measures a spike of every neuron in every sample, a very late one where exact arithmetic finds none. */
    private static final class Spiking implements NetworkExecutor {

        private final SolverExecutor solver;

        Spiking(Network network) {
            solver = solver(network);
        }

        @Override
        public ExecutorTraits traits() {
            return solver.traits();
        }

        @Override
        public WeightsInForce load(LayerWeights shadow) {
            return solver.load(shadow);
        }

        @Override
        public FirstSpikes run(InputSpikes batch, RunIntent intent) {
            FirstSpikes spikes = solver.run(batch, intent);
            double[] times = spikes.layers()[0];
            Arrays.setAll(times, i -> times[i] == Double.POSITIVE_INFINITY ? LATEST : times[i]);
            return spikes;
        }

        @Override
        public void close() {
            solver.close();
        }
    }
}
