package firstspike.runtime.learning.eventprop;

import java.util.Objects;
import java.util.Optional;

/**
 * How a network learns from all its spikes, beside what every training has.
 *
 * @param loss loss of the label trains
 * @param probes of the label layer
 * @param spikeCount bounds of the counts of hidden neurons, empty for none
 * @param rescueLabels whether silent labels are rescued as hidden layers are, in place of probes
 * @param spikeLimit most spikes of a sample over all layers, above 0
 * @param tEnd spikes after it do not exist, units of tau; infinite for none
 * @param forcedMargin a measured spike this soon after refractory time and hold-off is forced, units of tau; 0 for computed ones
 */
public record TrainSettings(
        TrainLoss loss,
        ProbeSettings probes,
        Optional<CountRule> spikeCount,
        boolean rescueLabels,
        int spikeLimit,
        double tEnd,
        double forcedMargin) {
    /** Two ticks of 8 ns at 6 us. */
    public static final double MEASURED_MARGIN = 0.003;

    /** Default of {@code spikeLimit}. */
    public static final int SPIKE_LIMIT = 10_000;

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public TrainSettings {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(probes, "probes");
        if (spikeLimit < 1 || !(tEnd > 0) || !(forcedMargin >= 0)) {
            throw new IllegalArgumentException("training spike_limit " + spikeLimit + ", t_end " + tEnd
                    + ", forced margin " + forcedMargin + " (expected: 1 or more, above 0, 0 or more)");
        }
    }

    /**
     * The same with the margin of measured or computed trains.
     *
     * @param margin units of tau
     * @return a changed copy
     */
    public TrainSettings withForcedMargin(double margin) {
        return new TrainSettings(loss, probes, spikeCount, rescueLabels, spikeLimit, tEnd, margin);
    }
}
