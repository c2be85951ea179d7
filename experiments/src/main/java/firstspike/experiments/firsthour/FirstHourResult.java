package firstspike.experiments.firsthour;

import firstspike.experiments.plot.Plot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one experiment measured.
 *
 * @param numbers by name with their unit, in their order; NaN: not measured
 * @param plots its pictures
 * @param csv header line and rows of what the pictures show
 */
public record FirstHourResult(Map<String, Double> numbers, List<Plot> plots, String csv) {

    /** Copies both collections. */
    public FirstHourResult {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        plots = List.copyOf(plots);
    }
}
