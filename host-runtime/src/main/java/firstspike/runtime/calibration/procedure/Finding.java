package firstspike.runtime.calibration.procedure;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.SearchFailure;
import java.util.List;
import java.util.Optional;

/**
 * What a procedure found. Arrays belong to the reader; they have 512 entries for a quantity of neurons.
 *
 * @param quantity that was brought to its target; empty for quadrants and converters
 * @param targets one an instance
 * @param results last measured at the codes that were found; NaN: not measurable
 * @param failures one an instance, null where there is none
 * @param steps measurements of the searches
 * @param warnings for the user, one sentence each
 */
public record Finding(
        Optional<Quantity> quantity,
        double[] targets,
        double[] results,
        SearchFailure[] failures,
        int steps,
        List<String> warnings) {

    /** Keeps a copy of the list. */
    public Finding {
        warnings = List.copyOf(warnings);
    }
}
