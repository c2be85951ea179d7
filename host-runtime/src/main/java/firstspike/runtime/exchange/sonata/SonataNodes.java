package firstspike.runtime.exchange.sonata;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.hdf.HdfGroup;
import firstspike.runtime.exchange.hdf.HdfInput;
import firstspike.runtime.exchange.hdf.HdfOutput;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import io.jhdf.api.WritableGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes of a network in an HDF5 file, their types in a table beside it. */
public final class SonataNodes {

    private static final String NONE = "NULL";
    private static final long FIRST_TYPE = 100;
    private static final List<String> MODELS = List.of(SonataPopulation.POINT_NEURON, SonataPopulation.VIRTUAL);

    private SonataNodes() {}

    /**
     * The populations of a network: what sends into it, and its layers.
     *
     * @param network layers
     * @param tauUs one unit of model time on the chip, microseconds
     * @return populations, none of them empty
     */
    public static List<SonataPopulation> of(Network network, double tauUs) {
        List<SonataPopulation> populations = new ArrayList<>();
        populations.add(virtual("input", network.inputRows(0)));
        NeuronModel neuron = network.neuron();
        double tauMs = tauUs / 1000;
        for (Layer layer : network.layers()) {
            if (layer.biasRows() > 0) {
                populations.add(virtual("bias_" + layer.name(), layer.biasRows()));
            }
            int n = layer.size();
            SortedMap<String, double[]> parameters = new TreeMap<>();
            parameters.put("tau_m", filled(n, neuron.tauMem() * tauMs));
            parameters.put("tau_syn_E", filled(n, neuron.tauSyn() * tauMs));
            parameters.put("tau_syn_I", filled(n, neuron.tauSyn() * tauMs));
            parameters.put("tau_refrac", filled(n, 0));
            parameters.put("v_rest", filled(n, neuron.vLeak()));
            parameters.put("v_reset", filled(n, neuron.vLeak()));
            parameters.put("v_thresh", filled(n, neuron.vThreshold()));
            parameters.put("cm", filled(n, neuron.gLeak() * neuron.tauMem()));
            if (n > 0) {
                populations.add(new SonataPopulation(
                        layer.name(),
                        ids(n),
                        SonataPopulation.POINT_NEURON,
                        SonataPopulation.CURRENT_BASED,
                        parameters));
            }
        }
        return populations;
    }

    private static SonataPopulation virtual(String name, int n) {
        return new SonataPopulation(name, ids(n), SonataPopulation.VIRTUAL, NONE, new TreeMap<>());
    }

    private static double[] filled(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    private static long[] ids(int n) {
        long[] ids = new long[n];
        Arrays.setAll(ids, i -> i);
        return ids;
    }

    /**
     * Writes both files.
     *
     * @param populations none of them empty
     * @param nodes HDF5 file, replaced whole
     * @param types table of node types, replaced whole
     */
    public static void write(List<SonataPopulation> populations, Path nodes, Path types) {
        HdfOutput.write(nodes, root -> {
            SonataFile.putHead(root);
            WritableGroup all = root.putGroup("nodes");
            for (int i = 0; i < populations.size(); i++) {
                put(all.putGroup(populations.get(i).name()), populations.get(i), FIRST_TYPE + i);
            }
        });
        StringBuilder table = new StringBuilder("node_type_id population model_type model_template\n");
        for (int i = 0; i < populations.size(); i++) {
            SonataPopulation population = populations.get(i);
            table.append(FIRST_TYPE + i)
                    .append(' ')
                    .append(quoted(population.name()))
                    .append(' ')
                    .append(population.modelType())
                    .append(' ')
                    .append(quoted(population.modelTemplate()))
                    .append('\n');
        }
        AtomicFile.replace(types, table.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String quoted(String text) {
        return text.indexOf(' ') < 0 ? text : '"' + text + '"';
    }

    private static void put(WritableGroup group, SonataPopulation population, long type) {
        int n = population.nodeIds().length;
        long[] types = new long[n];
        Arrays.fill(types, type);
        HdfOutput.put(group, "node_id", population.nodeIds(), true);
        HdfOutput.put(group, "node_type_id", types, true);
        HdfOutput.putUnsigned(group, "node_group_id", new int[n]);
        HdfOutput.put(group, "node_group_index", ids(n), true);
        WritableGroup first = group.putGroup("0");
        if (!population.parameters().isEmpty()) {
            WritableGroup parameters = first.putGroup("dynamics_params");
            population.parameters().forEach((name, values) -> HdfOutput.put(parameters, name, values));
        }
    }

    /**
     * Reads both files.
     *
     * @param nodes HDF5 file
     * @param types table of node types
     * @return populations by the order of their names
     * @throws FormatException {@code EXCHANGE_UNSUPPORTED} for other models, all of them at once
     */
    public static List<SonataPopulation> read(Path nodes, Path types) {
        Map<Long, NodeTypes.Type> table = NodeTypes.read(types);
        List<SonataPopulation> populations = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        try (HdfInput input = HdfInput.open(nodes)) {
            SonataFile.check(input.root());
            HdfGroup all = input.root().group("nodes");
            for (String name : all.names()) {
                populations.add(population(name, all.group(name), table, foreign));
            }
        }
        if (!foreign.isEmpty()) {
            throw new FormatException(
                    FormatException.Code.EXCHANGE_UNSUPPORTED,
                    nodes.toString(),
                    String.join("; ", foreign),
                    "point_neuron with pynn:IF_curr_exp, or virtual",
                    "leave these populations out");
        }
        return populations;
    }

    private static SonataPopulation population(
            String name, HdfGroup group, Map<Long, NodeTypes.Type> table, List<String> foreign) {
        long[] typeIds = group.integers("node_type_id");
        int n = typeIds.length;
        long[] ids = group.has("node_id") ? group.integers("node_id") : ids(n);
        if (n == 0 || ids.length != n) {
            throw group.malformed("node_type_id", n + " types, " + ids.length + " ids", "as many of both, 1 or more");
        }
        NodeTypes.Type type = null;
        for (long id : typeIds) {
            NodeTypes.Type each = table.get(id);
            if (each == null) {
                throw group.malformed("node_type_id", id, "types of the table " + table.keySet());
            }
            boolean known = MODELS.contains(each.model())
                    && (each.template().equals(NONE) || each.template().equals(SonataPopulation.CURRENT_BASED));
            if (!known) {
                foreign.add(name + " (" + each.model() + " " + each.template() + ")");
                break;
            }
            if (type != null && !type.equals(each)) {
                foreign.add(name + " (several types in one population)");
                break;
            }
            type = each;
        }
        SortedMap<String, double[]> parameters = new TreeMap<>();
        if (type != null && type.model().equals(SonataPopulation.POINT_NEURON)) {
            parameters.putAll(type.numbers(n));
            parameters.putAll(dynamics(group, n));
        }
        return new SonataPopulation(
                name, ids, type == null ? "" : type.model(), type == null ? "" : type.template(), parameters);
    }

    /** Parameters of the HDF5 file, which win over those of the table. */
    private static SortedMap<String, double[]> dynamics(HdfGroup group, int n) {
        SortedMap<String, double[]> parameters = new TreeMap<>();
        if (group.has("0") && group.group("0").has("dynamics_params")) {
            HdfGroup dynamics = group.group("0").group("dynamics_params");
            for (String parameter : dynamics.names()) {
                double[] values = dynamics.numbers(parameter).values();
                if (values.length != n) {
                    throw dynamics.malformed(parameter, values.length + " numbers", n);
                }
                parameters.put(parameter, values);
            }
        }
        return parameters;
    }
}
