package firstspike.runtime.execution;

import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.ForwardPass;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.network.Network;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs a network by exact arithmetic, without a chip (target {@code ideal:}). The same bits for any number of threads. Only the
 * first spike of an input counts. One owner thread.
 */
public final class SolverExecutor implements NetworkExecutor {
    private final Network network;
    private final List<LayerModel> models;
    private final Shards shards;
    private final ForwardPass forward;
    private final SolverWeights weights;
    private double[] inputs = new double[0];

    /**
     * An executor without weights; load some before running.
     *
     * @param network shapes and constants
     * @param grid resolution and range of the weights of each layer
     * @param threads threads to use, 1 or more
     */
    public SolverExecutor(Network network, List<WeightGrid> grid, int threads) {
        this(network, grid, threads, shards -> new BatchForward(LayerModels.of(network), shards));
    }

    /**
     * An executor with another forward pass than that of the model.
     *
     * @param network shapes and constants
     * @param grid resolution and range of the weights of each layer
     * @param threads threads to use, 1 or more
     * @param pass makes the forward pass with the threads it is given
     */
    public SolverExecutor(Network network, List<WeightGrid> grid, int threads, Function<Shards, ForwardPass> pass) {
        this.network = network;
        models = LayerModels.of(network);
        weights = new SolverWeights(
                grid,
                models.stream().mapToInt(LayerModel::rows).toArray(),
                models.stream().mapToInt(LayerModel::size).toArray());
        shards = new Shards(threads);
        forward = pass.apply(shards);
    }

    @Override
    public ExecutorTraits traits() {
        return weights.traits(forward.nextRun());
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        WeightsInForce inForce = weights.load(shadow);
        forward.load(weights.inForce());
        return inForce;
    }

    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        int samples = batch.samples();
        int rows = network.inputRows(0);
        if (inputs.length < samples * rows) {
            inputs = new double[samples * rows];
        }
        LayerModels.spread(network, batch, inputs);
        double[][] times = new double[models.size()][];
        for (int layer = 0; layer < times.length; layer++) {
            times[layer] = new double[samples * models.get(layer).size()];
        }
        forward.run(samples, inputs, times);
        return new FirstSpikes(samples, times, new TreeMap<>(), 0);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        shards.close();
    }
}
