package firstspike.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.experiments.figure.HealthSeries;
import firstspike.experiments.figure.Measured;
import firstspike.experiments.figure.Raster;
import firstspike.experiments.figure.TimeCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The pictures of a run. */
public final class RunPictures {

    private static final double SMALLEST_ERROR = 1e-4;
    private static final int FEW = 12;
    private static final int GREY = 5;

    private final Measured measured;

    /** @param measured what they show */
    public RunPictures(Measured measured) {
        this.measured = measured;
    }

    /** Loss and error over epochs. */
    public List<Plot> learning() {
        double[] epochs = epochs();
        double[] trainLoss = series("train", "loss");
        double[] validationLoss = series("validation", "loss");
        double[] trainError = errors(series("train", "accuracy"));
        double[] validationError = errors(series("validation", "accuracy"));
        return List.of(
                curves("Loss", "loss", epochs, trainLoss, validationLoss, "loss"),
                curves("Error", "1 - accuracy", epochs, trainError, validationError, "error"));
    }

    private static Plot curves(
            String title, String label, double[] epochs, double[] train, double[] validation, String what) {
        String words = epochs.length == 0
                ? "No data: no epoch has ended yet"
                : String.format(
                        Locale.ROOT,
                        "%s over epochs 0 to %.0f, logarithmic; validation from %s to %s",
                        title,
                        epochs[epochs.length - 1],
                        firstOf(validation),
                        lastOf(validation));
        return new Plot(
                title,
                words,
                epochAxis(epochs),
                Axis.decades(label, train, validation),
                List.of(
                        new Mark.Line("train " + what, 0, false, epochs, train),
                        new Mark.Line("validation " + what, 1, true, epochs, validation)));
    }

    private static String firstOf(double[] values) {
        return shown(Arrays.stream(values).filter(Double::isFinite).findFirst().orElse(Double.NaN));
    }

    private static String lastOf(double[] values) {
        return shown(Arrays.stream(values)
                .filter(Double::isFinite)
                .reduce((a, b) -> b)
                .orElse(Double.NaN));
    }

    static String shown(double value) {
        return Double.isNaN(value) ? "nothing" : String.format(Locale.ROOT, "%.3g", value);
    }

    private double[] epochs() {
        return measured.metrics().stream()
                .mapToDouble(line -> line.path("epoch").asInt())
                .toArray();
    }

    private static Axis epochAxis(double[] epochs) {
        return new Axis("epoch", 0, Math.max(1, epochs.length == 0 ? 1 : epochs[epochs.length - 1]));
    }

    private double[] series(String split, String metric) {
        return measured.metrics().stream()
                .mapToDouble(line -> {
                    JsonNode value = line.path("split").path(split).path(metric);
                    return value.isNumber() ? value.asDouble() : Double.NaN;
                })
                .toArray();
    }

    /** A logarithmic axis has no place for no error at all. */
    private static double[] errors(double[] accuracies) {
        return Arrays.stream(accuracies)
                .map(accuracy -> Double.isNaN(accuracy) ? accuracy : Math.max(SMALLEST_ERROR, 1 - accuracy))
                .toArray();
    }

    /** The Yin-Yang plane by class, and by the spike time of each label neuron. */
    public List<Plot> plane() {
        return measured.plane().map(plane -> new PlanePictures(plane).all()).orElse(List.of());
    }

    /** First spike times of each label neuron. */
    public List<Plot> outputs() {
        List<Plot> plots = new ArrayList<>();
        measured.outputs().ifPresent(times -> {
            for (int neuron = 0; neuron < times.neurons(); neuron++) {
                plots.add(outputs(times, neuron));
            }
        });
        return plots;
    }

    private static Plot outputs(TimeCounts times, int neuron) {
        double[] edges = new double[TimeCounts.BINS + 1];
        Arrays.setAll(edges, times::start);
        double[] others =
                Arrays.stream(times.counts()[neuron][0]).asDoubleStream().toArray();
        double[] own = Arrays.stream(times.counts()[neuron][1]).asDoubleStream().toArray();
        int[] silent = times.silent()[neuron];
        String words = times.isEmpty()
                ? "No data: there were no test samples"
                : String.format(
                        Locale.ROOT,
                        "First spike times of label neuron %d: %.0f samples of its own class (%d more without a spike), "
                                + "%.0f of others (%d without)",
                        neuron,
                        Arrays.stream(own).sum(),
                        silent[1],
                        Arrays.stream(others).sum(),
                        silent[0]);
        return new Plot(
                "Label neuron " + neuron,
                words,
                new Axis("first spike time [tau]", edges[0], edges[TimeCounts.BINS]),
                new Axis("samples", 0, 1.08 * Histogram.most(List.of(others, own))),
                List.of(
                        new Mark.Bars("samples of other classes", GREY, edges, others),
                        new Mark.Bars("of its own class", 0, edges, own)));
    }

    /** All first spikes of one sample, populations above each other. */
    public List<Plot> raster() {
        return measured.raster().map(raster -> List.of(raster(raster))).orElse(List.of());
    }

    private static Plot raster(Raster raster) {
        List<Mark> marks = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        int offset = 0;
        for (int p = 0; p < raster.populations().size(); p++) {
            double[] times = raster.times().get(p);
            double[] y = new double[times.length];
            for (int n = 0; n < y.length; n++) {
                y[n] = offset + n;
            }
            if (p > 0) {
                marks.add(new Mark.Rule("", GREY, false, offset - 0.5));
            }
            long spikes = Arrays.stream(times).filter(Double::isFinite).count();
            parts.add(
                    spikes + " of " + times.length + " " + raster.populations().get(p));
            marks.add(new Mark.Dots(raster.populations().get(p), p, times.length <= FEW ? 3.5 : 2, times, y));
            offset += times.length;
        }
        String words = raster.populations().isEmpty()
                ? "No data: there was no sample"
                : "First spikes of " + raster.sample() + ", class " + raster.label() + ", answer "
                        + (raster.answer() < 0 ? "none" : raster.answer()) + "; neurons that spiked: "
                        + String.join(", ", parts);
        return new Plot(
                "Raster",
                words,
                Axis.around("time [tau]", raster.times().toArray(double[][]::new)),
                new Axis("neuron, input at the bottom", -1, Math.max(1, offset)),
                marks,
                Plot.SQUARE);
    }

    /** Histogram and matrix of the weights of each layer. */
    public List<Plot> weights() {
        return measured.weights().stream()
                .flatMap(layer -> Stream.of(WeightPictures.histogram(layer), WeightPictures.matrix(layer)))
                .toList();
    }

    /** Both halves of the chip. */
    public List<Plot> chip() {
        return measured.chip().map(plan -> new PlanPictures(plan).halves()).orElse(List.of());
    }

    /** Layer, neurons, circuits, row pairs, and how many of them hear the host. */
    public List<List<String>> placement() {
        return measured.chip().map(plan -> new PlanPictures(plan).table()).orElse(List.of());
    }

    /** Health counters over epochs: shares, and counts. */
    public List<Plot> health() {
        List<HealthSeries> all = HealthSeries.of(measured.metrics());
        List<HealthSeries> shares =
                all.stream().filter(HealthSeries::isFraction).toList();
        List<HealthSeries> counts =
                all.stream().filter(series -> !series.isFraction()).toList();
        return List.of(
                health("Shares", shares, new Axis("share", 0, 1)),
                health(
                        "Counts an epoch",
                        counts,
                        Axis.decades(
                                "count an epoch",
                                counts.stream().map(HealthSeries::values).toArray(double[][]::new))));
    }

    private Plot health(String title, List<HealthSeries> shown, Axis up) {
        List<Mark> marks = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (int s = 0; s < shown.size(); s++) {
            HealthSeries series = shown.get(s);
            marks.add(new Mark.Line(series.key(), s, s % 2 == 1, series.epochs(), series.values()));
            last.add(series.key() + " " + lastOf(series.values()));
        }
        return new Plot(
                title,
                shown.isEmpty()
                        ? "No data: none of these counters was ever above 0"
                        : "Last: " + String.join(", ", last),
                epochAxis(epochs()),
                up,
                marks);
    }
}
