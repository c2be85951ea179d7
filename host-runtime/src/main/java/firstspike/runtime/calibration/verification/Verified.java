package firstspike.runtime.calibration.verification;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.search.SearchFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an independent measurement found. Arrays are the reader's.
 *
 * @param reports one a quantity that was measured, in the order of the quantities
 * @param noiseLsb standard deviation of 60 readings at rest of each neuron
 * @param silent neurons that never fired though they were driven over their threshold
 * @param restless neurons that fired without input
 * @param functional checks of the chip as a whole; empty when they were left out
 */
public record Verified(
        List<QuantityReport> reports,
        double[] noiseLsb,
        boolean[] silent,
        boolean[] restless,
        Optional<FunctionalChecks> functional) {

    /** Readings of a neuron that differ by more than this are noisy, LSB. */
    public static final double NOISY = 2;

    /** Keeps a copy of the list. */
    public Verified {
        reports = List.copyOf(reports);
    }

    /** Whether every quantity has its share of neurons, and the chip its functions. */
    public boolean passed() {
        return reports.stream().allMatch(QuantityReport::passed)
                && functional.map(FunctionalChecks::passed).orElse(true);
    }

    /** Values by quantity, NaN where not measurable. */
    public Map<Quantity, double[]> achieved() {
        Map<Quantity, double[]> achieved = new EnumMap<>(Quantity.class);
        reports.forEach(report -> achieved.put(report.quantity(), report.values()));
        return achieved;
    }

    /**
     * @param quantity that was measured
     * @return its report
     */
    public Optional<QuantityReport> report(Quantity quantity) {
        return reports.stream().filter(report -> report.quantity() == quantity).findFirst();
    }

    /** The quantity that came nearest to the share that it needs, or missed it by most, as a sentence for people. */
    public String worst() {
        return reports.stream()
                .min(Comparator.comparingDouble(QuantityReport::margin))
                .map(QuantityReport::summary)
                .orElse("nothing was measured");
    }

    /**
     * What is wrong with neurons (calibration.md 6).
     *
     * @param searches how the searches of quantities ended, null entries where well; quantities may be missing
     * @return ascending by neuron, without repetition
     */
    public List<BadNeuron> bad(Map<Quantity, SearchFailure[]> searches) {
        Set<BadNeuron> bad = new LinkedHashSet<>();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            for (QuantityReport report : reports) {
                reason(report, searches.get(report.quantity()), n).ifPresent(bad::add);
            }
            if (noiseLsb[n] > NOISY) {
                bad.add(new BadNeuron(n, Quantity.LEAK, BadReason.NOISY));
            }
            if (silent[n]) {
                bad.add(new BadNeuron(n, BadNeuron.SPIKES, BadReason.SILENT));
            }
            if (restless[n]) {
                bad.add(new BadNeuron(n, BadNeuron.SPIKES, BadReason.ALWAYS_SPIKING));
            }
        }
        return new ArrayList<>(bad);
    }

    /** What a search could not settle but was measured within its tolerance is not bad: the later measurement decides. */
    private static Optional<BadNeuron> reason(QuantityReport report, SearchFailure[] ends, int n) {
        if (report.accepted()[n]) {
            return Optional.empty();
        }
        BadReason reason;
        if (Double.isNaN(report.values()[n])) {
            reason = BadReason.NOT_MEASURABLE;
        } else {
            boolean reached = ends != null && ends[n] == SearchFailure.RANGE_REACHED;
            reason = reached ? BadReason.RANGE_REACHED : BadReason.OUT_OF_TOLERANCE;
        }
        return Optional.of(new BadNeuron(n, report.quantity(), reason));
    }
}
