package firstspike.runtime.distortion;

import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.NeuronSolver;
import firstspike.runtime.learning.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is drawn once for a layer: constants of its neurons, thresholds, strengths of its synapses. Every quantity has a stream of
 * its own, so that one does not move the draws of another.
 */
final class FixedPattern {
    private static final double LEAST_TAU = 0.2;

    private final LayerModel model;
    private final List<NeuronConstants> neurons;
    private final double[] threshold;
    private final double[] strength;
    private final double[] excitatory;
    private final double[] inhibitory;

    /**
     * @param layer number of the layer, which names its streams
     * @param model shape and nominal constants
     * @param distortion how strong each imperfection is
     * @param seed of all draws
     */
    FixedPattern(int layer, LayerModel model, Distortion distortion, long seed) {
        this.model = model;
        neurons = neurons(layer, model, distortion, seed);
        int size = model.size();
        threshold = normals("threshold", layer, seed, distortion.thresholdFixed(), size);
        strength = normals("synapse", layer, seed, distortion.synapseSpread(), model.weights());
        excitatory = normals("amplitude-exc", layer, seed, distortion.amplitudeSpread(), size);
        inhibitory = normals("amplitude-inh", layer, seed, distortion.amplitudeSpread(), size);
        for (int n = 0; n < size; n++) {
            excitatory[n] = StrictMath.exp(excitatory[n]);
            inhibitory[n] = StrictMath.exp(inhibitory[n]);
        }
    }

    /** Constants of each neuron, one entry where all are alike. */
    List<NeuronConstants> neurons() {
        return neurons;
    }

    /** Deviation of the threshold of a neuron, relative. */
    double threshold(int neuron) {
        return threshold[neuron];
    }

    /** Turns weights in the public order into those that the neurons see, in the solver's order. */
    void strengths(double[] matrix, NeuronSolver solver, double[] weights) {
        int rows = model.rows();
        int size = model.size();
        for (int row = 0; row < rows; row++) {
            for (int neuron = 0; neuron < size; neuron++) {
                double weight = matrix[row * size + neuron];
                double amplitude = weight < 0 ? inhibitory[neuron] : excitatory[neuron];
                weights[solver.index(neuron, row)] = weight * amplitude * (1 + strength[row * size + neuron]);
            }
        }
    }

    /** What a calibration would know of the time constants. */
    MeasuredNeurons measured() {
        double[] mem = new double[model.size()];
        double[] syn = new double[model.size()];
        double[] ratio = new double[model.size()];
        Arrays.fill(ratio, 1);
        for (int n = 0; n < mem.length; n++) {
            NeuronConstants neuron = neurons.get(neurons.size() == 1 ? 0 : n);
            mem[n] = neuron.tauMem();
            syn[n] = neuron.tauSyn();
        }
        return new MeasuredNeurons(mem, syn, syn, ratio);
    }

    private static List<NeuronConstants> neurons(int layer, LayerModel model, Distortion distortion, long seed) {
        NeuronConstants nominal = model.neuron();
        if (distortion.tauSpread() == 0) {
            return List.of(neuron(nominal, distortion.tauRatio(), 1));
        }
        RandomStream stream = stream("tau", layer, seed);
        List<NeuronConstants> neurons = new ArrayList<>();
        for (int n = 0; n < model.size(); n++) {
            double mem = Math.max(LEAST_TAU, 1 + distortion.tauSpread() * stream.nextNormal());
            double syn = Math.max(LEAST_TAU, 1 + distortion.tauSpread() * stream.nextNormal());
            neurons.add(neuron(nominal, mem * distortion.tauRatio(), syn));
        }
        return neurons;
    }

    /** A neuron with other time constants; its capacitance follows the synaptic one. */
    private static NeuronConstants neuron(NeuronConstants nominal, double mem, double syn) {
        return new NeuronConstants(
                nominal.tauSyn() * syn,
                nominal.tauMem() * mem,
                nominal.gLeak() * (syn / mem),
                nominal.vLeak(),
                nominal.vThreshold());
    }

    private static double[] normals(String quantity, int layer, long seed, double deviation, int count) {
        double[] values = new double[count];
        if (deviation > 0) {
            RandomStream stream = stream(quantity, layer, seed);
            for (int i = 0; i < count; i++) {
                values[i] = deviation * stream.nextNormal();
            }
        }
        return values;
    }

    private static RandomStream stream(String quantity, int layer, long seed) {
        return RandomStream.of("distortion-" + quantity + "-" + layer, seed);
    }
}
