package firstspike.runtime.exchange.nir;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.hdf.HdfArray;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a graph of one of our networks. The channels of its input are the inputs, copy after copy, and then the bias rows of
 * all layers; a later layer gets its biases straight from the input. Times are chip time in milliseconds.
 */
public final class NirExport {

    private final Network network;
    private final double[][] weights;
    private final double tauMs;
    private final List<NirNode> nodes = new ArrayList<>();
    private final List<NirGraph.Edge> edges = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Set.of("input", "output"));
    private final int[] firstBias;
    private final int channels;

    private NirExport(Network network, double[][] weights, double tauUs) {
        this.network = network;
        this.weights = weights;
        this.tauMs = tauUs / 1000;
        this.firstBias = new int[network.layers().size()];
        int channel = network.inputRows(0);
        for (int i = 0; i < firstBias.length; i++) {
            firstBias[i] = channel;
            channel += network.layers().get(i).biasRows();
        }
        this.channels = channel;
    }

    /**
     * @param network layers
     * @param weights of each layer (presynaptic row, neuron)
     * @param tauUs one unit of model time on the chip, microseconds
     * @param experiment that the network belongs to, as JSON; empty: unknown
     * @return the graph
     * @throws FormatException {@code EXCHANGE_UNSUPPORTED} for a layer without neurons
     */
    public static NirGraph of(Network network, double[][] weights, double tauUs, Optional<String> experiment) {
        for (Layer layer : network.layers()) {
            if (layer.size() == 0) {
                throw new FormatException(
                        FormatException.Code.EXCHANGE_UNSUPPORTED,
                        "layer " + layer.name(),
                        "no neurons",
                        "1 or more: HDF5 files of NIR hold no empty arrays",
                        "export another network");
            }
        }
        return new NirExport(network, weights, tauUs).graph(experiment);
    }

    private NirGraph graph(Optional<String> experiment) {
        nodes.add(new NirNode.Input("input", new int[] {channels}));
        String before = "input";
        for (int i = 0; i < network.layers().size(); i++) {
            before = layer(i, before);
        }
        nodes.add(new NirNode.Output("output", new int[] {network.outputs()}));
        edges.add(new NirGraph.Edge(before, "output"));
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put(NirKeys.TIME_UNIT, "ms");
        texts.put(NirKeys.SYNAPSE, "a spike adds weight * w_in to the current; r = 1 / g_leak");
        experiment.ifPresent(json -> texts.put(NirKeys.EXPERIMENT, json));
        return new NirGraph(nodes, edges, texts, numbers());
    }

    private SortedMap<String, double[]> numbers() {
        List<Double> biasChannels = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        List<Double> layers = new ArrayList<>();
        double[] copies = new double[firstBias.length];
        for (int i = 0; i < firstBias.length; i++) {
            Layer layer = network.layers().get(i);
            copies[i] = layer.biasCopies();
            for (int row = 0; row < layer.biasRows(); row++) {
                biasChannels.add((double) firstBias[i] + row);
                times.add(layer.biasTimes().get(row % layer.biasTimes().size()) * tauMs);
                layers.add((double) i);
            }
        }
        SortedMap<String, double[]> numbers = new TreeMap<>();
        numbers.put(NirKeys.TAU, new double[] {tauMs});
        numbers.put(NirKeys.INPUTS, new double[] {network.inputs()});
        numbers.put(NirKeys.INPUT_COPIES, new double[] {network.inputCopies()});
        numbers.put(NirKeys.BIAS_CHANNELS, array(biasChannels));
        numbers.put(NirKeys.BIAS_TIMES, array(times));
        numbers.put(NirKeys.BIAS_LAYERS, array(layers));
        numbers.put(NirKeys.BIAS_COPIES, copies);
        return numbers;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private String layer(int index, String before) {
        Layer layer = network.layers().get(index);
        String name = unique(layer.name());
        connect(before, unique(name + "_weights"), name, index == 0 ? wide(index, true) : narrow(index));
        if (index > 0 && layer.biasRows() > 0) {
            connect("input", unique(name + "_bias"), name, wide(index, false));
        }
        NeuronModel neuron = network.neuron();
        int n = layer.size();
        nodes.add(new NirNode.CubaLif(
                name,
                filled(n, neuron.tauSyn() * tauMs),
                filled(n, neuron.tauMem() * tauMs),
                filled(n, 1 / neuron.gLeak()),
                filled(n, neuron.vLeak()),
                filled(n, neuron.vThreshold()),
                filled(n, neuron.vLeak()),
                filled(n, 1)));
        return name;
    }

    private void connect(String from, String linear, String to, HdfArray weight) {
        nodes.add(new NirNode.Linear(linear, weight, Optional.empty()));
        edges.add(new NirGraph.Edge(from, linear));
        edges.add(new NirGraph.Edge(linear, to));
    }

    /** Weights (out, in) from the layer before. */
    private HdfArray narrow(int index) {
        int size = network.layers().get(index).size();
        int rows = network.inputRows(index);
        double[] matrix = new double[size * rows];
        copy(index, 0, rows, matrix, rows, 0);
        return new HdfArray(matrix, size, rows);
    }

    /** Weights (out, in) from all channels of the input: biases, and the data of the first layer. */
    private HdfArray wide(int index, boolean data) {
        int size = network.layers().get(index).size();
        int inputs = network.inputRows(index);
        double[] matrix = new double[Math.multiplyExact(size, channels)];
        if (data) {
            copy(index, 0, inputs, matrix, channels, 0);
        }
        copy(index, inputs, network.layers().get(index).biasRows(), matrix, channels, firstBias[index]);
        return new HdfArray(matrix, size, channels);
    }

    private void copy(int index, int firstRow, int rows, double[] matrix, int columns, int firstColumn) {
        int size = network.layers().get(index).size();
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                matrix[j * columns + firstColumn + row] = weights[index][(firstRow + row) * size + j];
            }
        }
    }

    private static double[] filled(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
