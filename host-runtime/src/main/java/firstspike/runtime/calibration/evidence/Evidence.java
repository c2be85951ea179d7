package firstspike.runtime.calibration.evidence;

import firstspike.runtime.calibration.quantity.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a calibration saw on its way, for pictures: values before it, transfer curves, traces with their fits. No code depends
 * on it, and a result without it is whole. Immutable; made with {@link EvidenceRecorder}.
 */
public final class Evidence {

    private static final Evidence NONE = new Evidence(Map.of(), List.of(), List.of(), List.of());

    private final Map<Quantity, double[]> before;
    private final List<TransferCurve> curves;
    private final List<TraceFit> traces;
    private final List<TraceFit> kept;

    Evidence(Map<Quantity, double[]> before, List<TransferCurve> curves, List<TraceFit> traces, List<TraceFit> kept) {
        Map<Quantity, double[]> copy = new EnumMap<>(Quantity.class);
        before.forEach((quantity, values) -> copy.put(quantity, values.clone()));
        this.before = Collections.unmodifiableMap(copy);
        this.curves = List.copyOf(curves);
        this.traces = List.copyOf(traces);
        this.kept = List.copyOf(kept);
    }

    /** Nothing was seen. */
    public static Evidence none() {
        return NONE;
    }

    /** By quantity: the value of each neuron with all codes at their median (calibration.md 7); NaN: not measurable. */
    public Map<Quantity, double[]> before() {
        Map<Quantity, double[]> copy = new EnumMap<>(Quantity.class);
        before.forEach((quantity, values) -> copy.put(quantity, values.clone()));
        return copy;
    }

    /** What codes gave, step by step of the searches; in the order of the first step of each quantity. */
    public List<TransferCurve> curves() {
        return new ArrayList<>(curves);
    }

    /** Some traces of the MADC and what was fitted to them. */
    public List<TraceFit> traces() {
        return new ArrayList<>(traces);
    }

    /** Traces of all neurons, where they were asked for: one a neuron and quantity at most. */
    public List<TraceFit> kept() {
        return new ArrayList<>(kept);
    }
}
