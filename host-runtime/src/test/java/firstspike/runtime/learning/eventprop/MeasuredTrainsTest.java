package firstspike.runtime.learning.eventprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.link.LinkOptions;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Trains that an emulated chip sent, and what learning makes of them. */
class MeasuredTrainsTest {
    private static final double TICK = 1 / 750.0;
    private static final int SAMPLES = 150;
    private static final GradientSettings FLOORED = GradientSettings.of(LearningRule.EVENT_PROP, 0.1, 30);

    private static Network network(AfterSpike after) {
        return new Network(
                4,
                1,
                new NeuronModel(1, 1, 1, 0, 1, after),
                List.of(
                        new Layer("hidden", 30, List.of(0.9), 1, Layer.ANY_NUMBER),
                        new Layer("label", 3, List.of(), 1, Layer.ANY_NUMBER)));
    }

    private static LayerWeights weights() {
        RandomStream random = RandomStream.of("measured-trains", 1);
        double[] hidden = new double[5 * 30];
        Arrays.setAll(hidden, i -> Math.max(-2, Math.min(2, 1.1 + 0.5 * random.nextNormal())));
        double[] label = new double[30 * 3];
        Arrays.setAll(label, i -> 0.25 + 0.3 * random.nextNormal());
        return new LayerWeights(new double[][] {hidden, label});
    }

    private static InputSpikes inputs(int samples) {
        RandomStream random = RandomStream.of("measured-inputs", 1);
        double[] times = new double[4 * samples];
        Arrays.setAll(times, i -> 0.15 + 1.85 * random.nextUniform());
        return InputSpikes.ofDense(times, 4);
    }

    private static ChipTarget target(String uri) {
        return (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
    }

    private static ChipExecutor open(Network network, ChipTarget target) {
        ChipMapping mapping = Mapper.map(
                network, ChipSettings.forNetworksWithout(), target.chips().get(0), false);
        return ChipExecutor.open(mapping, target, 0);
    }

    @Test
    @DisplayName(
            "at measured spikes the membrane of the model stands at the threshold, and most slopes are the model's own")
    void slopesAreThoseOfTheModel() {
        Network network = network(new AfterSpike(0.333, 0, 0));
        InputSpikes batch = inputs(SAMPLES);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target)) {
            double[][] inForce = chip.load(weights()).layers();
            FirstSpikes measured = chip.run(batch, RunIntent.TRAIN);
            Network onChip = network.with(chip.afterSpike().orElseThrow());
            int spikes = 0;
            int near = 0;
            for (int layer = 0; layer < 2; layer++) {
                SpikeTrains own = measured.trains().get(layer);
                SpikeTrains below = below(network, batch, measured.trains(), layer);
                SpikeTrains computed = computed(onChip, layer, inForce[layer], below);
                LayerAdjoint ofChip = adjoint(onChip, layer);
                LayerAdjoint ofModel = adjoint(onChip, layer);
                TrainTally tally = new TrainTally();
                for (int sample = 0; sample < SAMPLES; sample++) {
                    ofChip.forward(below, own, sample, inForce[layer], List.of(), tally);
                    ofModel.forward(below, computed, sample, inForce[layer], List.of(), new TrainTally());
                    for (int n = 0; n < own.neurons(); n++) {
                        for (int k = 0; k < Math.min(own.count(sample, n), computed.count(sample, n)); k++) {
                            int a = own.begin(sample, n) - own.begin(sample, 0) + k;
                            int b = computed.begin(sample, n) - computed.begin(sample, 0) + k;
                            if (!ofChip.forced(a)) {
                                double model = ofModel.normalisedSlope(n, b);
                                spikes++;
                                near += Math.abs(ofChip.normalisedSlope(n, a) - model) <= 0.05 * model ? 1 : 0;
                            }
                        }
                    }
                }
                double rms = Math.sqrt(tally.excessSquares / tally.excessSpikes);
                assertThat(rms).as("excess of layer %d", layer).isLessThan(0.05);
            }
            assertThat(spikes).isGreaterThan(2000);
            assertThat((double) near / spikes).isGreaterThanOrEqualTo(0.93);
        }
    }

    @Test
    @DisplayName(
            "one tick of jitter on measured trains changes the weight gradient of an untrained network by less than 5 %")
    void aTickOfJitterIsHarmless() {
        Network network = network(new AfterSpike(0.333, 0, 0));
        InputSpikes batch = inputs(SAMPLES);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target)) {
            double[][] inForce = chip.load(weights()).layers();
            List<SpikeTrains> measured = chip.run(batch, RunIntent.TRAIN).trains();
            RandomStream random = RandomStream.of("jitter", 1);
            List<SpikeTrains> moved = measured.stream()
                    .map(trains -> {
                        double[] time = trains.time().clone();
                        Arrays.setAll(time, i -> time[i] + TICK * (random.nextInt(3) - 1));
                        return new SpikeTrains(trains.samples(), trains.neurons(), trains.first(), time);
                    })
                    .toList();

            double[][] gradient = gradient(network, batch, measured, inForce);
            double[][] other = gradient(network, batch, moved, inForce);

            for (int layer = 0; layer < 2; layer++) {
                double norm = 0;
                double change = 0;
                for (int i = 0; i < gradient[layer].length; i++) {
                    norm += gradient[layer][i] * gradient[layer][i];
                    change += Math.pow(other[layer][i] - gradient[layer][i], 2);
                }
                assertThat(Math.sqrt(change / norm)).as("layer %d", layer).isLessThan(0.05);
            }
        }
    }

    @Test
    @DisplayName("E-20 with a hold-off a strongly driven neuron spikes with period R + H, all but the first forced")
    void holdOffForcesSpikes() {
        Network network = network(new AfterSpike(0.333, 0.2, 0));
        double[][] strong = {new double[5 * 30], new double[30 * 3]};
        Arrays.fill(strong[0], 2);
        double[] times = new double[12];
        Arrays.setAll(times, i -> 0.9 + 0.5 * (i % 3));
        InputSpikes batch = InputSpikes.ofDense(times, 4, 3);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target)) {
            double[][] inForce = chip.load(new LayerWeights(strong)).layers();
            AfterSpike after = chip.afterSpike().orElseThrow();
            Network onChip = network.with(after);
            List<SpikeTrains> trains = chip.run(batch, RunIntent.TRAIN).trains();
            SpikeTrains hidden = trains.get(0);
            LayerAdjoint adjoint = adjoint(onChip, 0);
            adjoint.forward(LayerModels.trains(onChip, batch), hidden, 0, inForce[0], List.of(), new TrainTally());

            assertThat(hidden.count(0, 0)).isGreaterThan(3);
            assertThat(adjoint.forced(0)).isFalse();
            for (int k = 1; k < 3; k++) {
                int i = hidden.begin(0, 0) + k;
                assertThat(hidden.time()[i] - hidden.time()[i - 1])
                        .isCloseTo(after.refractory() + after.holdoff(), within(0.003));
                assertThat(adjoint.forced(k)).isTrue();
            }
            for (double[] layer : gradient(onChip, batch, trains, inForce)) {
                assertThat(Arrays.stream(layer).allMatch(Double::isFinite)).isTrue();
            }
        }
    }

    @Test
    @DisplayName("E-25 a farm of two chips and a shared chip send the trains that one chip sends")
    void farmsAndSharedChipsAgree() {
        Network network = network(new AfterSpike(0.333, 0, 0));
        InputSpikes batch = inputs(9);
        List<SpikeTrains> expected = run("emu:nominal?seed=1", network, batch);

        assertThat(run("emu:nominal?seed=1&chips=2", network, batch)).isEqualTo(expected);
        assertThat(expected.get(0).longest()).isGreaterThan(1);
    }

    private static List<SpikeTrains> run(String uri, Network network, InputSpikes batch) {
        try (ChipTarget target = target(uri);
                ChipExecutor chip = open(network, target)) {
            chip.load(weights());
            return chip.run(batch, RunIntent.TRAIN).trains();
        }
    }

    /** What the model makes of measured arrivals. */
    private static SpikeTrains computed(Network network, int layer, double[] weights, SpikeTrains below) {
        try (Shards shards = new Shards(1)) {
            TrainForward forward = new TrainForward(
                    List.of(LayerModels.trains(network, List.of()).get(layer)),
                    Double.POSITIVE_INFINITY,
                    TrainSettings.SPIKE_LIMIT,
                    shards);
            forward.load(new double[][] {weights});
            return forward.run(below).get(0);
        }
    }

    private static SpikeTrains below(Network network, InputSpikes batch, List<SpikeTrains> trains, int layer) {
        return layer == 0 ? LayerModels.trains(network, batch) : trains.get(layer - 1);
    }

    private static LayerAdjoint adjoint(Network network, int layer) {
        return new LayerAdjoint(
                LayerModels.trains(network, List.of()).get(layer), FLOORED, TrainSettings.MEASURED_MARGIN);
    }

    private static int[] labels(int samples) {
        int[] labels = new int[samples];
        Arrays.setAll(labels, i -> i % 3);
        return labels;
    }

    private static double[][] gradient(
            Network network, InputSpikes batch, List<SpikeTrains> trains, double[][] weights) {
        List<TrainLayer> layers = LayerModels.trains(network, List.of());
        double[][] gradient = layers.stream().map(l -> new double[l.weights()]).toArray(double[][]::new);
        try (Shards shards = new Shards(1)) {
            new TrainGradient(
                            layers,
                            FLOORED,
                            TrainSettings.MEASURED_MARGIN,
                            new FirstSpikeTrainLoss(CrossEntropyLoss.PUBLISHED),
                            ProbeSettings.NONE,
                            shards)
                    .compute(LayerModels.trains(network, batch), trains, labels(batch.samples()), weights, gradient);
        }
        return gradient;
    }
}
