package firstspike.runtime.learning.eventprop;

import java.util.List;

/**
 * Loss of the label trains of one sample, its derivatives, the class decision and the probes where a gradient cannot help
 * ({@code eventprop.md} sections 5 and 6). Times in units of tau; derivatives of spikes that are not named are 0.
 */
public sealed interface TrainLoss permits FirstSpikeTrainLoss, SpikeCountLoss, TargetTrainsLoss, LastSpikeLoss {
    /** No class. */
    int NO_CLASS = -1;

    /** The family of losses. */
    enum Kind {
        /** {@link FirstSpikeTrainLoss}. */
        FIRST_SPIKE,
        /** {@link SpikeCountLoss}. */
        SPIKE_COUNT,
        /** {@link TargetTrainsLoss}. */
        TARGET_TRAINS,
        /** {@link LastSpikeLoss}. */
        LAST_SPIKE
    }

    /**
     * Which loss this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Loss of one sample, not divided by the batch size.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @param label index of the true label neuron, or number of the pattern
     * @param gradient receives dL/dT of each spike of the sample, in the order of the trains; longer arrays are left as they are
     * @return the loss
     */
    double evaluate(SpikeTrains trains, int sample, int label, double[] gradient);

    /**
     * Class of one sample.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @return index of a label neuron, or {@link #NO_CLASS}
     */
    int classify(SpikeTrains trains, int sample);

    /**
     * Whether a sample counts as right: its class is the label, or all its target spikes are met and no other is there.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @param label true label or pattern
     * @return true when right
     */
    default boolean right(SpikeTrains trains, int sample, int label) {
        return classify(trains, sample) == label;
    }

    /**
     * Probes of one sample, not divided by the batch size.
     *
     * @param trains of the label layer
     * @param sample of the batch
     * @param label true label or pattern
     * @param settings their strength and how trains are paired
     * @param lastArrival last arrival at the label layer, negative infinity for none
     * @param gradient of the sample; a spike that has a probe loses its own derivative
     * @param probes receives them
     */
    default void probe(
            SpikeTrains trains,
            int sample,
            int label,
            ProbeSettings settings,
            double lastArrival,
            double[] gradient,
            List<Probe> probes) {
        if (label < trains.neurons() && trains.count(sample, label) == 0) {
            double time = Double.POSITIVE_INFINITY;
            for (int neuron = 0; neuron < trains.neurons(); neuron++) {
                if (trains.count(sample, neuron) > 0) {
                    time = Math.min(time, trains.time()[trains.begin(sample, neuron)]);
                }
            }
            if (time == Double.POSITIVE_INFINITY) {
                time = lastArrival + ProbeSettings.AFTER_LAST_ARRIVAL;
            }
            if (Double.isFinite(time)) {
                probes.add(Probe.at(label, time, -settings.amount()));
            }
        }
    }
}
