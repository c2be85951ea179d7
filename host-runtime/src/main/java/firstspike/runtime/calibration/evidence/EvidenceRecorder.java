package firstspike.runtime.calibration.evidence;

import firstspike.runtime.calibration.quantity.Quantity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects {@link Evidence}: the steps of the first search of each quantity, and a few traces of each, so that what is kept
 * stays small. Mutable; one owner thread.
 */
public final class EvidenceRecorder {

    private static final int MOST_TRACES = 4;
    private static final int MOST_STEPS = 64;
    private static final int MOST_SAMPLES = 1000;

    private final Map<Quantity, double[]> before = new EnumMap<>(Quantity.class);
    private final Map<Quantity, List<int[]>> codes = new LinkedHashMap<>();
    private final Map<Quantity, List<double[]>> results = new EnumMap<>(Quantity.class);
    private final Map<Quantity, Integer> traced = new EnumMap<>(Quantity.class);
    private final List<TraceFit> traces = new ArrayList<>();
    private final List<TraceFit> kept = new ArrayList<>();
    private final Set<Quantity> closed = EnumSet.noneOf(Quantity.class);

    /**
     * Keeps what was measured before the calibration.
     *
     * @param quantity that was measured
     * @param values of each neuron
     */
    public void before(Quantity quantity, double[] values) {
        before.put(quantity, values.clone());
    }

    /**
     * Keeps one step of a search.
     *
     * @param quantity that is searched for
     * @param code of each neuron
     * @param result of each neuron
     */
    public void step(Quantity quantity, int[] code, double[] result) {
        List<int[]> steps = codes.computeIfAbsent(quantity, any -> new ArrayList<>());
        if (!closed.contains(quantity) && steps.size() < MOST_STEPS) {
            steps.add(code.clone());
            results.computeIfAbsent(quantity, any -> new ArrayList<>()).add(result.clone());
        }
    }

    /** The search of a quantity ended: later ones, which stay near their codes, are not kept. */
    public void end(Quantity quantity) {
        closed.add(quantity);
    }

    /**
     * Keeps a trace; only the first few of each quantity, thinned to at most 1000 samples.
     *
     * @param trace and what was fitted to it
     */
    public void trace(TraceFit trace) {
        if (traced.merge(trace.quantity(), 1, Integer::sum) <= MOST_TRACES) {
            traces.add(thinned(trace));
        }
    }

    /**
     * Keeps a trace for whoever wants to look at all of them, thinned to at most 1000 samples.
     *
     * @param trace and what was fitted to it
     */
    public void keep(TraceFit trace) {
        kept.add(thinned(trace));
    }

    private static TraceFit thinned(TraceFit trace) {
        int every = (trace.value().length + MOST_SAMPLES - 1) / MOST_SAMPLES;
        return every <= 1
                ? trace
                : new TraceFit(
                        trace.quantity(),
                        trace.neuron(),
                        thinned(trace.timeUs(), every),
                        thinned(trace.value(), every),
                        thinned(trace.fitted(), every),
                        trace.result());
    }

    private static double[] thinned(double[] values, int every) {
        double[] kept = new double[(values.length + every - 1) / every];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[i * every];
        }
        return kept;
    }

    /** What was collected so far. */
    public Evidence evidence() {
        List<TransferCurve> curves = new ArrayList<>();
        codes.forEach((quantity, steps) -> curves.add(new TransferCurve(quantity, steps, results.get(quantity))));
        return new Evidence(before, curves, traces, kept);
    }
}
