package firstspike.experiments.figure;

import firstspike.runtime.exchange.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Draws the figures of a run into a folder (formats.md 3.2). */
public final class FigureSet {

    /** All that can be drawn, in the order in which a reader looks at them. */
    public static final List<String> NAMES = List.of(
            "loss_accuracy", "decision_map", "confusion_test", "output_times", "raster", "weights", "health", "chip");

    private final Path folder;
    private final String footer;

    /**
     * @param folder that takes the files
     * @param footer run id, target and fidelity
     */
    public FigureSet(Path folder, String footer) {
        this.folder = folder;
        this.footer = footer;
    }

    /**
     * Draws; a figure that has nothing to show on this data or target is left out.
     *
     * @param names of the figures
     * @param data that they show
     */
    public void write(List<String> names, Measured data) {
        for (String name : names) {
            figure(name, data, footer).ifPresent(figure -> save(name, figure));
        }
    }

    /**
     * Draws one figure into one file.
     *
     * @param name of the figure
     * @param data that it shows
     * @param footer run id, target and fidelity
     * @param size of the picture, as drawn when empty
     * @param file whose name ends in .svg or .png
     * @return whether there was something to draw
     */
    public static boolean write(String name, Measured data, String footer, Optional<FigureSize> size, Path file) {
        Optional<Figure> figure = figure(name, data, footer);
        figure.ifPresent(drawn -> drawn.write(file, size));
        return figure.isPresent();
    }

    private static Optional<Figure> figure(String name, Measured data, String footer) {
        return switch (name) {
            case "loss_accuracy" -> Optional.of(LearningCurves.draw(data.metrics(), footer));
            case "decision_map" -> data.plane().map(map -> DecisionMap.draw(map, footer));
            case "confusion_test" -> data.confusion().map(counts -> ConfusionMatrix.draw(counts, footer));
            case "output_times" -> data.outputs().map(times -> TimeHistograms.draw(times, footer));
            case "raster" -> data.raster().map(raster -> SpikeRaster.draw(raster, footer));
            case "weights" -> Optional.of(WeightHistograms.draw(data.weights(), footer));
            case "health" -> Optional.of(HealthCurves.draw(HealthSeries.of(data.metrics()), footer));
            case "chip" -> data.chip().map(plan -> ChipPicture.draw(plan, footer));
            default -> throw new IllegalArgumentException("figure: " + name + " (limit: " + NAMES + "); choose one");
        };
    }

    private void save(String name, Figure figure) {
        save(folder, name, figure, footer);
    }

    static void save(Path folder, String name, Figure figure, String footer) {
        AtomicFile.replace(folder.resolve(name + ".png"), figure.png());
        AtomicFile.replace(folder.resolve(name + ".svg"), figure.svg().getBytes(StandardCharsets.UTF_8));
        String csv = "# " + footer + "\n" + figure.csv();
        AtomicFile.replace(folder.resolve(name + ".csv"), csv.getBytes(StandardCharsets.UTF_8));
    }
}
