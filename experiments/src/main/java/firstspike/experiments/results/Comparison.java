package firstspike.experiments.results;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.exchange.csv.CsvRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Runs against each other (journeys.md U16): the keys in which they differ, their metrics side by side, and whether a difference
 * is within the spread of seeds. Immutable.
 */
public final class Comparison {

    private static final String ABSENT = "absent";
    private static final List<String> OF_RECORD = List.of(
            "data_sha256", "chip_id", "calibration_id", "fidelity", "product_version", "commit", "epoch", "state");

    private final List<StoredRun> runs;
    private final Map<String, List<String>> differing = new LinkedHashMap<>();
    private final Map<String, List<Object>> metrics = new TreeMap<>();
    private final SeedSpread spread;

    /**
     * Compares.
     *
     * @param runs two or more
     * @param metric that the spread is judged by, for example {@code test/accuracy}
     */
    public Comparison(List<StoredRun> runs, String metric) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("runs to compare: " + runs.size() + " (limit: 2 or more)");
        }
        this.runs = List.copyOf(runs);
        List<Experiment> experiments = runs.stream().map(Comparison::experiment).toList();
        ofRecords();
        ofExperiments(experiments);
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(run.result().keySet()));
        for (String name : names) {
            metrics.put(name, column(name));
        }
        spread = SeedSpread.of(experiments, runs, metric);
    }

    private static Experiment experiment(StoredRun run) {
        return ExperimentFile.read(run.status().path().resolve("experiment.yaml"))
                .resolve(Overrides.none())
                .orThrow();
    }

    private List<Object> column(String metric) {
        List<Object> values = new ArrayList<>();
        runs.forEach(run -> values.add(run.result().get(metric)));
        return Collections.unmodifiableList(values);
    }

    private void ofRecords() {
        for (String key : OF_RECORD) {
            List<String> values = runs.stream()
                    .map(run -> StoredRun.text(run.record().get(key)))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differing.put("run/" + key, values);
            }
        }
    }

    private void ofExperiments(List<Experiment> experiments) {
        Map<String, String[]> all = new TreeMap<>();
        for (int i = 1; i < experiments.size(); i++) {
            for (Map.Entry<String, List<String>> one :
                    experiments.get(0).differences(experiments.get(i)).entrySet()) {
                String first = one.getValue().get(0);
                String[] values = all.computeIfAbsent(one.getKey(), key -> {
                    String[] column = new String[experiments.size()];
                    java.util.Arrays.fill(column, first);
                    return column;
                });
                values[i] = one.getValue().get(1);
            }
        }
        all.forEach((key, values) -> differing.put(key, List.of(values)));
    }

    /** The runs, in their order. */
    public List<StoredRun> runs() {
        return runs;
    }

    /** Value of each run, of the keys in which they differ; keys of run.json begin with {@code run/}. */
    public Map<String, List<String>> differing() {
        return Collections.unmodifiableMap(differing);
    }

    /** Value of each run, null where it has none. */
    public Map<String, List<Object>> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Whether the difference is within what seeds do. */
    public SeedSpread spread() {
        return spread;
    }

    /** What must be said first: that the runs did not see the same data; empty when they did. */
    public String warning() {
        return differing.containsKey("run/data_sha256")
                ? "The runs did not see the same data (data_sha256 differs): their metrics cannot be compared."
                : "";
    }

    /** As an object of JSON (journeys.md 4). */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.compare/1");
        tree.put("runs", runs.stream().map(Comparison::identity).toList());
        tree.put("differing", differing);
        tree.put("metrics", metrics);
        tree.put("within_seed_spread", spread.within().orElse(null));
        tree.put("metric", spread.metric());
        tree.put("spread", spread.words());
        tree.put("groups", spread.json());
        return tree;
    }

    private static Map<String, Object> identity(StoredRun run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", run.record().get("run_id"));
        tree.put("folder", run.folderName());
        tree.put("state", run.status().state().text());
        tree.put("target", run.record().get("target"));
        return tree;
    }

    /** A row a run: identity, differing keys, metrics (formats.md 11.4). */
    public String csv() {
        List<String> header = new ArrayList<>(List.of("run_id", "folder", "state", "target"));
        header.addAll(differing.keySet());
        header.addAll(metrics.keySet());
        StringBuilder csv = new StringBuilder(CsvRow.of(header)).append('\n');
        IntStream.range(0, runs.size()).forEach(i -> {
            StoredRun run = runs.get(i);
            List<String> row = new ArrayList<>(List.of(
                    run.record().text("run_id"),
                    run.folderName(),
                    run.status().state().text(),
                    run.record().text("target")));
            differing.values().forEach(values -> row.add(values.get(i).equals(ABSENT) ? "" : values.get(i)));
            metrics.values().forEach(values -> row.add(values.get(i) == null ? "" : StoredRun.text(values.get(i))));
            csv.append(CsvRow.of(row)).append('\n');
        });
        return csv.toString();
    }
}
