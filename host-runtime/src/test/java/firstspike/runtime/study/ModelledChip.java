package firstspike.runtime.study;

import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.network.Network;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** A chip as arrays: integer weights of 30 LSB a unit, times on the 8 ns grid at tau 6 us, spreads at the level residual. */
final class ModelledChip implements NetworkExecutor {
    /** What is modelled of the analog part. */
    enum Level {
        /** Nothing. */
        NOMINAL,
        /** What a calibration leaves. */
        RESIDUAL
    }

    private static final double TICKS = 750;
    private static final double SCALE = 30;
    private static final double DELAY = 0.0133;

    private final Network network;
    private final List<LayerModel> models;
    private final Level level;
    private final WeightGrid grid = new WeightGrid(1 / SCALE, 63 / SCALE);
    private final BatchForward exact;
    private final ModelledNeurons[] neurons;
    private final double[][] inForce;
    private final double[][] neuronMajor;
    private final RandomStream trial;

    ModelledChip(Network network, Level level, long seed) {
        this.network = network;
        this.level = level;
        models = LayerModels.of(network);
        exact = new BatchForward(models, new Shards(1));
        neurons = new ModelledNeurons[models.size()];
        RandomStream pattern = RandomStream.of("study-pattern", seed);
        trial = RandomStream.of("study-trial", seed);
        inForce = models.stream().map(m -> new double[m.weights()]).toArray(double[][]::new);
        neuronMajor = models.stream().map(m -> new double[m.weights()]).toArray(double[][]::new);
        for (int i = 0; i < neurons.length; i++) {
            LayerModel m = models.get(i);
            neurons[i] = new ModelledNeurons(m.rows(), m.size(), m.neuron().drive(), pattern);
        }
    }

    @Override
    public ExecutorTraits traits() {
        int n = models.size();
        return new ExecutorTraits(
                "model:" + level,
                level.name(),
                "model",
                Collections.nCopies(n, grid.resolution()),
                Collections.nCopies(n, grid.limit()),
                Collections.nCopies(n, grid.rowLimits()),
                Collections.nCopies(n, SCALE),
                List.of(),
                0);
    }

    @Override
    public WeightsInForce load(LayerWeights shadow) {
        long clipped = 0;
        long total = 0;
        for (int i = 0; i < inForce.length; i++) {
            int[] integers = WeightGrid.integers(shadow.layers()[i], SCALE, 63);
            int rows = models.get(i).rows();
            int size = models.get(i).size();
            for (int k = 0; k < integers.length; k++) {
                inForce[i][k] = integers[k] / SCALE;
                neuronMajor[i][k % size * rows + k / size] = inForce[i][k];
                clipped += Math.abs(integers[k]) == 63 ? 1 : 0;
            }
            total += integers.length;
        }
        exact.load(inForce);
        return new WeightsInForce(inForce, null, clipped, total, 0);
    }

    @Override
    public FirstSpikes run(InputSpikes batch, RunIntent intent) {
        int samples = batch.samples();
        double[] inputs = new double[samples * network.inputRows(0)];
        LayerModels.spread(network, batch, inputs);
        toGrid(inputs);
        double[][] times =
                models.stream().map(m -> new double[samples * m.size()]).toArray(double[][]::new);
        if (level == Level.NOMINAL) {
            exact.run(samples, inputs, times);
        } else {
            residual(samples, inputs, times);
        }
        for (double[] layer : times) {
            toGrid(layer);
        }
        return new FirstSpikes(samples, times, new TreeMap<>(), 0);
    }

    private void residual(int samples, double[] inputs, double[][] times) {
        for (ModelledNeurons layer : neurons) {
            layer.startProgram(trial);
        }
        double[] in = inputs;
        for (int i = 0; i < neurons.length; i++) {
            LayerModel model = models.get(i);
            double[] row = new double[model.rows()];
            int[] order = new int[model.rows()];
            for (int sample = 0; sample < samples; sample++) {
                int count = sorted(in, sample, model, order, row);
                neurons[i].solve(count, order, row, neuronMajor[i], times[i], sample * model.size(), trial);
            }
            in = times[i];
        }
    }

    /** Insertion sort of the present inputs and biases, delayed by one stage. */
    private static int sorted(double[] in, int sample, LayerModel model, int[] order, double[] time) {
        int inputs = model.inputs();
        double[] biases = model.biasTimes();
        int count = 0;
        for (int r = 0; r < model.rows(); r++) {
            double t = r < inputs ? in[sample * inputs + r] : biases[r - inputs];
            if (t == Double.POSITIVE_INFINITY) {
                continue;
            }
            int at = count++;
            while (at > 0 && time[at - 1] > t + DELAY) {
                time[at] = time[at - 1];
                order[at] = order[at - 1];
                at--;
            }
            time[at] = t + DELAY;
            order[at] = r;
        }
        return count;
    }

    private static void toGrid(double[] times) {
        for (int i = 0; i < times.length; i++) {
            times[i] = Math.rint(times[i] * TICKS) / TICKS;
        }
    }

    @Override
    public void close() {}
}
