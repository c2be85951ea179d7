package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Picture;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pictures of a run. */
public final class RunPictures {

    private static final String TIME = "time [tau]";

    private final Measured measured;

    /** @param measured what they show */
    public RunPictures(Measured measured) {
        this.measured = measured;
    }

    /** Loss and error over epochs. */
    public List<Plot> learning() {
        List<LearningSeries> splits = LearningSeries.of(measured.metrics());
        return List.of(
                curves("Loss", "loss", splits, LearningSeries::loss),
                curves("Error", "1 - accuracy", splits, LearningSeries::errors));
    }

    private Plot curves(
            String title, String label, List<LearningSeries> splits, Function<LearningSeries, double[]> values) {
        double[] epochs = epochs();
        double[] validation = values.apply(splits.get(1));
        String words = epochs.length == 0
                ? "No data: no epoch has ended yet"
                : String.format(
                        Locale.ROOT,
                        "%s over epochs 0 to %.0f, logarithmic; validation from %s to %s",
                        title,
                        epochs[epochs.length - 1],
                        firstOf(validation),
                        lastOf(validation));
        List<Mark> marks = new ArrayList<>();
        for (int s = 0; s < splits.size(); s++) {
            LearningSeries split = splits.get(s);
            marks.add(new Mark.Line(split.split(), s, s > 0, Mark.Sign.of(s), split.epochs(), values.apply(split)));
        }
        return new Plot(
                title,
                words,
                epochAxis(epochs),
                Axis.decades(label, splits.stream().map(values).toArray(double[][]::new)),
                marks);
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
        return Axis.whole("epoch", 0, Math.max(1, epochs.length == 0 ? 1 : epochs[epochs.length - 1]));
    }

    /** The Yin-Yang plane by class, and by the spike time of each label neuron. */
    public List<Picture> plane() {
        return measured.plane().map(plane -> new PlanePictures(plane).all()).orElse(List.of());
    }

    /** How often a sample of each class got each answer. */
    public List<Plot> confusion() {
        return measured.confusion()
                .map(counts -> List.of(ConfusionPicture.of(counts)))
                .orElse(List.of());
    }

    /** First spike times of each label neuron. */
    public List<Panels> outputs() {
        return measured.outputs().map(times -> List.of(TimePictures.of(times))).orElse(List.of());
    }

    /** All first spikes of one sample, populations above each other. */
    public List<Panels> raster() {
        return measured.raster().map(raster -> List.of(raster(raster))).orElse(List.of());
    }

    private static Panels raster(Raster raster) {
        List<SpikePanels.Population> populations = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (int p = 0; p < raster.populations().size(); p++) {
            String name = raster.populations().get(p);
            double[] times = raster.times().get(p);
            double[] indices = IntStream.range(0, times.length).asDoubleStream().toArray();
            populations.add(new SpikePanels.Population(name, times.length, times, indices));
            parts.add(Arrays.stream(times).filter(Double::isFinite).count() + " of " + times.length + " " + name);
        }
        if (populations.isEmpty()) {
            return SpikePanels.of("Spikes of one sample", "No data: there was no sample", TIME, populations);
        }
        String title = "First spikes of " + raster.sample() + ", class " + raster.label() + ", answer "
                + (raster.answer() < 0 ? "none" : raster.answer());
        return SpikePanels.of(title, title + "; neurons that spiked: " + String.join(", ", parts), TIME, populations);
    }

    /** Histogram and matrix of the weights of each layer. */
    public List<Picture> weights() {
        return measured.weights().isEmpty()
                ? List.of(WeightPictures.none())
                : measured.weights().stream()
                        .flatMap(layer ->
                                Stream.<Picture>of(WeightPictures.histogram(layer), WeightPictures.matrix(layer)))
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
                health("Shares", shares, new Axis("share", 0, most(shares))),
                health(
                        "Counts an epoch",
                        counts,
                        Axis.decades(
                                "count an epoch",
                                counts.stream().map(HealthSeries::values).toArray(double[][]::new))));
    }

    /** Small shares are to be seen, too. */
    private static double most(List<HealthSeries> shares) {
        double most = shares.stream()
                .flatMapToDouble(series -> Arrays.stream(series.values()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return most > 0 ? Math.min(1, 1.05 * most) : 1;
    }

    private Plot health(String title, List<HealthSeries> shown, Axis up) {
        List<Mark> marks = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (int s = 0; s < shown.size(); s++) {
            HealthSeries series = shown.get(s);
            marks.add(new Mark.Line(series.key(), s, s % 2 == 1, Mark.Sign.of(s), series.epochs(), series.values()));
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
