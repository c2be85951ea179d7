package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.mapping.ChipPlan;
import java.util.List;
import java.util.Optional;

/**
 * What the figures of a run are drawn from.
 *
 * @param metrics lines of metrics.jsonl
 * @param plane for the decision map; without it there is none
 * @param outputs for the histograms
 * @param raster of one sample
 * @param chip where the network lies; without it there is no picture of a chip
 */
public record Measured(
        List<JsonNode> metrics, Optional<Plane> plane, OutputTimes outputs, Raster raster, Optional<ChipPlan> chip) {

    /** Copies the lines. */
    public Measured {
        metrics = List.copyOf(metrics);
    }
}
