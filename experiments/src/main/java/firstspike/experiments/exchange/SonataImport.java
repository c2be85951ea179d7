package firstspike.experiments.exchange;

import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.csv.CsvRow;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.exchange.hdf.HdfInput;
import firstspike.runtime.exchange.sonata.NodeMap;
import firstspike.runtime.exchange.sonata.SonataNodes;
import firstspike.runtime.exchange.sonata.SonataPopulation;
import firstspike.runtime.exchange.sonata.SonataSpikes;
import firstspike.runtime.recording.ShortestDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tables of what a SONATA file holds.
 *
 * @param file spikes or nodes
 * @param out table; empty: nothing is written
 */
public record SonataImport(Path file, Optional<Path> out) {

    /**
     * @param types table of node types, read for nodes only
     * @param map what node ids of spikes mean; empty: what they say
     * @return what was found and written
     */
    public Written run(Path types, Optional<Path> map) {
        boolean spikes;
        boolean nodes;
        try (HdfInput input = HdfInput.open(file)) {
            spikes = input.root().has("spikes");
            nodes = input.root().has("nodes");
        }
        if (nodes && !spikes) {
            return nodes(types);
        }
        return spikes(map.map(NodeMap::read).orElse(Map.of()));
    }

    private Written spikes(Map<NodeMap.Node, NodeMap.Node> map) {
        SonataSpikes.Imported imported = SonataSpikes.read(file, map);
        List<String> notes = new ArrayList<>(imported.notes());
        notes.add(imported.table().size() + " spikes of "
                + imported.table().populations().size() + " populations");
        notes.add("exchange.off_grid " + imported.offGrid());
        out.ifPresent(path -> {
            StringBuilder text = new StringBuilder();
            SpikeCsv.write(List.of("imported from " + file.getFileName()), imported.table(), text);
            AtomicFile.replace(path, text.toString().getBytes(StandardCharsets.UTF_8));
        });
        return new Written(out.map(List::of).orElse(List.of()), List.of(), notes);
    }

    private Written nodes(Path types) {
        List<SonataPopulation> populations = SonataNodes.read(file, types);
        List<String> notes = new ArrayList<>();
        TreeSet<String> columns = new TreeSet<>();
        for (SonataPopulation population : populations) {
            columns.addAll(population.parameters().keySet());
            notes.add(population.name() + ": " + population.nodeIds().length + " nodes, " + population.modelType() + " "
                    + population.modelTemplate());
        }
        out.ifPresent(
                path -> AtomicFile.replace(path, table(populations, columns).getBytes(StandardCharsets.UTF_8)));
        return new Written(
                out.map(List::of).orElse(List.of()),
                List.of("edges: this program reads none, so nodes alone make no network"),
                notes);
    }

    private static String table(List<SonataPopulation> populations, TreeSet<String> columns) {
        StringBuilder text = new StringBuilder("# times in ms, potentials in units of the model\n");
        List<String> header = new ArrayList<>(List.of("population", "node_id", "model_type", "model_template"));
        header.addAll(columns);
        text.append(CsvRow.of(header)).append('\n');
        for (SonataPopulation population : populations) {
            for (int i = 0; i < population.nodeIds().length; i++) {
                List<String> row = new ArrayList<>(List.of(
                        population.name(),
                        String.valueOf(population.nodeIds()[i]),
                        population.modelType(),
                        population.modelTemplate()));
                for (String column : columns) {
                    double[] values = population.parameters().get(column);
                    row.add(values == null ? "" : ShortestDecimal.of(values[i]));
                }
                text.append(CsvRow.of(row)).append('\n');
            }
        }
        return text.toString();
    }
}
