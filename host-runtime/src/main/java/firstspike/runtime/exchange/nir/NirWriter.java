package firstspike.runtime.exchange.nir;

import firstspike.runtime.exchange.hdf.HdfArray;
import firstspike.runtime.exchange.hdf.HdfOutput;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a graph as the reference library does, with fixed-length texts. */
public final class NirWriter {

    /** Version of the reference library whose layout this is. */
    public static final String VERSION = "1.0.7";

    private final Map<String, String> linkNames = new HashMap<>();

    private NirWriter() {}

    /**
     * @param graph without nodes of other types and without empty arrays
     * @param path file, replaced whole
     */
    public static void write(NirGraph graph, Path path) {
        HdfOutput.write(path, root -> new NirWriter().put(graph, root));
    }

    private void put(NirGraph graph, WritableGroup root) {
        root.putDataset("version", VERSION);
        WritableGroup node = root.putGroup("node");
        node.putDataset("type", "NIRGraph");
        WritableGroup nodes = node.putGroup("nodes");
        List<String> renamed = new ArrayList<>();
        for (NirNode each : graph.nodes()) {
            String name = linkName(each.name());
            if (!name.equals(each.name())) {
                renamed.add(name + " was " + each.name());
            }
            WritableGroup group = nodes.putGroup(name);
            group.putDataset("type", each.type());
            putParameters(each, group);
        }
        String[][] edges = graph.edges().stream()
                .map(edge -> new String[] {linkNames.get(edge.from()), linkNames.get(edge.to())})
                .toArray(String[][]::new);
        if (edges.length > 0) {
            node.putDataset("edges", edges);
        }
        WritableGroup metadata = node.putGroup("metadata");
        graph.texts().forEach(metadata::putDataset);
        graph.numbers().forEach((key, values) -> {
            if (values.length > 0) {
                HdfOutput.put(metadata, key, values);
            }
        });
        if (!renamed.isEmpty()) {
            metadata.putDataset(NirKeys.RENAMED, String.join("; ", renamed));
        }
    }

    /** HDF5 takes a slash for a step into a group. */
    private String linkName(String name) {
        String link = name.replace('/', '_');
        while (linkNames.containsValue(link)) {
            link += "_";
        }
        linkNames.put(name, link);
        return link;
    }

    private static void putParameters(NirNode node, WritableGroup group) {
        switch (node.kind()) {
            case INPUT -> HdfOutput.put(group, "shape", longs(((NirNode.Input) node).shape()), false);
            case OUTPUT -> HdfOutput.put(group, "shape", longs(((NirNode.Output) node).shape()), false);
            case LINEAR -> {
                NirNode.Linear linear = (NirNode.Linear) node;
                HdfOutput.put(group, "weight", rows(linear.weight()));
                linear.bias().ifPresent(bias -> HdfOutput.put(group, "bias", bias));
            }
            case SCALE -> HdfOutput.put(group, "scale", ((NirNode.Scale) node).scale());
            case DELAY -> HdfOutput.put(group, "delay", ((NirNode.Delay) node).delay());
            case CUBA_LIF -> {
                NirNode.CubaLif neurons = (NirNode.CubaLif) node;
                HdfOutput.put(group, "tau_syn", neurons.tauSyn());
                HdfOutput.put(group, "tau_mem", neurons.tauMem());
                HdfOutput.put(group, "r", neurons.r());
                HdfOutput.put(group, "v_leak", neurons.vLeak());
                HdfOutput.put(group, "v_threshold", neurons.vThreshold());
                HdfOutput.put(group, "v_reset", neurons.vReset());
                HdfOutput.put(group, "w_in", neurons.wIn());
            }
            case OTHER ->
                throw new IllegalArgumentException(
                        "node " + node.name() + " : type " + node.type() + " (expected: one that is written)");
        }
    }

    private static long[] longs(int[] values) {
        long[] out = new long[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    private static double[][] rows(HdfArray matrix) {
        int columns = matrix.shape()[1];
        double[][] rows = new double[matrix.shape()[0]][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(matrix.values(), i * columns, rows[i], 0, columns);
        }
        return rows;
    }
}
