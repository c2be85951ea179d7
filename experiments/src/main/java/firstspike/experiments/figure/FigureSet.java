package firstspike.experiments.figure;

import firstspike.experiments.plot.FigureSize;
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
            figure(name, data).ifPresent(figure -> figure.save(folder, name, footer));
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
        Optional<Figure> figure = figure(name, data);
        figure.ifPresent(drawn -> drawn.write(file, footer, size));
        return figure.isPresent();
    }

    /** Whether a picture can be written to a file of this name. */
    public static boolean isPicture(Path file) {
        return file.toString().endsWith(".svg") || file.toString().endsWith(".png");
    }

    private static Optional<Figure> figure(String name, Measured data) {
        RunPictures pictures = new RunPictures(data);
        return switch (name) {
            case "loss_accuracy" ->
                Optional.of(new Figure(pictures.learning(), 1, LearningSeries.csv(LearningSeries.of(data.metrics()))));
            case "decision_map" -> data.plane().map(plane -> new Figure(pictures.plane(), 2, plane.csv()));
            case "confusion_test" -> data.confusion().map(counts -> new Figure(pictures.confusion(), 1, counts.csv()));
            case "output_times" -> data.outputs().map(times -> new Figure(pictures.outputs(), 1, times.csv()));
            case "raster" -> data.raster().map(raster -> new Figure(pictures.raster(), 1, raster.csv()));
            case "weights" -> Optional.of(new Figure(pictures.weights(), 2, WeightMatrix.csv(data.weights())));
            case "health" ->
                Optional.of(new Figure(pictures.health(), 1, HealthSeries.csv(HealthSeries.of(data.metrics()))));
            case "chip" -> data.chip().map(plan -> new Figure(pictures.chip(), 1, ChipTable.csv(plan)));
            default -> throw new IllegalArgumentException("figure: " + name + " (limit: " + NAMES + "); choose one");
        };
    }
}
