package firstspike.runtime.execution;

import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.ForwardPass;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs a network by exact arithmetic, without a chip (target {@code ideal:}). The same bits for any number of threads. Only the
 * first spike of an input counts. One owner thread.
 */
public final class SolverExecutor implements NetworkExecutor {
    private static final String IDEAL = "ideal";

    private final Network network;
    private final List<WeightGrid> grids;
    private final List<LayerModel> models;
    private final Shards shards;
    private final ForwardPass forward;
    private final double[][] inForce;
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
        grids = List.copyOf(grid);
        models = LayerModels.of(network);
        if (grids.size() != models.size()) {
            throw new IllegalArgumentException(
                    "weight grids : " + grids.size() + " (expected: " + models.size() + ", one for each layer)");
        }
        shards = new Shards(threads);
        forward = pass.apply(shards);
        inForce = models.stream().map(m -> new double[m.weights()]).toArray(double[][]::new);
    }

    @Override
    public ExecutorTraits traits() {
        return new ExecutorTraits(
                IDEAL + ":",
                IDEAL,
                IDEAL,
                grids.stream().map(WeightGrid::resolution).toList(),
                grids.stream().map(WeightGrid::limit).toList(),
                grids.stream().map(WeightGrid::rowLimits).toList(),
                Collections.nCopies(grids.size(), 0.0),
                List.of(),
                forward.nextRun());
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        long clipped = 0;
        long total = 0;
        List<double[]> copies = new ArrayList<>();
        for (int layer = 0; layer < inForce.length; layer++) {
            double[] weights = shadow.layers()[layer];
            if (weights.length != inForce[layer].length) {
                throw new IllegalArgumentException("weights of layer " + layer + " : " + weights.length
                        + " values (expected: " + models.get(layer).rows() + " x "
                        + models.get(layer).size() + ")");
            }
            System.arraycopy(weights, 0, inForce[layer], 0, weights.length);
            WeightGrid grid = grids.get(layer);
            grid.clip(inForce[layer]);
            clipped += grid.atLimit(inForce[layer]);
            total += weights.length;
            grid.round(inForce[layer], inForce[layer]);
            copies.add(inForce[layer].clone());
        }
        forward.load(inForce);
        return new WeightsInForce(copies.toArray(double[][]::new), null, clipped, total, 0);
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
