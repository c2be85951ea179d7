package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact spike trains of a network for batches of samples ({@code eventprop.md} section 2). A sample gives the same bits alone and in
 * any batch, with any number of threads. One owner thread.
 */
public final class TrainForward {
    private final List<TrainLayer> layers;
    private final Shards shards;
    private final Pass[] passes = new Pass[Shards.COUNT];
    private final double[][] weights;

    /**
     * Makes the scratch arrays.
     *
     * @param layers from input to output; the inputs of a layer are the neurons of the one before
     * @param tEnd spikes after it do not exist; infinite where activity ends by itself
     * @param spikeLimit most spikes of a sample over all layers
     * @param shards threads to use, stays owned by the caller
     * @throws IllegalArgumentException for layers that do not fit each other, or a recurrent one without an end
     */
    public TrainForward(List<TrainLayer> layers, double tEnd, int spikeLimit, Shards shards) {
        this.layers = List.copyOf(layers);
        this.shards = shards;
        requireChain(this.layers);
        if (!(tEnd > 0)
                || tEnd == Double.POSITIVE_INFINITY
                        && layers.stream().anyMatch(l -> l.recurrentDelay().isPresent())) {
            throw new IllegalArgumentException("training.t_end : " + (tEnd > 0 ? "none" : tEnd)
                    + " (expected: > 0, and finite with a recurrent layer); give the end of the sample in tau");
        }
        for (int shard = 0; shard < passes.length; shard++) {
            passes[shard] = new Pass(tEnd, spikeLimit);
        }
        weights = new double[layers.size()][];
    }

    /**
     * Takes the weights of the next runs.
     *
     * @param matrices per layer, row-major (row, neuron); copied
     */
    public void load(double[][] matrices) {
        for (int layer = 0; layer < weights.length; layer++) {
            requireWeights(layers.get(layer), layer, matrices[layer]);
            weights[layer] = matrices[layer].clone();
        }
    }

    /**
     * Runs a batch.
     *
     * @param inputs trains of the input rows
     * @return trains of each layer
     * @throws RunawaySpikesException for a sample with too many spikes
     * @throws IllegalStateException for an input time that is not finite
     */
    public List<SpikeTrains> run(SpikeTrains inputs) {
        int samples = inputs.samples();
        SpikeTrains[][] found = new SpikeTrains[layers.size()][samples];
        shards.forEach(samples, (shard, from, to) -> {
            for (int sample = from; sample < to; sample++) {
                passes[shard].run(inputs, sample, found);
            }
        });
        List<SpikeTrains> trains = new ArrayList<>();
        for (int layer = 0; layer < found.length; layer++) {
            trains.add(SpikeBuffer.join(found[layer], layers.get(layer).size()));
        }
        return trains;
    }

    static void requireChain(List<TrainLayer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network of 0 layers (expected: at least 1)");
        }
        for (int layer = 1; layer < layers.size(); layer++) {
            int before = layers.get(layer - 1).size();
            if (layers.get(layer).inputs() != before) {
                throw new IllegalArgumentException("layer " + layer + " has "
                        + layers.get(layer).inputs() + " inputs (expected: " + before + ", the size of layer "
                        + (layer - 1) + ")");
            }
        }
    }

    static void requireWeights(TrainLayer layer, int index, double[] matrix) {
        if (matrix.length != layer.weights()) {
            throw new IllegalArgumentException("weights of layer " + index + " have " + matrix.length
                    + " values (expected: " + layer.rows() + " x " + layer.size() + ")");
        }
        for (int i = 0; i < matrix.length; i++) {
            if (!Double.isFinite(matrix[i])) {
                throw new IllegalStateException("layer " + index + ", input " + i / layer.size() + ", neuron "
                        + i % layer.size() + ": weight " + matrix[i] + " (expected: finite)");
            }
        }
    }

    /** Puts all that arrives at a layer from below into order: trains of the sources, then biases. */
    static void arrivals(TrainLayer layer, SpikeTrains sources, int sample, Arrivals to) {
        to.clear();
        to.add(sources, sample, 0, 0, 0);
        double[] biases = layer.biasTimes();
        for (int b = 0; b < biases.length; b++) {
            to.add(biases[b], layer.inputs() + b, Arrivals.NO_SOURCE);
        }
    }

    /** Scratch of one shard. */
    private final class Pass {
        private final Arrivals arrivals = new Arrivals();
        private final SpikeBuffer spikes = new SpikeBuffer();
        private final SpikeGuard guard;
        private final LayerWalk[] feed = new LayerWalk[layers.size()];
        private final RecurrentWalk[] recurrent = new RecurrentWalk[layers.size()];

        Pass(double tEnd, int spikeLimit) {
            guard = new SpikeGuard(spikeLimit);
            for (int l = 0; l < feed.length; l++) {
                if (layers.get(l).recurrentDelay().isPresent()) {
                    recurrent[l] = new RecurrentWalk(layers.get(l), tEnd, guard);
                } else {
                    feed[l] = new LayerWalk(layers.get(l), tEnd, guard);
                }
            }
        }

        void run(SpikeTrains inputs, int sample, SpikeTrains[][] found) {
            guard.beginSample();
            SpikeTrains sources = inputs;
            int at = sample;
            for (int l = 0; l < found.length; l++) {
                TrainLayer layer = layers.get(l);
                arrivals(layer, sources, at, arrivals);
                requireFinite(l, sample);
                arrivals.sort();
                guard.beginLayer(l);
                if (recurrent[l] == null) {
                    feed[l].run(arrivals, weights[l], spikes);
                } else {
                    recurrent[l].run(arrivals, weights[l], spikes);
                }
                found[l][sample] = spikes.trains(layer.size());
                sources = found[l][sample];
                at = 0;
            }
        }

        private void requireFinite(int layer, int sample) {
            for (int k = 0; k < arrivals.count; k++) {
                if (!Double.isFinite(arrivals.rawTime(k))) {
                    throw new IllegalStateException("sample " + sample + ", layer " + layer + ": arrival at "
                            + arrivals.rawTime(k) + " tau (expected: finite)");
                }
            }
        }
    }
}
