package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loss of a batch and the exact gradient of all weights from the trains of all layers, computed or measured ({@code eventprop.md}
 * sections 3 to 6). The same bits for any number of threads. One owner thread.
 */
public final class TrainGradient {
    private final List<TrainLayer> layers;
    private final TrainLoss loss;
    private final ProbeSettings probes;
    private final Shards shards;
    private final Shard[] parts = new Shard[Shards.COUNT];
    private TrainCounts counts;

    /**
     * Makes the scratch arrays.
     *
     * @param layers from input to output, at least one
     * @param settings floor and limits; the rule in it is not looked at
     * @param forcedMargin a measured spike this soon after refractory time and hold-off is forced, units of tau; 0 for computed ones
     * @param loss loss of the last layer's trains
     * @param probes of the label layer
     * @param shards threads to use, stays owned by the caller
     */
    public TrainGradient(
            List<TrainLayer> layers,
            GradientSettings settings,
            double forcedMargin,
            TrainLoss loss,
            ProbeSettings probes,
            Shards shards) {
        this.layers = List.copyOf(layers);
        this.loss = loss;
        this.probes = probes;
        this.shards = shards;
        TrainForward.requireChain(this.layers);
        for (int shard = 0; shard < parts.length; shard++) {
            parts[shard] = new Shard(settings, forcedMargin);
        }
        counts = TrainCounts.none(layers.size());
    }

    /**
     * Computes loss and gradient.
     *
     * @param inputs trains of the input rows
     * @param trains per layer
     * @param labels true label or pattern of each sample
     * @param matrices float weights per layer, row-major (row, neuron)
     * @param gradient receives dL/dw in the same layout
     * @return mean loss of the samples, 0 for none
     * @throws IllegalStateException for a weight or a gradient that is not finite, naming layer, input and neuron
     */
    public double compute(
            SpikeTrains inputs, List<SpikeTrains> trains, int[] labels, double[][] matrices, double[][] gradient) {
        for (int layer = 0; layer < matrices.length; layer++) {
            TrainForward.requireWeights(layers.get(layer), layer, matrices[layer]);
        }
        for (Shard part : parts) {
            part.used = false;
        }
        int samples = inputs.samples();
        shards.forEach(samples, (shard, from, to) -> {
            parts[shard].clear();
            for (int sample = from; sample < to; sample++) {
                parts[shard].add(inputs, trains, sample, labels[sample], samples, matrices);
            }
        });
        return collect(samples, gradient);
    }

    /**
     * Counts of the last computation.
     *
     * @return per layer
     */
    public TrainCounts counts() {
        return counts;
    }

    /**
     * The loss.
     *
     * @return as given
     */
    public TrainLoss loss() {
        return loss;
    }

    private double collect(int samples, double[][] gradient) {
        double total = 0;
        counts = TrainCounts.none(layers.size());
        for (double[] matrix : gradient) {
            Arrays.fill(matrix, 0);
        }
        for (Shard part : parts) {
            if (part.used) {
                total += part.loss;
                counts = counts.plus(part.counts());
                for (int layer = 0; layer < gradient.length; layer++) {
                    for (int i = 0; i < gradient[layer].length; i++) {
                        gradient[layer][i] += part.sums[layer][i];
                    }
                }
            }
        }
        for (int layer = 0; layer < gradient.length; layer++) {
            int size = layers.get(layer).size();
            for (int i = 0; i < gradient[layer].length; i++) {
                if (!Double.isFinite(gradient[layer][i])) {
                    throw new IllegalStateException("layer " + layer + ", input " + i / size + ", neuron " + i % size
                            + ": gradient " + gradient[layer][i] + " (expected: finite); the step is not applied");
                }
            }
        }
        return samples == 0 ? 0 : total / samples;
    }

    /** Sums and scratch of one shard. */
    private final class Shard {
        private final LayerAdjoint[] chain = new LayerAdjoint[layers.size()];
        private final TrainTally[] tallies = new TrainTally[layers.size()];
        private final double[][] sums = new double[layers.size()][];
        private final double[][] hangs = new double[layers.size()][];
        private final List<Probe> wishes = new ArrayList<>();
        private double loss;
        private long missing;
        private long surplus;
        private boolean used;

        Shard(GradientSettings settings, double forcedMargin) {
            for (int layer = 0; layer < chain.length; layer++) {
                chain[layer] = new LayerAdjoint(layers.get(layer), settings, forcedMargin);
                tallies[layer] = new TrainTally();
                sums[layer] = new double[layers.get(layer).weights()];
                hangs[layer] = new double[0];
            }
        }

        void clear() {
            used = true;
            loss = 0;
            missing = 0;
            surplus = 0;
            for (int layer = 0; layer < chain.length; layer++) {
                tallies[layer].clear();
                Arrays.fill(sums[layer], 0);
            }
        }

        void add(
                SpikeTrains inputs, List<SpikeTrains> trains, int sample, int label, int samples, double[][] matrices) {
            int last = chain.length - 1;
            double[] errors = cleared(last, trains.get(last), sample);
            loss += TrainGradient.this.loss.evaluate(trains.get(last), sample, label, errors);
            wish(inputs, trains, sample, label, samples, errors);
            // before the limit of a contribution is looked at, as the rules of first spikes do
            for (int k = 0; k < spikes(trains.get(last), sample); k++) {
                errors[k] /= samples;
            }
            for (int layer = 0; layer <= last; layer++) {
                SpikeTrains sources = layer == 0 ? inputs : trains.get(layer - 1);
                List<Probe> here = layer == last ? wishes : List.of();
                chain[layer].forward(sources, trains.get(layer), sample, matrices[layer], here, tallies[layer]);
            }
            for (int layer = last; layer >= 0; layer--) {
                int spikes = spikes(trains.get(layer), sample);
                for (int k = 0; k < spikes; k++) {
                    chain[layer].hang(k, hangs[layer][k]);
                }
                double[] below = layer == 0 ? null : cleared(layer - 1, trains.get(layer - 1), sample);
                chain[layer].backward(matrices[layer], sums[layer], below);
            }
        }

        private void wish(
                SpikeTrains inputs, List<SpikeTrains> trains, int sample, int label, int samples, double[] errors) {
            wishes.clear();
            if (probes.amount() == 0) {
                return;
            }
            int last = chain.length - 1;
            double arrival = Double.NEGATIVE_INFINITY;
            SpikeTrains sources = last == 0 ? inputs : trains.get(last - 1);
            for (int i = sources.begin(sample, 0); i < sources.end(sample, sources.neurons() - 1); i++) {
                arrival = Math.max(arrival, sources.time()[i]);
            }
            for (double bias : layers.get(last).biasTimes()) {
                arrival = Math.max(arrival, bias);
            }
            TrainGradient.this.loss.probe(
                    trains.get(last), sample, label, probes.dividedBy(samples), arrival, errors, wishes);
            for (Probe probe : wishes) {
                if (probe.strength() < 0) {
                    missing++;
                } else {
                    surplus++;
                }
            }
        }

        private double[] cleared(int layer, SpikeTrains trains, int sample) {
            int spikes = spikes(trains, sample);
            if (hangs[layer].length < spikes) {
                hangs[layer] = new double[2 * spikes];
            }
            Arrays.fill(hangs[layer], 0, spikes, 0);
            return hangs[layer];
        }

        private int spikes(SpikeTrains trains, int sample) {
            return trains.neurons() == 0 ? 0 : trains.end(sample, trains.neurons() - 1) - trains.begin(sample, 0);
        }

        private TrainCounts counts() {
            return TrainCounts.of(tallies, missing, surplus);
        }
    }
}
