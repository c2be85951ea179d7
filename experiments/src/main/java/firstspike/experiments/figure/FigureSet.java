package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.exchange.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
     * Draws.
     *
     * @param names of the figures
     * @param metrics lines of metrics.jsonl
     * @param plane for the decision map; without it there is none
     * @param outputs for the histograms
     * @param raster of one sample
     */
    public void write(
            List<String> names, List<JsonNode> metrics, Optional<Plane> plane, OutputTimes outputs, Raster raster) {
        for (String name : names) {
            switch (name) {
                case "loss_accuracy" -> save(name, LearningCurves.draw(metrics, footer));
                case "decision_map" -> plane.ifPresent(map -> save(name, DecisionMap.draw(map, footer)));
                case "output_times" -> save(name, TimeHistograms.draw(outputs, footer));
                case "raster" -> save(name, SpikeRaster.draw(raster, footer));
                default ->
                    throw new IllegalArgumentException("figure: " + name
                            + " (limit: loss_accuracy, decision_map, output_times, raster); choose one");
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
