package firstspike.runtime.learning.eventprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.Shards;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must hold for any network: derivatives, order of inputs, threads, grids in time, limits. */
class EventPropPropertyTest {
    /** Where the membrane is looked at, units of tau. */
    private static final double GRID = 1e-4;

    private static final GradientSettings EXACT =
            new GradientSettings(LearningRule.EVENT_PROP, 0, Double.POSITIVE_INFINITY, 0);

    @Test
    @DisplayName("E-10 central differences of spike times and of probes agree on 200 random networks")
    void gradientsAreCentralDifferences() {
        int judged = 0;
        for (int seed = 0; judged < 200; seed++) {
            RandomNetwork network = new RandomNetwork(seed, 3, 4, 2);
            List<SpikeTrains> trains = network.run();
            if (!network.differentiable(trains)) {
                continue;
            }
            judged++;
            network.checkDerivatives(trains, seed);
        }
    }

    @Test
    @DisplayName("E-11 the order of input rows and of equal times does not change a bit")
    void orderOfInputsDoesNotMatter() {
        for (int seed = 0; seed < 50; seed++) {
            RandomNetwork network = new RandomNetwork(seed, 4, 5, 3);
            network.shareInstants();
            List<SpikeTrains> trains = network.run();
            RandomNetwork turned = network.reversedInputs();

            assertThat(turned.run()).as("seed %d", seed).isEqualTo(trains);
            double[][] gradient = network.gradient(trains, 1);
            double[][] other = turned.gradient(trains, 1);
            int size = network.layers.get(0).size();
            for (int row = 0; row < 4; row++) {
                assertThat(Arrays.copyOfRange(other[0], (3 - row) * size, (4 - row) * size))
                        .isEqualTo(Arrays.copyOfRange(gradient[0], row * size, (row + 1) * size));
            }
            assertThat(other[1]).isEqualTo(gradient[1]);
        }
    }

    @Test
    @DisplayName("E-12 a sample alone, in a batch, and on 1 to 4 threads has the same bits")
    void batchesAndThreadsDoNotMatter() {
        RandomNetwork network = new RandomNetwork(7, 3, 6, 3);
        SpikeTrains one = network.inputs;
        int samples = 11;
        int[] first = new int[samples * 3 + 1];
        double[] time = new double[samples * one.time().length];
        for (int s = 0; s < samples; s++) {
            System.arraycopy(one.time(), 0, time, s * one.time().length, one.time().length);
            for (int n = 0; n < 3; n++) {
                first[s * 3 + n + 1] = s * one.time().length + one.first()[n + 1];
            }
        }
        SpikeTrains batch = new SpikeTrains(samples, 3, first, time);
        List<SpikeTrains> alone = network.run();
        double[][] expected = null;
        for (int threads = 1; threads <= 4; threads++) {
            try (Shards shards = new Shards(threads)) {
                TrainForward forward = new TrainForward(network.layers, Double.POSITIVE_INFINITY, 10_000, shards);
                forward.load(network.weights);
                List<SpikeTrains> trains = forward.run(batch);
                for (int layer = 0; layer < trains.size(); layer++) {
                    SpikeTrains of = trains.get(layer);
                    for (int s = 0; s < samples; s++) {
                        assertThat(Arrays.copyOfRange(of.time(), of.begin(s, 0), of.end(s, of.neurons() - 1)))
                                .isEqualTo(alone.get(layer).time());
                    }
                }
                TrainGradient gradients = new TrainGradient(
                        network.layers, EXACT, 0, new SpikeCountLoss(2, 1), new ProbeSettings(2, 1), shards);
                double[][] gradient = network.zeros();
                gradients.compute(batch, trains, new int[samples], network.weights, gradient);
                expected = expected == null ? gradient : expected;
                assertThat(gradient[0]).isEqualTo(expected[0]);
                assertThat(gradient[1]).isEqualTo(expected[1]);
            }
        }
    }

    @Test
    @DisplayName("E-13 against a fine grid every spike of 1,000 random neurons is found, none twice")
    void noCrossingIsMissed() {
        for (int seed = 0; seed < 1000; seed++) {
            RandomNetwork network = new RandomNetwork(seed, 4, 1, 1);
            network.only(0);
            double[] found = network.run().get(0).time();
            for (int i = 1; i < found.length; i++) {
                assertThat(found[i]).as("seed %d", seed).isGreaterThan(found[i - 1]);
            }
            followOnGrid(network, found, seed);
        }
    }

    /** Between its spikes the membrane never stands above the threshold, and at each of them it reaches it. */
    private static void followOnGrid(RandomNetwork network, double[] found, int seed) {
        TrainLayer layer = network.layers.get(0);
        double threshold = layer.neuron(0).constants().thresholdDistance();
        NeuronStates states = new NeuronStates(layer);
        Arrivals arrivals = new Arrivals();
        TrainForward.arrivals(layer, network.inputs, 0, arrivals);
        arrivals.sort();
        states.rest(0);
        int spike = 0;
        int arrival = 0;
        double last = Math.max(found.length == 0 ? 0 : found[found.length - 1], 4) + 4;
        for (double now = 0; now < last; now += GRID) {
            while (true) {
                double arrives = arrival < arrivals.count ? arrivals.time[arrival] : Double.POSITIVE_INFINITY;
                double spikes = spike < found.length ? found[spike] : Double.POSITIVE_INFINITY;
                if (Math.min(arrives, spikes) > now) {
                    break;
                }
                if (spikes <= arrives) {
                    boolean forced = Math.abs(spikes - states.ready[0]) < 1e-12;
                    states.move(0, spikes);
                    assertThat(states.u[0] >= threshold - 1e-9 && (forced || states.u[0] <= threshold + 1e-9))
                            .as("seed %d: membrane %s at spike %d", seed, states.u[0], spike)
                            .isTrue();
                    states.spike(0, spikes);
                    spike++;
                } else {
                    states.move(0, arrives);
                    states.arrive(arrivals.row, arrival, arrival + 1, network.weights[0]);
                    arrival++;
                }
            }
            states.move(0, now);
            if (states.free(0)) {
                assertThat(states.u[0]).as("seed %d at %s", seed, now).isLessThan(threshold + 1e-9);
            }
        }
        assertThat(spike).isEqualTo(found.length);
    }

    @Test
    @DisplayName("E-14 a refractory time of 1e-9 agrees with none")
    void refractoryTimeVanishes() {
        for (int seed = 0; seed < 40; seed++) {
            RandomNetwork none = new RandomNetwork(seed, 3, 4, 2).withRefractory(0);
            RandomNetwork short_ = new RandomNetwork(seed, 3, 4, 2).withRefractory(1e-9);
            List<SpikeTrains> trains = none.run();
            List<SpikeTrains> others = short_.run();
            if (!none.differentiable(trains)) {
                continue;
            }
            for (int layer = 0; layer < 2; layer++) {
                assertThat(others.get(layer).first())
                        .isEqualTo(trains.get(layer).first());
                for (int i = 0; i < trains.get(layer).time().length; i++) {
                    assertThat(others.get(layer).time()[i])
                            .isCloseTo(trains.get(layer).time()[i], within(1e-6));
                }
                double[] gradient = none.gradient(trains, 0)[layer];
                double[] other = short_.gradient(others, 0)[layer];
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(other[i]).isCloseTo(gradient[i], within(1e-6 * (1 + Math.abs(gradient[i]))));
                }
            }
        }
    }

    @Test
    @DisplayName("E-16 runaway weights end with the typed error that names layer, neuron and time")
    void runawayWeightsEnd() {
        RandomNetwork network = new RandomNetwork(3, 3, 4, 2);
        Arrays.fill(network.weights[0], 1e6);

        assertThatThrownBy(network::run)
                .isInstanceOf(RunawaySpikesException.class)
                .hasMessageContaining("layer 0, neuron ")
                .hasMessageContaining("10000");
    }

    @Test
    @DisplayName("E-17 a layer that is wholly silent gives gradient 0")
    void silentLayersHaveNoGradient() {
        RandomNetwork network = new RandomNetwork(3, 3, 4, 2);
        Arrays.fill(network.weights[0], 0);

        double[][] gradient = network.gradient(network.run(), 0);

        assertThat(gradient[0]).containsOnly(0);
        assertThat(gradient[1]).containsOnly(0);
    }

    @Test
    @DisplayName("E-28 time is linear in events: work counted by spikes of long recurrent and feed-forward samples")
    void manySpikesFitInMemory() {
        RandomNetwork network = new RandomNetwork(5, 3, 4, 2);
        double[] inputs = new double[3000];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = 0.3 * i;
        }
        network.inputs = new SpikeTrains(1, 3, new int[] {0, 1000, 2000, 3000}, train(inputs));
        List<SpikeTrains> trains = network.run();
        int spikes = trains.stream().mapToInt(t -> t.time().length).sum();

        double[][] gradient = network.gradient(trains, 1);

        assertThat(spikes).isBetween(1000, 10_000);
        assertThat(Arrays.stream(gradient[0]).allMatch(Double::isFinite)).isTrue();
    }

    /** Three trains that take turns. */
    private static double[] train(double[] all) {
        double[] time = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            time[i] = all[i / 1000 + 3 * (i % 1000)];
        }
        return time;
    }
}
