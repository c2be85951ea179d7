package firstspike.runtime.distortion;

import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.NeuronSolver;
import firstspike.runtime.learning.RandomStream;

/** Solves one distorted layer sample by sample. Mutable scratch of one owner thread. */
final class DistortedLayer {
    private static final double LEAST_THRESHOLD = 0.05;

    private final int layer;
    private final LayerModel model;
    private final Distortion distortion;
    private final FixedPattern pattern;
    private final NeuronSolver solver;
    private final double[] biases;
    private final double[] times;
    private final double[] scaled;

    DistortedLayer(int layer, LayerModel model, Distortion distortion, FixedPattern pattern) {
        this.layer = layer;
        this.model = model;
        this.distortion = distortion;
        this.pattern = pattern;
        solver = new NeuronSolver(pattern.neurons(), model.size(), model.rows());
        biases = model.biasTimes();
        times = new double[model.rows()];
        scaled = new double[movesThresholds() ? solver.weights() : 0];
    }

    /**
     * First spikes of all neurons for one sample.
     *
     * @param in input times of the batch, {@code inputs} per sample
     * @param sample index in the batch
     * @param weights those of {@link #strengths}
     * @param draws random numbers of the sample
     * @param out receives times, {@code size} per sample
     */
    void solve(double[] in, int sample, double[] weights, RandomStream draws, double[] out) {
        arrive(in, sample, draws);
        if (!solver.prepare(times)) {
            throw new IllegalStateException("layer " + layer + ", sample " + sample
                    + ": an input time is no number (expected: a number, or positive infinity for an absent event)");
        }
        int size = model.size();
        solver.solve(movesThresholds() ? reached(weights, draws) : weights, out, sample * size);
        if (distortion.jitter() > 0) {
            for (int neuron = 0; neuron < size; neuron++) {
                // drawn for silent neurons too: what one neuron does moves no draw of another
                out[sample * size + neuron] += distortion.jitter() * draws.nextNormal();
            }
        }
    }

    /** Weights as the neurons see them, from those in the public order. */
    void strengths(double[] matrix, double[] weights) {
        pattern.strengths(matrix, solver, weights);
    }

    /** Length of the weights. */
    int weights() {
        return solver.weights();
    }

    private boolean movesThresholds() {
        return distortion.thresholdFixed() > 0 || distortion.thresholdTrial() > 0;
    }

    private void arrive(double[] in, int sample, RandomStream draws) {
        int inputs = model.inputs();
        System.arraycopy(in, sample * inputs, times, 0, inputs);
        System.arraycopy(biases, 0, times, inputs, biases.length);
        for (int row = 0; row < times.length; row++) {
            boolean lost = distortion.eventLoss() > 0 && draws.nextUniform() < distortion.eventLoss();
            times[row] = lost ? Double.POSITIVE_INFINITY : times[row] + distortion.delay();
        }
    }

    /** A threshold that is higher by a factor is reached when all weights are lower by it. */
    private double[] reached(double[] weights, RandomStream draws) {
        int rows = times.length;
        for (int neuron = 0; neuron < model.size(); neuron++) {
            double trial = distortion.thresholdTrial() > 0 ? distortion.thresholdTrial() * draws.nextNormal() : 0;
            double threshold = Math.max(LEAST_THRESHOLD, 1 + pattern.threshold(neuron) + trial);
            for (int row = 0; row < rows; row++) {
                int at = solver.index(neuron, row);
                scaled[at] = weights[at] / threshold;
            }
        }
        return scaled;
    }
}
