package firstspike.runtime.calibration.evidence;

import firstspike.runtime.calibration.quantity.Quantity;
import java.util.List;

/**
 * Codes of all neurons and what they gave, for each step of a search.
 *
 * @param quantity that was measured
 * @param codes by step, then neuron
 * @param results by step, then neuron, in the unit of the quantity; NaN: not measurable
 */
public record TransferCurve(Quantity quantity, List<int[]> codes, List<double[]> results) {

    /** Copies the lists; {@link IllegalArgumentException} unless both have one entry a step. */
    public TransferCurve {
        codes = List.copyOf(codes);
        results = List.copyOf(results);
        if (codes.size() != results.size()) {
            throw new IllegalArgumentException("transfer curve: " + codes.size() + " codes, " + results.size()
                    + " results (limit: one a step each)");
        }
    }
}
