package firstspike.runtime.calibration.verification;

import firstspike.runtime.calibration.quantity.Quantity;
import java.util.List;
import java.util.Locale;

/**
 * What a drift check found. Arrays are the reader's.
 *
 * @param neurons that were looked at
 * @param findings one a quantity
 */
public record DriftReport(int[] neurons, List<Finding> findings) {

    /** Keeps a copy of the list. */
    public DriftReport {
        findings = List.copyOf(findings);
    }

    /** Whether anything has drifted. */
    public boolean drifted() {
        return findings.stream().anyMatch(Finding::drifted);
    }

    /** One line for people. */
    public String summary() {
        StringBuilder text = new StringBuilder(drifted() ? "drifted" : "no drift");
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT,
                    "; %s: median shift %+.2f %s, %d of %d out of tolerance",
                    finding.quantity().key(),
                    finding.shift(),
                    finding.relative() ? "%" : finding.quantity().unit(),
                    finding.outOfTolerance().length,
                    neurons.length));
        }
        return text.toString();
    }

    /**
     * One quantity. Arrays are the reader's.
     *
     * @param quantity that was measured
     * @param values of the neurons in their order, NaN where not measurable
     * @param shift median of the differences to the stored values, in the unit of the quantity or per cent
     * @param relative whether the shift is in per cent
     * @param outOfTolerance numbers of neurons that are not accepted any more
     * @param drifted whether the shift, or the number of these neurons, is too large
     */
    public record Finding(
            Quantity quantity,
            double[] values,
            double shift,
            boolean relative,
            int[] outOfTolerance,
            boolean drifted) {}
}
