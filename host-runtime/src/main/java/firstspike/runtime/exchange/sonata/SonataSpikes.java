package firstspike.runtime.exchange.sonata;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.exchange.hdf.HdfGroup;
import firstspike.runtime.exchange.hdf.HdfInput;
import firstspike.runtime.exchange.hdf.HdfOutput;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spikes as SONATA reports hold them, one population a direction. A node id is the number of a neuron counted through the
 * populations of the table, whose names and first ids stand in an attribute; where a neuron is unknown, all ids of that
 * direction are labels.
 */
public final class SonataSpikes {

    /** Milliseconds of a tick. */
    private static final double MS_PER_TICK = SpikeCsv.TICK_PS * 1e-9;

    private static final String TO_CHIP = "to_chip";
    private static final String FROM_CHIP = "from_chip";
    private static final String POPULATIONS = "firstspike_populations";
    private static final String TICK = "firstspike_tick_ps";
    private static final String STARTS = "firstspike_program_starts";
    private static final String ACCELERATION = "firstspike_time_factor";
    private static final double OFF_GRID = 1e-3;
    private static final int MOST_SPIKES = 50_000_000;

    private SonataSpikes() {}

    /**
     * Spikes of a file.
     *
     * @param table in the order of time, program 0
     * @param offGrid how many were more than a thousandth of a tick from the 8 ns grid and were rounded
     * @param notes what a reader should know
     */
    public record Imported(SpikeTable table, long offGrid, List<String> notes) {

        /** Copies the notes. */
        public Imported {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Writes a file.
     *
     * @param table spikes of any programs
     * @param starts where its programs begin
     * @param timeFactor 1 for chip time; what times are multiplied by for biological time, 1000 as a rule
     * @param path replaced whole
     */
    public static void write(SpikeTable table, ProgramStarts starts, double timeFactor, Path path) {
        if (!(timeFactor > 0) || Double.isInfinite(timeFactor)) {
            throw new IllegalArgumentException("time factor : " + timeFactor + " (expected: above 0)");
        }
        HdfOutput.write(path, root -> {
            SonataFile.putHead(root);
            root.putAttribute(TICK, SpikeCsv.TICK_PS);
            root.putAttribute(STARTS, starts.how());
            root.putAttribute(ACCELERATION, timeFactor);
            WritableGroup spikes = root.putGroup("spikes");
            List<String> empty = new ArrayList<>();
            for (boolean toChip : new boolean[] {true, false}) {
                int[] rows = rows(table, toChip, starts);
                if (rows.length == 0) {
                    empty.add(toChip ? TO_CHIP : FROM_CHIP);
                } else {
                    put(spikes.putGroup(toChip ? TO_CHIP : FROM_CHIP), table, rows, starts, timeFactor);
                }
            }
            if (!empty.isEmpty()) {
                root.putAttribute(SonataFile.EMPTY, String.join(" ", empty));
            }
        });
    }

    private static void put(
            WritableGroup group, SpikeTable table, int[] rows, ProgramStarts starts, double timeFactor) {
        group.putAttribute("sorting", "by_time");
        long[] first = firstIds(table, rows);
        double[] times = new double[rows.length];
        long[] ids = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            long tick = Math.addExact(starts.of(table.program(row)), table.tick(row));
            times[i] = tick * MS_PER_TICK * timeFactor;
            ids[i] = first.length == 0
                    ? Math.max(0, table.label(row))
                    : first[table.population(row)] + table.neuron(row);
        }
        if (first.length > 0) {
            group.putAttribute(POPULATIONS, populations(table, first));
        }
        WritableDataset timestamps = group.putDataset("timestamps", times, HdfOutput.packed(times.length, false));
        timestamps.putAttribute("units", "ms");
        HdfOutput.put(group, "node_ids", ids, true);
    }

    /** Rows of one direction in the order of time. */
    private static int[] rows(SpikeTable table, boolean toChip, ProgramStarts starts) {
        Integer[] rows = new Integer[table.size()];
        int n = 0;
        for (int row = 0; row < table.size(); row++) {
            if (table.toChip(row) == toChip) {
                rows[n++] = row;
            }
        }
        Integer[] kept = Arrays.copyOf(rows, n);
        Arrays.sort(
                kept,
                (a, b) -> Long.compare(
                        starts.of(table.program(a)) + table.tick(a), starts.of(table.program(b)) + table.tick(b)));
        return Arrays.stream(kept).mapToInt(Integer::intValue).toArray();
    }

    /** First id of each population; none when a neuron of these rows is unknown. */
    private static long[] firstIds(SpikeTable table, int[] rows) {
        long[] sizes = new long[table.populations().size()];
        for (int row : rows) {
            if (table.population(row) < 0 || table.neuron(row) < 0) {
                return new long[0];
            }
            sizes[table.population(row)] = Math.max(sizes[table.population(row)], table.neuron(row) + 1L);
        }
        long[] first = new long[sizes.length];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + sizes[i - 1];
        }
        return first;
    }

    private static String populations(SpikeTable table, long[] first) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            words.add(table.populations().get(i).replace(' ', '_') + "=" + first[i]);
        }
        return String.join(" ", words);
    }

    /**
     * Reads all populations of a file.
     *
     * @param path of a file
     * @param neurons what node ids mean by population and id; ids that are not in it keep their number
     * @return the spikes
     * @throws FormatException for negative times, another unit, or a file that is damaged
     */
    public static Imported read(Path path, Map<NodeMap.Node, NodeMap.Node> neurons) {
        try (HdfInput input = HdfInput.open(path)) {
            HdfGroup root = input.root();
            SonataFile.check(root);
            if (!root.has("spikes") || !root.isGroup("spikes")) {
                throw root.malformed("spikes", "is not there", "a group of spikes");
            }
            root.numberAttribute(TICK)
                    .filter(tick -> tick[0] != SpikeCsv.TICK_PS)
                    .ifPresent(tick -> {
                        throw root.malformed("@" + TICK, tick[0], SpikeCsv.TICK_PS);
                    });
            double factor = root.numberAttribute(ACCELERATION).map(of -> of[0]).orElse(1.0);
            if (!(factor > 0)) {
                throw root.malformed("@" + ACCELERATION, factor, "above 0");
            }
            Collected all = new Collected();
            HdfGroup spikes = root.group("spikes");
            for (String name : spikes.names()) {
                if (spikes.isGroup(name)) {
                    all.add(name, spikes.group(name), factor, neurons);
                }
            }
            if (factor != 1) {
                all.notes.add("times were divided by the file's factor " + factor);
            }
            return new Imported(all.table(), all.offGrid, all.notes);
        }
    }

    /** Spikes of all populations before they are sorted. Mutable. */
    private static final class Collected {
        private final List<String> notes = new ArrayList<>();
        private final List<long[]> ticks = new ArrayList<>();
        private final List<long[]> ids = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Map<String, Long>> firsts = new ArrayList<>();
        private final List<Map<NodeMap.Node, NodeMap.Node>> maps = new ArrayList<>();
        private long offGrid;
        private long total;

        void add(String name, HdfGroup group, double factor, Map<NodeMap.Node, NodeMap.Node> neurons) {
            double[] times = group.numbers("timestamps").values();
            long[] nodes = group.integers("node_ids");
            if (times.length != nodes.length || (total += times.length) > MOST_SPIKES) {
                throw group.malformed(
                        "timestamps",
                        times.length + " times, " + nodes.length + " node ids",
                        "as many of both, at most " + MOST_SPIKES + " in all");
            }
            String unit = group.textAttributeOf("timestamps", "units").orElse("ms");
            if (!unit.equals("ms")) {
                throw group.malformed("timestamps@units", unit, "ms");
            }
            long[] of = new long[times.length];
            for (int i = 0; i < of.length; i++) {
                double exact = times[i] / factor / MS_PER_TICK;
                if (!(times[i] >= 0) || exact > 1L << 53 || nodes[i] < 0) {
                    throw group.malformed(
                            "timestamps", "node " + nodes[i] + " at " + times[i] + " ms", "ids and times of 0 or more");
                }
                of[i] = Math.round(exact);
                offGrid += Math.abs(exact - of[i]) > OFF_GRID ? 1 : 0;
            }
            ticks.add(of);
            ids.add(nodes);
            names.add(name);
            firsts.add(firsts(group));
            maps.add(neurons);
        }

        /** Populations of a file of ours by their first ids. */
        private static Map<String, Long> firsts(HdfGroup group) {
            Map<String, Long> first = new LinkedHashMap<>();
            for (String word : group.textAttribute(POPULATIONS).orElse("").split(" ")) {
                int at = word.lastIndexOf('=');
                if (at > 0 && word.substring(at + 1).matches("[0-9]{1,18}")) {
                    first.put(word.substring(0, at), Long.parseLong(word.substring(at + 1)));
                }
            }
            return first;
        }

        SpikeTable table() {
            int n = (int) total;
            Integer[] order = new Integer[n];
            int[] part = new int[n];
            int[] within = new int[n];
            int next = 0;
            for (int p = 0; p < ticks.size(); p++) {
                for (int i = 0; i < ticks.get(p).length; i++) {
                    part[next] = p;
                    within[next] = i;
                    order[next] = next++;
                }
            }
            Arrays.sort(order, (a, b) -> Long.compare(ticks.get(part[a])[within[a]], ticks.get(part[b])[within[b]]));
            SpikeTable table = new SpikeTable();
            for (int at : order) {
                addRow(table, part[at], ticks.get(part[at])[within[at]], ids.get(part[at])[within[at]]);
            }
            return table;
        }

        private void addRow(SpikeTable table, int part, long tick, long id) {
            String population = names.get(part);
            boolean toChip = !population.equals(FROM_CHIP);
            long neuron = id;
            boolean ours = population.equals(FROM_CHIP) || population.equals(TO_CHIP);
            if (ours && firsts.get(part).isEmpty()) {
                table.add(0, tick, toChip, (int) Math.min(id, 0xFFFF), "", SpikeTable.NONE);
                return;
            }
            for (Map.Entry<String, Long> first : firsts.get(part).entrySet()) {
                if (id >= first.getValue()) {
                    population = first.getKey();
                    neuron = id - first.getValue();
                }
            }
            NodeMap.Node mapped = maps.get(part).get(new NodeMap.Node(population, neuron));
            if (mapped != null) {
                population = mapped.population();
                neuron = mapped.id();
            }
            if (neuron > Integer.MAX_VALUE) {
                throw new FormatException(
                        FormatException.Code.MALFORMED_HEADER,
                        "node of population " + population,
                        neuron,
                        Integer.MAX_VALUE,
                        "give a map of node ids to neurons");
            }
            table.add(0, tick, toChip, SpikeTable.NONE, population, (int) neuron);
        }
    }
}
