package firstspike.runtime.exchange.nir;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a network of a graph. The neurons of all layers must share their time constants; where leak, threshold, r or w_in
 * differ, they are folded into the weights of each neuron, which changes no spike time.
 */
public final class NirImport {

    private static final MathContext DIGITS = new MathContext(15);
    private static final double SAME = 1e-9;

    private final String file;
    private final NirGraph graph;
    private final TimeUnit unit;
    private final boolean biasAsSpike;
    private final double chipTauUs;
    private final List<String> notes = new ArrayList<>();

    private NirImport(String file, NirGraph graph, TimeUnit unit, boolean biasAsSpike, double chipTauUs) {
        this.file = file;
        this.graph = graph;
        this.unit = unit;
        this.biasAsSpike = biasAsSpike;
        this.chipTauUs = chipTauUs;
    }

    /**
     * @param file name for messages
     * @param graph as read
     * @param unit of its times; empty: what the file says
     * @param biasAsSpike constant currents become one spike at time 0
     * @param chipTauUs length of a unit of model time where the times are in such units, microseconds
     * @return the network
     * @throws FormatException {@code TIME_UNIT_MISSING} when neither file nor caller says it, {@code EXCHANGE_UNSUPPORTED}
     *     with all reasons, {@code MALFORMED_HEADER} for edges and shapes that do not fit
     */
    public static ImportedNetwork of(
            String file, NirGraph graph, Optional<TimeUnit> unit, boolean biasAsSpike, double chipTauUs) {
        NirPaths paths = new NirPaths(file, graph);
        List<NirPaths.LayerPath> layers = paths.layers();
        TimeUnit chosen = unit(file, graph, unit, layers);
        NirImport reading = new NirImport(file, graph, chosen, biasAsSpike, chipTauUs);
        unit.filter(given -> given != chosen)
                .ifPresent(given -> reading.notes.add(
                        "time unit " + given.text() + " was given, the file says " + chosen.text() + ", which holds"));
        try {
            return reading.network(layers, NirPaths.product(paths.input().shape()));
        } catch (IllegalArgumentException e) {
            // numbers that parse but that no network of ours can have
            throw NirFailure.unsupported(file, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static TimeUnit unit(
            String file, NirGraph graph, Optional<TimeUnit> given, List<NirPaths.LayerPath> layers) {
        Optional<TimeUnit> said =
                Optional.ofNullable(graph.texts().get(NirKeys.TIME_UNIT)).flatMap(TimeUnit::of);
        if (said.isPresent()) {
            return said.get();
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (NirPaths.LayerPath layer : layers) {
            for (double[] taus :
                    List.of(layer.neurons().tauSyn(), layer.neurons().tauMem())) {
                least = Math.min(least, Arrays.stream(taus).min().orElse(least));
                most = Math.max(most, Arrays.stream(taus).max().orElse(most));
            }
        }
        double smallest = least;
        double largest = most;
        return given.orElseThrow(() -> new FormatException(
                FormatException.Code.TIME_UNIT_MISSING,
                file,
                "time constants from " + smallest + " to " + largest + " of an unknown unit: "
                        + "in ms " + tidy(smallest * 1000) + " to " + tidy(largest * 1000) + " us, in us "
                        + smallest + " to " + largest + " us, in s " + tidy(smallest * 1e6) + " to "
                        + tidy(largest * 1e6) + " us, in tau units of model time",
                "a time unit",
                "say which by --time-unit ms, us, s or tau"));
    }

    private ImportedNetwork network(List<NirPaths.LayerPath> paths, int channels) {
        NirNode.CubaLif first = paths.get(0).neurons();
        double tau = number(NirKeys.TAU).orElse(unit == TimeUnit.TAU ? 1 : first.tauSyn()[0]);
        double tauUs = tidy(tau * unit.microseconds(chipTauUs));
        NeuronModel model = model(paths, tau);
        BiasRows biases = BiasRows.of(file, graph, channels, paths.size(), tau);
        int copies = (int) (double) number(NirKeys.INPUT_COPIES).orElse(1.0);
        int data = channels - biases.count();
        if (copies < 1 || data < 1 || data % copies != 0) {
            throw NirFailure.malformed(
                    file,
                    NirKeys.INPUT_COPIES,
                    copies + " copies of " + data + " channels",
                    "a whole number of inputs");
        }
        List<Layer> layers = new ArrayList<>();
        double[][] weights = new double[paths.size()][];
        for (int i = 0; i < weights.length; i++) {
            NirPaths.LayerPath path = paths.get(i);
            List<Double> times = new ArrayList<>(biases.times(i));
            int biasCopies = biases.copies(i);
            List<double[]> rows = rows(i, path, biases, data);
            if (path.constant() != null) {
                if (!biasAsSpike) {
                    throw NirFailure.unsupported(
                            file,
                            List.of(path.neurons().name() + " has a constant current (bias of an Affine node), "
                                    + "which a first-spike network has not; --bias-as-spike makes it a spike"));
                }
                times = biases.spreadTimes(i);
                biasCopies = 1;
                times.add(0.0);
                rows.add(path.constant());
                notes.add("the constant current of " + path.neurons().name()
                        + " became one spike at time 0: spike times differ from those of the file's network");
            }
            weights[i] = folded(path.neurons(), rows, model);
            layers.add(new Layer(
                    layerName(path.neurons().name(), i), path.neurons().size(), times, biasCopies));
        }
        notes.add("time unit " + unit.text() + ", tau " + tauUs + " us");
        String experiment = graph.texts().getOrDefault(NirKeys.EXPERIMENT, "");
        return new ImportedNetwork(
                new Network(data / copies, copies, model, layers), weights, tauUs, experiment, notes);
    }

    /** Rows of a layer's weights: what came before it, then its biases. */
    private List<double[]> rows(int index, NirPaths.LayerPath path, BiasRows biases, int data) {
        int n = path.neurons().size();
        List<double[]> rows = new ArrayList<>();
        double[] fromInput = index == 0 ? path.fromBefore() : path.fromInput();
        int before = index == 0 ? data : path.fromBefore().length / Math.max(1, n);
        for (int row = 0; row < before; row++) {
            int channel = index == 0 ? biases.dataChannel(row) : row;
            rows.add(Arrays.copyOfRange(path.fromBefore(), channel * n, (channel + 1) * n));
        }
        for (int channel : biases.channels(index)) {
            rows.add(fromInput == null ? new double[n] : Arrays.copyOfRange(fromInput, channel * n, (channel + 1) * n));
        }
        if (fromInput != null) {
            refuseSkips(index, path, fromInput, biases);
        }
        return rows;
    }

    private void refuseSkips(int index, NirPaths.LayerPath path, double[] fromInput, BiasRows biases) {
        int n = path.neurons().size();
        for (int i = 0; i < fromInput.length; i++) {
            int layer = biases.layerOf(i / n);
            boolean allowed = layer == index || layer < 0 && index == 0;
            if (fromInput[i] != 0 && !allowed) {
                throw NirFailure.unsupported(
                        file,
                        List.of(path.neurons().name() + " (CubaLIF) is fed by channel " + i / n
                                + " of the input past the layers between"));
            }
        }
    }

    /** Weights with what differs from the model of all neurons folded in. */
    private double[] folded(NirNode.CubaLif neurons, List<double[]> rows, NeuronModel model) {
        int n = neurons.size();
        double[] weights = new double[rows.size() * n];
        boolean any = false;
        for (int j = 0; j < n; j++) {
            double drive = (neurons.vThreshold()[j] - neurons.vLeak()[j]) / neurons.r()[j];
            double factor = neurons.wIn()[j] * model.thresholdDrive() / drive;
            boolean same = Math.abs(factor - 1) < 1e-14;
            any |= !same;
            for (int row = 0; row < rows.size(); row++) {
                weights[row * n + j] = same ? rows.get(row)[j] : rows.get(row)[j] * factor;
            }
        }
        if (any) {
            notes.add("threshold, leak, r or w_in of " + neurons.name()
                    + " differ from those of the first neuron and went into its weights; spike times are the same");
        }
        return weights;
    }

    private NeuronModel model(List<NirPaths.LayerPath> paths, double tau) {
        List<String> reasons = new ArrayList<>();
        NirNode.CubaLif first = paths.get(0).neurons();
        for (NirPaths.LayerPath path : paths) {
            NirNode.CubaLif neurons = path.neurons();
            for (int j = 0; j < neurons.size(); j++) {
                if (differs(neurons.tauSyn()[j], first.tauSyn()[0])
                        || differs(neurons.tauMem()[j], first.tauMem()[0])) {
                    reasons.add(neurons.name() + " (CubaLIF) neuron " + j + ": time constants " + neurons.tauSyn()[j]
                            + ", " + neurons.tauMem()[j] + " differ from " + first.tauSyn()[0] + ", "
                            + first.tauMem()[0]);
                    break;
                }
                if (!(neurons.r()[j] > 0) || !(neurons.vThreshold()[j] > neurons.vLeak()[j])) {
                    reasons.add(neurons.name() + " (CubaLIF) neuron " + j + ": r " + neurons.r()[j] + ", threshold "
                            + neurons.vThreshold()[j] + ", leak " + neurons.vLeak()[j]
                            + " (r above 0 and a threshold above the leak are needed)");
                    break;
                }
            }
            noteNeurons(neurons);
        }
        if (!(tau > 0) || !(first.tauSyn()[0] > 0) || !(first.tauMem()[0] > 0)) {
            reasons.add("time constants that are not above 0");
        }
        if (!reasons.isEmpty()) {
            throw NirFailure.unsupported(file, reasons);
        }
        return new NeuronModel(
                tidy(first.tauSyn()[0] / tau),
                tidy(first.tauMem()[0] / tau),
                tidy(1 / first.r()[0]),
                first.vLeak()[0],
                first.vThreshold()[0]);
    }

    private void noteNeurons(NirNode.CubaLif neurons) {
        notes.add(neurons.name() + ": " + neurons.size() + " neurons, r " + range(neurons.r()) + ", w_in "
                + range(neurons.wIn()) + ", leak " + range(neurons.vLeak()) + ", threshold "
                + range(neurons.vThreshold()));
        if (!Arrays.equals(neurons.vReset(), neurons.vLeak())) {
            notes.add(neurons.name() + ": v_reset " + range(neurons.vReset())
                    + " differs from the leak and concerns spikes after the first, which are not used");
        }
    }

    private static String range(double[] values) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        return least == most ? String.valueOf(least) : least + " to " + most;
    }

    private static boolean differs(double a, double b) {
        return Math.abs(a - b) > SAME * Math.abs(b);
    }

    private Optional<Double> number(String key) {
        double[] values = graph.numbers().get(key);
        return values == null || values.length != 1 || !Double.isFinite(values[0])
                ? Optional.empty()
                : Optional.of(values[0]);
    }

    /** Names of layers in experiment files are short words; those that begin as the ones made here are made anew. */
    private String layerName(String name, int index) {
        if (name.matches("[a-z][a-z0-9_-]{0,31}") && !name.startsWith("layer")) {
            return name;
        }
        notes.add("node " + name + " is called layer" + index + " here");
        return "layer" + index;
    }

    /** Takes the last digits away that a change of units brought. */
    static double tidy(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
    }
}
