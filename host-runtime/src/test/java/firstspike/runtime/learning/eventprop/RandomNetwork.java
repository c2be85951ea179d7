package firstspike.runtime.learning.eventprop;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** A seeded network of two layers with one sample of input trains, for properties that hold for any. */
final class RandomNetwork {
    private static final double H = 1e-6;
    private static final GradientSettings EXACT =
            new GradientSettings(LearningRule.EVENT_PROP, 0, Double.POSITIVE_INFINITY, 0);

    List<TrainLayer> layers;
    final double[][] weights = new double[2][];
    SpikeTrains inputs;

    RandomNetwork(int seed, int rows, int hidden, int labels) {
        RandomStream random = RandomStream.of("random-network", seed);
        double[] tauMem = {1, 2, 0.5, 1.3};
        double[] refractory = {0, 0.333, 1};
        NeuronConstants constants = new NeuronConstants(1, tauMem[seed % 4], 1, 0, 1);
        SpikingNeuron neuron =
                new SpikingNeuron(constants, refractory[seed % 3], seed % 5 == 0 ? 0.2 : 0, seed % 2 == 0 ? 0 : -0.3);
        layers = List.of(layer(rows, hidden, neuron), layer(hidden, labels, neuron));
        weights[0] = draw(random, rows * hidden, 1.5, 1.5);
        weights[1] = draw(random, hidden * labels, 1.0, 1.0);
        int[] first = new int[rows + 1];
        List<Double> times = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double[] train = new double[1 + random.nextInt(3)];
            for (int i = 0; i < train.length; i++) {
                // on a grid of tenths of a step apart, so that a grid of 1e-4 has them all
                train[i] = 1e-4 * random.nextInt(40_000);
            }
            Arrays.sort(train);
            for (double t : train) {
                times.add(t);
            }
            first[row + 1] = times.size();
        }
        inputs = new SpikeTrains(
                1, rows, first, times.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static TrainLayer layer(int inputs, int size, SpikingNeuron neuron) {
        return new TrainLayer(inputs, new double[0], size, List.of(neuron), TrainLayer.NO_CAP, OptionalDouble.empty());
    }

    private static double[] draw(RandomStream random, int count, double mean, double deviation) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = mean + deviation * random.nextNormal();
        }
        return values;
    }

    RandomNetwork withRefractory(double time) {
        layers = layers.stream()
                .map(l -> layer(
                        l.inputs(),
                        l.size(),
                        new SpikingNeuron(
                                l.neuron(0).constants(), time, 0, l.neuron(0).vReset())))
                .toList();
        return this;
    }

    /** Leaves one layer. */
    void only(int layer) {
        layers = List.of(layers.get(layer));
    }

    /** Moves events onto a few instants. */
    void shareInstants() {
        double[] time = inputs.time().clone();
        for (int i = 0; i < time.length; i++) {
            time[i] = Math.rint(2 * time[i]) / 2;
        }
        inputs = new SpikeTrains(1, inputs.neurons(), inputs.first(), time);
    }

    /** The same with its input rows in the opposite order. */
    RandomNetwork reversedInputs() {
        RandomNetwork turned = new RandomNetwork(0, inputs.neurons(), 1, 1);
        turned.layers = layers;
        int size = layers.get(0).size();
        int rows = inputs.neurons();
        turned.weights[0] = new double[weights[0].length];
        int[] first = new int[rows + 1];
        double[] time = new double[inputs.time().length];
        for (int row = 0; row < rows; row++) {
            int other = rows - 1 - row;
            System.arraycopy(weights[0], other * size, turned.weights[0], row * size, size);
            int count = inputs.count(0, other);
            System.arraycopy(inputs.time(), inputs.begin(0, other), time, first[row], count);
            first[row + 1] = first[row] + count;
        }
        turned.weights[1] = weights[1];
        turned.inputs = new SpikeTrains(1, rows, first, time);
        return turned;
    }

    List<SpikeTrains> run() {
        return run(weights, inputs);
    }

    private List<SpikeTrains> run(double[][] of, SpikeTrains trains) {
        try (Shards shards = new Shards(1)) {
            TrainForward forward = new TrainForward(layers, Double.POSITIVE_INFINITY, 10_000, shards);
            forward.load(Arrays.copyOf(of, layers.size()));
            return forward.run(trains);
        }
    }

    double[][] zeros() {
        return layers.stream().map(l -> new double[l.weights()]).toArray(double[][]::new);
    }

    /** Gradient of a count loss with probes of an amount. */
    double[][] gradient(List<SpikeTrains> trains, double probe) {
        double[][] gradient = zeros();
        try (Shards shards = new Shards(1)) {
            new TrainGradient(layers, EXACT, 0, new SpikeCountLoss(2, 1), new ProbeSettings(probe, 1), shards)
                    .compute(inputs, trains, new int[1], weights, gradient);
        }
        return gradient;
    }

    /** Whether small changes keep the number of spikes: no steep slope missing, no event near another. */
    boolean differentiable(List<SpikeTrains> trains) {
        SpikeTrains below = inputs;
        for (int l = 0; l < layers.size(); l++) {
            LayerAdjoint adjoint = new LayerAdjoint(layers.get(l), EXACT, 0);
            adjoint.forward(below, trains.get(l), 0, weights[l], List.of(), new TrainTally());
            int k = 0;
            for (int n = 0; n < layers.get(l).size(); n++) {
                for (int i = 0; i < trains.get(l).count(0, n); i++, k++) {
                    double time = trains.get(l).time()[k];
                    SpikingNeuron neuron = layers.get(l).neuron(n);
                    if (!adjoint.forced(k) && adjoint.normalisedSlope(n, k) < 0.05) {
                        return false;
                    }
                    double release = time + neuron.refractory();
                    for (double t : below.time()) {
                        if (Math.abs(t - time) < 1e-3 || Math.abs(t - release) < 1e-3) {
                            return false;
                        }
                    }
                }
            }
            below = trains.get(l);
        }
        double scale = 1e-4;
        double[][] moved = {weights[0].clone(), weights[1].clone()};
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int l = 0; l < 2; l++) {
                for (int i = 0; i < moved[l].length; i++) {
                    moved[l][i] = weights[l][i] * (1 + sign * scale);
                }
            }
            List<SpikeTrains> others = run(moved, inputs);
            for (int l = 0; l < layers.size(); l++) {
                if (!Arrays.equals(others.get(l).first(), trains.get(l).first())) {
                    return false;
                }
            }
        }
        return trains.get(1).time().length > 0;
    }

    void checkDerivatives(List<SpikeTrains> trains, int seed) {
        RandomStream random = RandomStream.of("errors", seed);
        double[] errors = draw(random, trains.get(1).time().length, 0, 1);
        int neuron = seed % layers.get(1).size();
        double probeTime = probeTime(trains, neuron);
        double strength = 0.7;
        List<LayerAdjoint> chain =
                layers.stream().map(l -> new LayerAdjoint(l, EXACT, 0)).toList();
        List<Probe> probes = List.of(Probe.at(neuron, probeTime, strength));
        chain.get(0).forward(inputs, trains.get(0), 0, weights[0], List.of(), new TrainTally());
        chain.get(1).forward(trains.get(0), trains.get(1), 0, weights[1], probes, new TrainTally());
        for (int k = 0; k < errors.length; k++) {
            chain.get(1).hang(k, errors[k]);
        }
        double[][] gradient = zeros();
        double[] toHidden = new double[trains.get(0).time().length];
        double[] toInputs = new double[inputs.time().length];
        chain.get(1).backward(weights[1], gradient[1], toHidden);
        for (int k = 0; k < toHidden.length; k++) {
            chain.get(0).hang(k, toHidden[k]);
        }
        chain.get(0).backward(weights[0], gradient[0], toInputs);
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < weights[l].length; i++) {
                double kept = weights[l][i];
                weights[l][i] = kept + H;
                double up = value(errors, neuron, probeTime, strength, inputs);
                weights[l][i] = kept - H;
                double down = value(errors, neuron, probeTime, strength, inputs);
                weights[l][i] = kept;
                near("seed " + seed + ", layer " + l + ", weight " + i, gradient[l][i], (up - down) / (2 * H));
            }
        }
        for (int i = 0; i < toInputs.length; i++) {
            double up = value(errors, neuron, probeTime, strength, moved(i, H));
            double down = value(errors, neuron, probeTime, strength, moved(i, -H));
            near("seed " + seed + ", input event " + i, toInputs[i], (up - down) / (2 * H));
        }
    }

    private SpikeTrains moved(int event, double by) {
        double[] time = inputs.time().clone();
        time[event] += by;
        return new SpikeTrains(1, inputs.neurons(), inputs.first(), time);
    }

    /** A time away from all events of the label and all that arrives at it. */
    private double probeTime(List<SpikeTrains> trains, int neuron) {
        double time = 2.5;
        boolean close = true;
        while (close) {
            time += 0.0137;
            close = false;
            for (double t : trains.get(0).time()) {
                close |= Math.abs(t - time) < 1e-3;
            }
            for (int i = trains.get(1).begin(0, neuron); i < trains.get(1).end(0, neuron); i++) {
                double t = trains.get(1).time()[i];
                close |= Math.abs(t - time) < 1e-3
                        || Math.abs(t + layers.get(1).neuron(neuron).refractory() - time) < 1e-3;
            }
        }
        return time;
    }

    private double value(double[] errors, int neuron, double probeTime, double strength, SpikeTrains of) {
        List<SpikeTrains> trains = run(weights, of);
        double value = 0;
        for (int k = 0; k < errors.length; k++) {
            value += errors[k] * trains.get(1).time()[k];
        }
        return value + strength * membrane(trains, neuron, probeTime);
    }

    /** The membrane of a label at a time, by the walk's own steps through the trains. */
    private double membrane(List<SpikeTrains> trains, int neuron, double at) {
        NeuronStates states = new NeuronStates(layers.get(1));
        Arrivals arrivals = new Arrivals();
        TrainForward.arrivals(layers.get(1), trains.get(0), 0, arrivals);
        arrivals.sort();
        if (arrivals.count == 0 || arrivals.time[0] > at) {
            return 0;
        }
        states.rest(arrivals.time[0]);
        int next = trains.get(1).begin(0, neuron);
        int end = trains.get(1).end(0, neuron);
        for (int k = 0; k < arrivals.count && arrivals.time[k] <= at; k++) {
            while (next < end && trains.get(1).time()[next] <= arrivals.time[k]) {
                states.spike(neuron, trains.get(1).time()[next++]);
            }
            states.move(neuron, arrivals.time[k]);
            states.arrive(arrivals.row, k, k + 1, weights[1]);
        }
        while (next < end && trains.get(1).time()[next] <= at) {
            states.spike(neuron, trains.get(1).time()[next++]);
        }
        states.move(neuron, at);
        return states.release[neuron] > at ? layers.get(1).neuron(neuron).resetDistance() : states.u[neuron];
    }

    private static void near(String what, double actual, double expected) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s instead of %s", what, actual, expected)
                .isLessThanOrEqualTo(1e-5 * (1 + Math.abs(expected)));
    }
}
