package firstspike.runtime.learning;

import java.util.List;

/**
 * Learning state of one network: float shadow weights, optimiser, rescue of silent neurons. One call does the whole step of one
 * batch from the spike times of the forward pass ({@code inloop.md} section 10, steps 3 to 7). Mutable, one owner thread.
 */
public final class Learner implements WeightState {
    private final List<LayerModel> models;
    private final List<LayerLearning> layers;
    private final BatchGradient gradients;
    private final OptimizerSettings optimizerSettings;
    private final Optimizer optimizer;
    private final RescueSettings rescueSettings;
    private final SilentNeuronRescue rescue;
    private final double[][] weights;
    private final double[][] gradient;
    private final double[] limits;
    private final double[] rates;

    /**
     * A learner at its first step.
     *
     * @param models shapes from input to output
     * @param layers limits and grids, one per layer
     * @param gradients computes loss and gradient for these layers
     * @param optimizerSettings optimiser
     * @param rescueSettings rescue of silent neurons, null for none
     * @param initialWeights per layer (presynaptic, postsynaptic); copied, not clipped
     */
    public Learner(
            List<LayerModel> models,
            List<LayerLearning> layers,
            BatchGradient gradients,
            OptimizerSettings optimizerSettings,
            RescueSettings rescueSettings,
            double[][] initialWeights) {
        this.models = List.copyOf(models);
        this.layers = List.copyOf(layers);
        this.gradients = gradients;
        this.optimizerSettings = optimizerSettings;
        this.rescueSettings = rescueSettings;
        rescue = rescueSettings == null ? null : new SilentNeuronRescue(rescueSettings);
        int count = models.size();
        weights = new double[count][];
        gradient = new double[count][];
        limits = new double[count];
        rates = new double[count];
        for (int i = 0; i < count; i++) {
            models.get(i).requireWeights(i, initialWeights[i]);
            weights[i] = initialWeights[i].clone();
            gradient[i] = new double[weights[i].length];
            limits[i] = layers.get(i).maxMissing();
        }
        optimizer = new Optimizer(
                optimizerSettings, models.stream().mapToInt(LayerModel::weights).toArray());
    }

    /**
     * Learns from one batch.
     *
     * @param samples number of samples; 0 does nothing
     * @param inputs input times, sample after sample
     * @param times spike times per layer, computed or measured, sample after sample
     * @param labels true labels
     * @param rateFactor factor of the schedule on the learning rate
     * @return what was done
     * @throws IllegalStateException for a value that is not finite; the weights are then as before the step
     */
    public StepOutcome step(int samples, double[] inputs, double[][] times, int[] labels, double rateFactor) {
        requireTimes(samples, times);
        double[] missing = missing(samples, times);
        int bumped = rescue == null || samples == 0 ? SilentNeuronRescue.NONE : rescue.decide(missing, limits);
        if (bumped != SilentNeuronRescue.NONE && layers.get(bumped).trainable()) {
            rescue.bump(models.get(bumped), weights[bumped], times[bumped], samples);
        }
        boolean update = samples > 0 && (bumped == SilentNeuronRescue.NONE || rescueSettings.learn());
        double loss = Double.NaN;
        GradientCounts counts = GradientCounts.NONE;
        if (update) {
            loss = gradients.compute(samples, inputs, times, labels, weights, gradient);
            counts = gradients.counts();
            for (int i = 0; i < rates.length; i++) {
                LayerLearning layer = layers.get(i);
                rates[i] = layer.trainable() ? optimizerSettings.learningRate() * layer.rateFactor() * rateFactor : 0;
            }
            optimizer.step(weights, gradient, rates);
        }
        for (int i = 0; i < weights.length; i++) {
            layers.get(i).grid().clip(weights[i]);
        }
        return new StepOutcome(
                bumped,
                bumped == SilentNeuronRescue.NONE ? 0 : rescue.bumpValue(),
                bumped != SilentNeuronRescue.NONE && rescue.saturated(),
                update,
                samples == 0 ? 0 : loss,
                correct(samples, times[times.length - 1], labels),
                samples,
                missing,
                counts);
    }

    /**
     * Samples classified right.
     *
     * @param samples number of samples
     * @param labelTimes times of the last layer
     * @param labels true labels
     * @return 0 to {@code samples}
     */
    public int correct(int samples, double[] labelTimes, int[] labels) {
        int classes = models.get(models.size() - 1).size();
        int correct = 0;
        for (int sample = 0; sample < samples; sample++) {
            if (gradients.loss().classify(labelTimes, sample * classes, classes) == labels[sample]) {
                correct++;
            }
        }
        return correct;
    }

    @Override
    public double[][] weights() {
        return weights;
    }

    /**
     * The gradient of the latest update.
     *
     * @return the live arrays, same shapes as the weights
     */
    public double[][] gradient() {
        return gradient;
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public SilentNeuronRescue rescue() {
        return rescue;
    }

    /**
     * Silent fraction of each layer.
     *
     * @param samples number of samples
     * @param times spike times per layer
     * @return 0..1 per layer
     */
    public double[] missing(int samples, double[][] times) {
        double[] missing = new double[times.length];
        for (int i = 0; i < missing.length; i++) {
            missing[i] =
                    SilentNeuronRescue.missing(times[i], samples * models.get(i).size());
        }
        return missing;
    }

    private void requireTimes(int samples, double[][] times) {
        for (int layer = 0; layer < times.length; layer++) {
            int size = models.get(layer).size();
            if (times[layer].length < samples * size) {
                throw new IllegalArgumentException("times of layer " + layer + " have " + times[layer].length
                        + " values (expected: " + samples + " samples x " + size + " neurons)");
            }
            for (int i = 0; i < samples * size; i++) {
                if (!(times[layer][i] > Double.NEGATIVE_INFINITY)) {
                    throw new IllegalStateException("layer " + layer + ", sample " + i / size + ", neuron " + i % size
                            + ": spike time " + times[layer][i]
                            + " (expected: a number, or positive infinity for no spike); the step is not applied");
                }
            }
        }
    }
}
