package firstspike.runtime.exchange.nir;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.hdf.HdfArray;
import firstspike.runtime.exchange.hdf.HdfGroup;
import firstspike.runtime.exchange.hdf.HdfInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a graph; what our networks cannot have stays a named node. */
public final class NirReader {

    private static final String GRAPH = "NIRGraph";
    private static final String METADATA = "metadata";
    private static final int MOST_METADATA = 1 << 16;

    private NirReader() {}

    /**
     * @param path of a file
     * @return its graph
     * @throws FormatException when it is no sound NIR file, or beyond the limits of HDF5 files
     */
    public static NirGraph read(Path path) {
        try (HdfInput input = HdfInput.open(path)) {
            HdfGroup root = input.root();
            if (!root.has("node") || !root.isGroup("node")) {
                throw root.malformed("node", "is not there", "the root node of a NIR graph");
            }
            HdfGroup node = root.group("node");
            String type = node.text("type");
            if (!type.equals(GRAPH)) {
                throw node.malformed("type", type, GRAPH);
            }
            SortedMap<String, String> texts = new TreeMap<>();
            SortedMap<String, double[]> numbers = new TreeMap<>();
            if (node.has(METADATA)) {
                metadata(node.group(METADATA), texts, numbers);
            }
            HdfGroup nodes = node.group("nodes");
            List<NirNode> list = new ArrayList<>();
            for (String name : nodes.names()) {
                list.add(node(name, nodes.group(name)));
            }
            return new NirGraph(list, edges(node), texts, numbers);
        }
    }

    private static List<NirGraph.Edge> edges(HdfGroup node) {
        if (!node.has("edges")) {
            return List.of();
        }
        int[] shape = node.shape("edges");
        List<String> names = node.texts("edges");
        if (shape.length != 2 || shape[1] != 2 || names.size() != 2 * shape[0]) {
            throw node.malformed("edges", "shape " + Arrays.toString(shape), "pairs of names");
        }
        List<NirGraph.Edge> edges = new ArrayList<>();
        for (int i = 0; i < names.size(); i += 2) {
            edges.add(new NirGraph.Edge(names.get(i), names.get(i + 1)));
        }
        return edges;
    }

    private static void metadata(HdfGroup group, SortedMap<String, String> texts, SortedMap<String, double[]> numbers) {
        for (String name : group.names()) {
            if (group.isGroup(name)) {
                continue;
            }
            if (!group.isText(name)) {
                double[] values = group.numbers(name).values();
                if (values.length <= MOST_METADATA) {
                    numbers.put(name, values);
                }
            } else if (group.texts(name).size() == 1) {
                texts.put(name, group.text(name));
            }
        }
    }

    private static NirNode node(String name, HdfGroup group) {
        String type = group.text("type");
        return switch (type) {
            case "Input" -> new NirNode.Input(name, shape(group));
            case "Output" -> new NirNode.Output(name, shape(group));
            case "Linear" -> new NirNode.Linear(name, matrix(group), Optional.empty());
            case "Affine" -> new NirNode.Linear(name, matrix(group), Optional.of(vector(group, "bias")));
            case "Scale" -> new NirNode.Scale(name, vector(group, "scale"));
            case "Delay" -> new NirNode.Delay(name, vector(group, "delay"));
            case "CubaLIF" -> cubaLif(name, group);
            default -> new NirNode.Other(name, type);
        };
    }

    private static NirNode cubaLif(String name, HdfGroup group) {
        double[] threshold = vector(group, "v_threshold");
        int n = threshold.length;
        return new NirNode.CubaLif(
                name,
                sized(group, "tau_syn", n),
                sized(group, "tau_mem", n),
                sized(group, "r", n),
                sized(group, "v_leak", n),
                threshold,
                group.has("v_reset") ? sized(group, "v_reset", n) : new double[n],
                group.has("w_in") ? sized(group, "w_in", n) : ones(n));
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Numbers of a layer; one number stands for all of its neurons. */
    private static double[] sized(HdfGroup group, String parameter, int n) {
        double[] values = vector(group, parameter);
        if (values.length == 1 && n > 1) {
            double[] all = new double[n];
            Arrays.fill(all, values[0]);
            return all;
        }
        if (values.length != n) {
            throw group.malformed(parameter, values.length + " numbers", n + " numbers, as v_threshold has");
        }
        return values;
    }

    private static double[] vector(HdfGroup group, String parameter) {
        double[] values = group.numbers(parameter).values();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw group.malformed(parameter, "element " + i + " is " + values[i], "finite numbers");
            }
        }
        return values;
    }

    private static HdfArray matrix(HdfGroup group) {
        vector(group, "weight");
        HdfArray weight = group.numbers("weight");
        if (weight.shape().length != 2) {
            throw group.malformed("weight", "shape " + Arrays.toString(weight.shape()), "(outputs, inputs)");
        }
        return weight;
    }

    private static int[] shape(HdfGroup group) {
        long[] values = group.integers("shape");
        int[] shape = new int[values.length];
        long product = 1;
        for (int i = 0; i < shape.length; i++) {
            if (values[i] < 1 || values[i] > Integer.MAX_VALUE || (product *= values[i]) > Integer.MAX_VALUE) {
                throw group.malformed("shape", Arrays.toString(values), "dimensions of 1 or more");
            }
            shape[i] = (int) values[i];
        }
        return shape;
    }
}
