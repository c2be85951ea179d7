package firstspike.runtime.calibration.store;

import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@code traces.npz} beside a result: for each quantity that is fitted to traces {@code <key>/neuron} {@code <i4} (n,),
 * {@code /time_us} {@code <f8} (samples,) from the first sample, {@code /lsb} {@code <i2} (n, samples), -1 where a sample was
 * lost, {@code /fit_begin} {@code <i4} (n,), the first sample of the fit, -1 without one, and {@code /result} {@code <f8} (n,).
 * With at most 1000 samples a trace and 512 neurons it stays below 4 MB.
 */
public final class TraceFile {

    /** Its name. */
    public static final String NAME = "traces.npz";

    private static final short LOST = -1;

    private TraceFile() {}

    /**
     * @param traces one a neuron and quantity at most
     * @return the file
     */
    public static Attachment of(List<TraceFit> traces) {
        NpzBuilder file = new NpzBuilder();
        Map<Quantity, List<TraceFit>> groups = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            groups.put(
                    quantity,
                    traces.stream()
                            .filter(trace -> trace.quantity() == quantity)
                            .toList());
        }
        groups.forEach((quantity, group) -> {
            if (!group.isEmpty()) {
                add(file, quantity.key() + "/", group);
            }
        });
        return new Attachment(NAME, file.toBytes());
    }

    private static void add(NpzBuilder file, String prefix, List<TraceFit> group) {
        double[] time = new double[0];
        for (TraceFit trace : group) {
            time = trace.timeUs().length > time.length ? trace.timeUs() : time;
        }
        double[] fromFirst = new double[time.length];
        for (int k = 0; k < time.length; k++) {
            fromFirst[k] = time[k] - time[0];
        }
        int samples = time.length;
        short[] lsb = new short[group.size() * samples];
        Arrays.fill(lsb, LOST);
        for (int i = 0; i < group.size(); i++) {
            double[] value = group.get(i).value();
            for (int k = 0; k < value.length; k++) {
                lsb[i * samples + k] = Double.isNaN(value[k]) ? LOST : (short) Math.round(value[k]);
            }
        }
        file.add(
                        prefix + "neuron",
                        NpyArray.of(group.stream().mapToInt(TraceFit::neuron).toArray(), group.size()))
                .add(prefix + "time_us", NpyArray.of(fromFirst, samples))
                .add(prefix + "lsb", NpyArray.of(lsb, group.size(), samples))
                .add(
                        prefix + "fit_begin",
                        NpyArray.of(group.stream().mapToInt(TraceFile::begin).toArray(), group.size()))
                .add(
                        prefix + "result",
                        NpyArray.of(group.stream().mapToDouble(TraceFit::result).toArray(), group.size()));
    }

    private static int begin(TraceFit trace) {
        for (int k = 0; k < trace.fitted().length; k++) {
            if (!Double.isNaN(trace.fitted()[k])) {
                return k;
            }
        }
        return LOST;
    }
}
