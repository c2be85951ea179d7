package firstspike.experiments.figure;

import firstspike.runtime.exchange.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Draws the figures of a run into a folder. */
public final class FigureSet {

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
            switch (name) {
                case "loss_accuracy" -> save(name, LearningCurves.draw(data.metrics(), footer));
                case "decision_map" -> data.plane().ifPresent(map -> save(name, DecisionMap.draw(map, footer)));
                case "output_times" -> save(name, TimeHistograms.draw(data.outputs(), footer));
                case "raster" -> save(name, SpikeRaster.draw(data.raster(), footer));
                case "chip" -> data.chip().ifPresent(plan -> save(name, ChipPicture.draw(plan, footer)));
                default ->
                    throw new IllegalArgumentException("figure: " + name
                            + " (limit: loss_accuracy, decision_map, output_times, raster, chip); choose one");
            }
        }
    }

    private void save(String name, Figure figure) {
        AtomicFile.replace(folder.resolve(name + ".png"), figure.png());
        AtomicFile.replace(folder.resolve(name + ".svg"), figure.svg().getBytes(StandardCharsets.UTF_8));
        String csv = "# " + footer + "\n" + figure.csv();
        AtomicFile.replace(folder.resolve(name + ".csv"), csv.getBytes(StandardCharsets.UTF_8));
    }
}
