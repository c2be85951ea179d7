package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.GradientCounts;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LayerLearning;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Optimizer;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.SilentNeuronRescue;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightState;
import java.util.List;

/**
 * Learning state of a network whose neurons spike several times: float weights, optimiser, rescue of silent hidden neurons, count
 * rule. One call does the whole step of a batch from its trains, computed or measured. Mutable, one owner thread.
 */
public final class TrainLearner implements WeightState {
    private final List<LayerModel> models;
    private final List<LayerLearning> layers;
    private final TrainSettings settings;
    private final TrainGradient gradients;
    private final OptimizerSettings optimizerSettings;
    private final Optimizer optimizer;
    private final RescueSettings rescueSettings;
    private final SilentNeuronRescue rescue;
    private final double[][] weights;
    private final double[][] gradient;
    private final double[] limits;
    private final double[] rates;
    private TrainCounts counts;

    /**
     * A learner at its first step.
     *
     * @param models shapes from input to output
     * @param trainLayers the same layers as trains need them
     * @param layers limits and grids, one per layer
     * @param settings losses and rules of trains
     * @param gradientSettings floor and limits
     * @param optimizerSettings optimiser
     * @param rescueSettings rescue of silent neurons, null for none
     * @param initialWeights per layer (row, neuron); copied, not clipped
     * @param shards threads to use, stays owned by the caller
     */
    public TrainLearner(
            List<LayerModel> models,
            List<TrainLayer> trainLayers,
            List<LayerLearning> layers,
            TrainSettings settings,
            GradientSettings gradientSettings,
            OptimizerSettings optimizerSettings,
            RescueSettings rescueSettings,
            double[][] initialWeights,
            Shards shards) {
        this.models = List.copyOf(models);
        this.layers = List.copyOf(layers);
        this.settings = settings;
        this.optimizerSettings = optimizerSettings;
        this.rescueSettings = rescueSettings;
        gradients = new TrainGradient(
                trainLayers, gradientSettings, settings.forcedMargin(), settings.loss(), settings.probes(), shards);
        rescue = rescueSettings == null ? null : new SilentNeuronRescue(rescueSettings);
        int count = models.size();
        weights = new double[count][];
        gradient = new double[count][];
        limits = new double[count];
        rates = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = initialWeights[i].clone();
            gradient[i] = new double[weights[i].length];
            boolean rescued = i < count - 1 || settings.rescueLabels();
            limits[i] = rescued ? layers.get(i).maxMissing() : 1;
        }
        optimizer = new Optimizer(
                optimizerSettings,
                trainLayers.stream().mapToInt(TrainLayer::weights).toArray());
        counts = TrainCounts.none(count);
    }

    /**
     * Learns from one batch.
     *
     * @param inputs trains of the input rows
     * @param trains per layer, computed or measured
     * @param labels true labels or patterns
     * @param rateFactor factor of the schedule on the learning rate; rescue and count rule follow it
     * @return what was done
     * @throws IllegalStateException for a value that is not finite; the weights are then as before the step
     */
    public StepOutcome step(SpikeTrains inputs, List<SpikeTrains> trains, int[] labels, double rateFactor) {
        int samples = inputs.samples();
        double[] missing = new double[trains.size()];
        double[][] first = new double[trains.size()][];
        for (int i = 0; i < missing.length; i++) {
            first[i] = trains.get(i).firstTimes();
            missing[i] = SilentNeuronRescue.missing(first[i], first[i].length);
        }
        int bumped = rescue == null || samples == 0 ? SilentNeuronRescue.NONE : rescue.decide(missing, limits);
        if (bumped != SilentNeuronRescue.NONE && layers.get(bumped).trainable()) {
            rescue.bump(models.get(bumped), weights[bumped], first[bumped], samples, rateFactor);
        }
        boolean update = samples > 0 && (bumped == SilentNeuronRescue.NONE || rescueSettings.learn());
        double loss = Double.NaN;
        counts = TrainCounts.none(trains.size());
        if (update) {
            loss = gradients.compute(inputs, trains, labels, weights, gradient);
            counts = gradients.counts();
            for (int i = 0; i < rates.length; i++) {
                LayerLearning layer = layers.get(i);
                rates[i] = layer.trainable() ? optimizerSettings.learningRate() * layer.rateFactor() * rateFactor : 0;
            }
            optimizer.step(weights, gradient, rates);
            settings.spikeCount().ifPresent(rule -> count(rule, trains, rateFactor));
        }
        for (int i = 0; i < weights.length; i++) {
            layers.get(i).grid().clip(weights[i]);
        }
        return new StepOutcome(
                bumped,
                bumped == SilentNeuronRescue.NONE ? 0 : rescue.bumpValue() * rateFactor,
                bumped != SilentNeuronRescue.NONE && rescue.saturated(),
                update,
                samples == 0 ? 0 : loss,
                correct(trains.get(trains.size() - 1), labels),
                samples,
                missing,
                update ? counts.gradients() : GradientCounts.NONE);
    }

    /**
     * Counts of the latest step.
     *
     * @return zeros when it computed no gradient
     */
    public TrainCounts counts() {
        return counts;
    }

    @Override
    public double[][] weights() {
        return weights;
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public SilentNeuronRescue rescue() {
        return rescue;
    }

    private void count(CountRule rule, List<SpikeTrains> trains, double rateFactor) {
        for (int i = 0; i + 1 < weights.length; i++) {
            if (layers.get(i).trainable()) {
                rule.apply(trains.get(i), weights[i], rateFactor);
            }
        }
    }

    private int correct(SpikeTrains trains, int[] labels) {
        int correct = 0;
        for (int sample = 0; sample < trains.samples(); sample++) {
            correct += settings.loss().right(trains, sample, labels[sample]) ? 1 : 0;
        }
        return correct;
    }
}
