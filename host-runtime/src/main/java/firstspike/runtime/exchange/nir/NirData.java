package firstspike.runtime.exchange.nir;

import firstspike.runtime.exchange.hdf.HdfArray;
import firstspike.runtime.exchange.hdf.HdfGroup;
import firstspike.runtime.exchange.hdf.HdfInput;
import firstspike.runtime.exchange.hdf.HdfOutput;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spikes and traces of the nodes of a graph, sample after sample.
 *
 * @param unit of all times; empty when the file does not say
 * @param nodes observables by node and name
 */
public record NirData(Optional<TimeUnit> unit, SortedMap<String, SortedMap<String, Observable>> nodes) {

    private static final String TYPE = "__type__";
    private static final String UNIT = "firstspike_time_unit";

    /** Copies the maps. */
    public NirData {
        SortedMap<String, SortedMap<String, Observable>> copy = new TreeMap<>();
        nodes.forEach((name, observables) -> copy.put(name, new TreeMap<>(observables)));
        nodes = copy;
    }

    /** What was observed of a node. */
    public sealed interface Observable permits Events, Grid {}

    /**
     * Events of samples, as many columns as the longest sample has.
     *
     * @param neurons index of the neuron of each event (sample, event), -1 where there is none
     * @param times of the events (sample, event), positive infinity where there is none
     * @param values of the events (sample, event); empty when they have none
     * @param size number of neurons
     * @param end of a sample
     */
    public record Events(long[][] neurons, double[][] times, Optional<double[][]> values, int size, double end)
            implements Observable {}

    /**
     * Values on a grid of times.
     *
     * @param data of shape (sample, step, neuron)
     * @param step between two times
     */
    public record Grid(HdfArray data, double step) implements Observable {}

    /**
     * Events of dense first-spike times.
     *
     * @param times sample after sample, positive infinity for no spike
     * @param neurons number of neurons of a sample
     * @param scale factor of the times
     * @param end of a sample, scaled already
     * @return the events of each sample in the order of their times
     */
    public static Events ofDense(double[] times, int neurons, double scale, double end) {
        int samples = times.length / neurons;
        long[][] indices = new long[samples][neurons];
        double[][] sorted = new double[samples][neurons];
        for (int i = 0; i < samples; i++) {
            int from = i * neurons;
            Integer[] order = new Integer[neurons];
            Arrays.setAll(order, j -> j);
            Arrays.sort(order, (a, b) -> Double.compare(times[from + a], times[from + b]));
            for (int k = 0; k < neurons; k++) {
                double time = times[from + order[k]];
                indices[i][k] = Double.isFinite(time) ? order[k] : -1;
                sorted[i][k] = Double.isFinite(time) ? time * scale : Double.POSITIVE_INFINITY;
            }
        }
        return new Events(indices, sorted, Optional.empty(), neurons, end);
    }

    /**
     * Writes a file. Observables without samples or events are left out, because empty arrays cannot be written.
     *
     * @param path replaced whole
     */
    public void write(Path path) {
        HdfOutput.writeWithTexts(path, root -> {
            HdfOutput.putText(root, TYPE, "NIRGraphData");
            unit.ifPresent(of -> HdfOutput.putText(root, UNIT, of.text()));
            WritableGroup all = root.putGroup("nodes");
            nodes.forEach((name, observables) -> {
                WritableGroup node = all.putGroup(name.replace('/', '_'));
                HdfOutput.putText(node, TYPE, "NIRNodeData");
                WritableGroup group = node.putGroup("observables");
                observables.forEach((key, observable) -> put(group, key, observable));
            });
        });
    }

    private static void put(WritableGroup group, String name, Observable observable) {
        if (observable instanceof Events events) {
            if (events.times().length > 0 && events.times()[0].length > 0) {
                putEvents(group.putGroup(name), events);
            }
        } else if (observable instanceof Grid grid && grid.data().values().length > 0) {
            WritableGroup gridded = group.putGroup(name);
            HdfOutput.putText(gridded, TYPE, "TimeGriddedData");
            gridded.putAttribute("dt", grid.step());
            gridded.putDataset("data", cube(grid.data()));
        }
    }

    private static void putEvents(WritableGroup group, Events events) {
        HdfOutput.putText(group, TYPE, events.values().isPresent() ? "ValuedEventData" : "EventData");
        group.putAttribute("n_neurons", (long) events.size());
        group.putAttribute("t_max", events.end());
        int rows = events.times().length;
        int columns = events.times()[0].length;
        DatasetCreationOptions packed = DatasetCreationOptions.builder()
                .chunkDimensions(Math.max(1, Math.min(rows, (1 << 16) / columns)), Math.min(columns, 1 << 16))
                .deflate()
                .build();
        group.putDataset("idx", events.neurons(), packed);
        group.putDataset("time", events.times(), packed);
        events.values().ifPresent(values -> group.putDataset("value", values, packed));
    }

    private static double[][][] cube(HdfArray data) {
        int[] shape = data.shape();
        double[][][] cube = new double[shape[0]][shape[1]][shape[2]];
        int at = 0;
        for (double[][] plane : cube) {
            for (double[] row : plane) {
                System.arraycopy(data.values(), at, row, 0, row.length);
                at += row.length;
            }
        }
        return cube;
    }

    /**
     * Reads a file; nested graphs are read into names with dots.
     *
     * @param path of a file
     * @return its data
     */
    public static NirData read(Path path) {
        try (HdfInput input = HdfInput.open(path)) {
            HdfGroup root = input.root();
            String type = root.textAttribute(TYPE).orElse("nothing");
            if (!type.equals("NIRGraphData")) {
                throw root.malformed("@" + TYPE, type, "NIRGraphData");
            }
            SortedMap<String, SortedMap<String, Observable>> nodes = new TreeMap<>();
            readNodes(root.group("nodes"), "", nodes);
            return new NirData(root.textAttribute(UNIT).flatMap(TimeUnit::of), nodes);
        }
    }

    private static void readNodes(
            HdfGroup group, String prefix, SortedMap<String, SortedMap<String, Observable>> nodes) {
        for (String name : group.names()) {
            HdfGroup node = group.group(name);
            String type = node.textAttribute(TYPE).orElse("nothing");
            switch (type) {
                case "NIRGraphData" -> readNodes(node.group("nodes"), prefix + name + ".", nodes);
                case "NIRNodeData" -> {
                    SortedMap<String, Observable> observables = new TreeMap<>();
                    HdfGroup all = node.group("observables");
                    for (String key : all.names()) {
                        observables.put(key, observable(all.group(key)));
                    }
                    nodes.put(prefix + name, observables);
                }
                default -> throw node.malformed("@" + TYPE, type, "NIRNodeData or NIRGraphData");
            }
        }
    }

    private static Observable observable(HdfGroup group) {
        String type = group.textAttribute(TYPE).orElse("nothing");
        return switch (type) {
            case "TimeGriddedData" -> {
                HdfArray data = group.numbers("data");
                if (data.shape().length != 3) {
                    throw group.malformed("data", data.shape().length + " dimensions", "(sample, step, neuron)");
                }
                yield new Grid(data, number(group, "dt"));
            }
            case "EventData", "ValuedEventData" -> events(group, type.startsWith("Valued"));
            default -> throw group.malformed("@" + TYPE, type, "EventData, ValuedEventData or TimeGriddedData");
        };
    }

    private static Events events(HdfGroup group, boolean valued) {
        int size = (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(group, "n_neurons")));
        HdfArray time = group.numbers("time");
        int[] shape = group.shape("idx");
        if (shape.length != 2 || !Arrays.equals(shape, time.shape())) {
            throw group.malformed("idx", Arrays.toString(shape), "(samples, events), as time has");
        }
        long[] flat = group.integers("idx");
        long[][] neurons = new long[shape[0]][shape[1]];
        double[][] times = new double[shape[0]][shape[1]];
        for (int i = 0; i < flat.length; i++) {
            double at = time.values()[i];
            boolean none = flat[i] == -1;
            if (Double.isNaN(at) || flat[i] < -1 || flat[i] >= size || none != (at == Double.POSITIVE_INFINITY)) {
                throw group.malformed(
                        "idx", "neuron " + flat[i] + " at " + at, "0 to " + (size - 1) + ", or -1 at infinity");
            }
            neurons[i / shape[1]][i % shape[1]] = flat[i];
            times[i / shape[1]][i % shape[1]] = at;
        }
        return new Events(
                neurons,
                times,
                valued ? Optional.of(rows(group.numbers("value"), shape)) : Optional.empty(),
                size,
                number(group, "t_max"));
    }

    private static double[][] rows(HdfArray array, int[] shape) {
        double[][] rows = new double[shape[0]][shape[1]];
        for (int i = 0; i < Math.min(array.values().length, shape[0] * shape[1]); i++) {
            rows[i / shape[1]][i % shape[1]] = array.values()[i];
        }
        return rows;
    }

    private static double number(HdfGroup group, String attribute) {
        return group.numberAttribute(attribute)
                .filter(values -> values.length == 1)
                .orElseThrow(() -> group.malformed("@" + attribute, "is not there", "one number"))[0];
    }
}
