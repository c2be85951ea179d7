package firstspike.runtime.distortion;

import firstspike.runtime.learning.ForwardPass;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * First spike times of a network whose neurons, events and times are not as the model says. Weights are given as for the model;
 * times come back as a host would see them. The same bits for any number of threads. One owner thread.
 */
public final class DistortedForward implements ForwardPass {
    private final List<LayerModel> layers;
    private final Shards shards;
    private final TrialDraws draws;
    private final DistortedLayer[][] solvers;
    private final double[][] weights;
    private long nextRun;

    /**
     * Draws what is drawn once.
     *
     * @param layers from input to output; the inputs of a layer are the neurons of the one before
     * @param distortion how strong each imperfection is
     * @param seed of all draws
     * @param firstRun ordinal of the first run; that of a checkpoint continues it
     * @param shards threads to use, stays owned by the caller
     */
    public DistortedForward(List<LayerModel> layers, Distortion distortion, long seed, long firstRun, Shards shards) {
        this.layers = List.copyOf(layers);
        this.shards = shards;
        draws = new TrialDraws(seed);
        nextRun = firstRun;
        weights = new double[layers.size()][];
        solvers = new DistortedLayer[Shards.COUNT][layers.size()];
        for (int l = 0; l < weights.length; l++) {
            FixedPattern pattern = new FixedPattern(l, layers.get(l), distortion, seed);
            for (DistortedLayer[] own : solvers) {
                own[l] = new DistortedLayer(l, layers.get(l), distortion, pattern);
            }
            weights[l] = new double[solvers[0][l].weights()];
        }
    }

    /**
     * What a calibration would find out about the neurons.
     *
     * @param layers shapes and nominal constants
     * @param distortion how strong each imperfection is
     * @param seed of all draws, that of the forward pass
     * @return constants of every neuron, a layer
     */
    public static List<MeasuredNeurons> measured(List<LayerModel> layers, Distortion distortion, long seed) {
        List<MeasuredNeurons> measured = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            measured.add(new FixedPattern(l, layers.get(l), distortion, seed).measured());
        }
        return measured;
    }

    @Override
    public void load(double[][] matrices) {
        for (int l = 0; l < weights.length; l++) {
            layers.get(l).requireWeights(l, matrices[l]);
            solvers[0][l].strengths(matrices[l], weights[l]);
        }
    }

    @Override
    public void run(int samples, double[] inputs, double[][] out) {
        long run = nextRun++;
        shards.forEach(samples, (shard, from, to) -> {
            for (int sample = from; sample < to; sample++) {
                RandomStream own = draws.of(run, sample);
                double[] in = inputs;
                for (int l = 0; l < out.length; l++) {
                    solvers[shard][l].solve(in, sample, weights[l], own, out[l]);
                    in = out[l];
                }
            }
        });
    }

    @Override
    public long nextRun() {
        return nextRun;
    }
}
