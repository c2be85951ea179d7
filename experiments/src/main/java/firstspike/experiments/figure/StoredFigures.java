package firstspike.experiments.figure;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.mapping.ChipPlan;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.training.CheckpointFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the figures of a run show out of its folder: metrics, the newest checkpoint, and the numbers that lie beside the
 * figures. Nothing is measured again.
 */
public final class StoredFigures {

    private static final int MOST_CLASSES = 1023;
    private static final int MOST_NEURONS = 1 << 20;
    private static final int LARGEST_SIDE = 1024;
    /** Side of the plane in files that do not say it. */
    private static final int SIDE_BEFORE = 81;

    private static final Pattern SIDE = Pattern.compile("side ([0-9]{1,4})");
    private static final Pattern BINS = Pattern.compile("bins from (-?[0-9.eE-]{1,30}), width ([0-9.eE-]{1,30})");
    private static final Pattern LAYERS = Pattern.compile("layers ([^\\n]{0,4096})");
    private static final Pattern SAMPLE =
            Pattern.compile("class (-?[0-9]{1,4}), answer (-?[0-9]{1,4}), ([a-z0-9 ]{1,80})");

    private final Path run;

    /** @param run its folder */
    public StoredFigures(Path run) {
        this.run = run;
    }

    /**
     * All that is there.
     *
     * @throws FormatException for a file that is not as it was written
     */
    public Measured read() {
        return new Measured(
                new MetricsLog(run.resolve("metrics.jsonl")).read().lines(),
                table("decision_map").map(StoredFigures::plane),
                table("output_times").map(StoredFigures::times),
                raster(),
                table("confusion_test").map(StoredFigures::confusion),
                weights(),
                table("chip").map(StoredFigures::chip));
    }

    /** The raster alone, which changes while a run goes on. */
    public Optional<Raster> raster() {
        return table("raster").map(StoredFigures::raster);
    }

    private List<WeightMatrix> weights() {
        Path checkpoints = run.resolve("checkpoints");
        return Files.isDirectory(checkpoints)
                ? new CheckpointFolder(checkpoints)
                        .latest()
                        .map(WeightMatrix::of)
                        .orElse(List.of())
                : List.of();
    }

    private Optional<CsvTable> table(String name) {
        Path file = run.resolve("figures").resolve(name + ".csv");
        return Files.isRegularFile(file) ? Optional.of(CsvTable.read(file)) : Optional.empty();
    }

    private static Optional<Matcher> comment(CsvTable table, Pattern pattern) {
        return table.comments().stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .findFirst();
    }

    private static Plane plane(CsvTable table) {
        int side = comment(table, SIDE)
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(number -> number > 0 && number <= LARGEST_SIDE)
                .orElse(SIDE_BEFORE);
        int neurons = 0;
        while (table.has("t" + neurons)) {
            neurons++;
        }
        int[] predicted = new int[side * side];
        Arrays.fill(predicted, Plane.OUTSIDE);
        double[][] times = new double[neurons][side * side];
        for (double[] neuron : times) {
            Arrays.fill(neuron, Double.NaN);
        }
        List<Integer> samples = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            if (table.text(row, "kind").equals("test")) {
                samples.add(row);
                continue;
            }
            int x = (int) Math.floor(table.number(row, "x") * side);
            int y = (int) Math.floor(table.number(row, "y") * side);
            if (x < 0 || x >= side || y < 0 || y >= side) {
                throw table.malformed("row " + (row + 1) + " outside of the plane");
            }
            predicted[y * side + x] = table.whole(row, "predicted", -1, MOST_CLASSES);
            for (int j = 0; j < neurons; j++) {
                times[j][y * side + x] = table.number(row, "t" + j);
            }
        }
        double[] x = samples.stream().mapToDouble(row -> table.number(row, "x")).toArray();
        double[] y = samples.stream().mapToDouble(row -> table.number(row, "y")).toArray();
        int[] labels = samples.stream()
                .mapToInt(row -> table.whole(row, "label", 0, MOST_CLASSES))
                .toArray();
        int[] answers = samples.stream()
                .mapToInt(row -> table.whole(row, "predicted", -1, MOST_CLASSES))
                .toArray();
        return new Plane(side, predicted, times, x, y, labels, answers);
    }

    private static TimeCounts times(CsvTable table) {
        int neurons = 0;
        for (int row = 0; row < table.size(); row++) {
            neurons = Math.max(neurons, 1 + table.whole(row, "neuron", 0, MOST_CLASSES));
        }
        int[][][] counts = new int[neurons][2][TimeCounts.BINS];
        int[][] silent = new int[neurons][2];
        int[][] next = new int[neurons][2];
        for (int row = 0; row < table.size(); row++) {
            int neuron = table.whole(row, "neuron", 0, MOST_CLASSES);
            int group = TimeCounts.GROUPS.indexOf(table.text(row, "samples_of"));
            int count = table.whole(row, "count", 0, Integer.MAX_VALUE);
            double start = table.number(row, "from_tau");
            if (group < 0 || next[neuron][group] >= TimeCounts.BINS && Double.isFinite(start)) {
                throw table.malformed("row " + (row + 1) + " of no group or bin");
            }
            if (Double.isFinite(start)) {
                counts[neuron][group][next[neuron][group]++] = count;
            } else {
                silent[neuron][group] = count;
            }
        }
        double[] bins = bins(table);
        return new TimeCounts(bins[0], bins[1], counts, silent);
    }

    /** Beginning and width of the bins: as the comment has them; of older files by the rows of the first neuron. */
    private static double[] bins(CsvTable table) {
        Optional<Matcher> said = comment(table, BINS);
        if (said.isPresent()) {
            return new double[] {
                Double.parseDouble(said.get().group(1)),
                Double.parseDouble(said.get().group(2))
            };
        }
        double from = table.size() == 0 ? 0 : table.number(0, "from_tau");
        double to = table.size() < TimeCounts.BINS ? 1 : table.number(TimeCounts.BINS - 1, "to_tau");
        return new double[] {from, (to - from) / TimeCounts.BINS};
    }

    private static Raster raster(CsvTable table) {
        Map<String, List<Double>> populations = new LinkedHashMap<>();
        for (int row = 0; row < table.size(); row++) {
            List<Double> times = populations.computeIfAbsent(table.text(row, "population"), name -> new ArrayList<>());
            table.whole(row, "neuron", times.size(), times.size());
            times.add(table.number(row, "time_tau"));
        }
        List<double[]> times = populations.values().stream()
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
        Optional<Matcher> sample = comment(table, SAMPLE);
        return new Raster(
                sample.map(found -> found.group(3)).orElse("one sample"),
                List.copyOf(populations.keySet()),
                times,
                sample.map(found -> Integer.parseInt(found.group(1))).orElse(-1),
                sample.map(found -> Integer.parseInt(found.group(2))).orElse(-1));
    }

    private static Confusion confusion(CsvTable table) {
        int classes = 0;
        for (int row = 0; row < table.size(); row++) {
            classes = Math.max(classes, 1 + table.whole(row, "class", 0, MOST_CLASSES));
        }
        int[][] counts = new int[classes][classes + 1];
        for (int row = 0; row < table.size(); row++) {
            int answer =
                    table.text(row, "answer").equals("none") ? classes : table.whole(row, "answer", 0, classes - 1);
            counts[table.whole(row, "class", 0, MOST_CLASSES)][answer] =
                    table.whole(row, "count", 0, Integer.MAX_VALUE);
        }
        return new Confusion(counts);
    }

    private static ChipPlan chip(CsvTable table) {
        List<String> layers = new ArrayList<>(comment(table, LAYERS)
                .map(found -> List.of(found.group(1).split(" ")))
                .orElse(List.of()));
        List<ChipPlan.Circuit> circuits = new ArrayList<>();
        List<ChipPlan.Stretch> stretches = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String name = table.text(row, "layer");
            if (!layers.contains(name)) {
                layers.add(name);
            }
            int layer = layers.indexOf(name);
            int circuit = table.whole(row, "circuit", 0, MOST_NEURONS);
            String what = table.text(row, "what");
            if (table.text(row, "first_row_pair").isEmpty()) {
                circuits.add(new ChipPlan.Circuit(circuit, layer, what.equals("active")));
            } else {
                stretches.add(new ChipPlan.Stretch(
                        circuit,
                        table.whole(row, "first_row_pair", 0, ChipPlan.ROW_PAIRS - 1),
                        table.whole(row, "last_row_pair", 0, ChipPlan.ROW_PAIRS - 1),
                        layer,
                        what.equals("host")));
            }
        }
        try {
            return ChipPlan.of(layers, circuits, stretches);
        } catch (IndexOutOfBoundsException e) {
            throw table.malformed(e.getMessage());
        }
    }
}
