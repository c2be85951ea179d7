package firstspike.runtime.execution;

import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.learning.eventprop.TrainForward;
import firstspike.runtime.learning.eventprop.TrainLayer;
import firstspike.runtime.network.Network;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs a network whose neurons spike several times by exact arithmetic, without a chip (target {@code ideal:}). The same bits for
 * any number of threads. One owner thread.
 */
public final class TrainExecutor implements NetworkExecutor {
    private final Network network;
    private final Shards shards;
    private final SolverWeights weights;
    private final TrainForward forward;

    /**
     * An executor without weights; load some before running.
     *
     * @param network shapes and constants
     * @param grids resolution and range of the weights of each layer
     * @param tEnd spikes after it do not exist, units of tau; infinite for none
     * @param spikeLimit most spikes of a sample
     * @param threads threads to use, 1 or more
     */
    public TrainExecutor(Network network, List<WeightGrid> grids, double tEnd, int spikeLimit, int threads) {
        this.network = network;
        List<TrainLayer> layers = LayerModels.trains(network, List.of());
        weights = new SolverWeights(
                grids,
                layers.stream().mapToInt(TrainLayer::rows).toArray(),
                layers.stream().mapToInt(TrainLayer::size).toArray());
        shards = new Shards(threads);
        forward = new TrainForward(layers, tEnd, spikeLimit, shards);
        forward.load(weights.inForce());
    }

    @Override
    public ExecutorTraits traits() {
        return weights.traits(0);
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        WeightsInForce inForce = weights.load(shadow);
        forward.load(weights.inForce());
        return inForce;
    }

    /** Throws {@code RunawaySpikesException} for a sample with too many spikes. */
    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        List<SpikeTrains> trains = forward.run(LayerModels.trains(network, batch));
        return FirstSpikes.of(batch.samples(), trains, new TreeMap<>(), 0);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        shards.close();
    }
}
