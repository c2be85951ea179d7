package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.mapping.ChipPlan;
import java.util.List;
import java.util.Optional;

/**
 * What the figures of a run are drawn from. What is empty was not measured, or does not exist on this target.
 *
 * @param metrics lines of metrics.jsonl
 * @param plane for the decision map
 * @param outputs for the histograms of spike times
 * @param raster of one sample
 * @param confusion of the test samples
 * @param weights of each layer; none before the first checkpoint
 * @param chip where the network lies
 */
public record Measured(
        List<JsonNode> metrics,
        Optional<Plane> plane,
        Optional<TimeCounts> outputs,
        Optional<Raster> raster,
        Optional<Confusion> confusion,
        List<WeightMatrix> weights,
        Optional<ChipPlan> chip) {

    /** Copies the lists. */
    public Measured {
        metrics = List.copyOf(metrics);
        weights = List.copyOf(weights);
    }

    /**
     * A network on a chip, before anything was measured.
     *
     * @param plan where it lies
     * @return nothing else
     */
    public static Measured of(ChipPlan plan) {
        return new Measured(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(plan));
    }
}
