package firstspike.runtime.training;

import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.network.Network;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Health of a training on trains ({@code eventprop.md} section 4): sums that batches carry as counters, and what an epoch reports
 * of them.
 */
final class TrainHealth {
    static final String FORCED = "gradient.forced";
    static final String MISSING = "spikes.wanted_more";
    static final String SURPLUS = "spikes.wanted_fewer";
    /** Squares of the excess are summed in millionths of the squared threshold, so that sums of epochs are the same bits. */
    static final double EXCESS_UNIT = 1e6;

    private static final String SUMS = "trains.";

    private TrainHealth() {}

    static String learnt(int layer) {
        return SUMS + layer + ".learnt";
    }

    static String flat(int layer) {
        return SUMS + layer + ".flat";
    }

    static String excess(int layer) {
        return SUMS + layer + ".excess";
    }

    private static String spikes(int layer) {
        return SUMS + layer + ".spikes";
    }

    private static String pairs(int layer) {
        return SUMS + layer + ".pairs";
    }

    private static String largest(int layer) {
        return SUMS + layer + ".spikes" + HealthCounters.LARGEST;
    }

    /** Counts of the trains of a batch. */
    static SortedMap<String, Long> of(List<SpikeTrains> trains) {
        SortedMap<String, Long> counters = new TreeMap<>();
        for (int layer = 0; layer < trains.size(); layer++) {
            SpikeTrains of = trains.get(layer);
            counters.put(spikes(layer), (long) of.time().length);
            counters.put(pairs(layer), (long) of.samples() * of.neurons());
            counters.put(largest(layer), (long) of.longest());
        }
        return counters;
    }

    /** Takes the sums out of an epoch's counters and puts what they mean in. */
    static void report(Network network, SortedMap<String, Number> health) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
            String name = network.layers().get(layer).name();
            if (health.containsKey(pairs(layer))) {
                double pairs = health.remove(pairs(layer)).doubleValue();
                double spikes = health.remove(spikes(layer)).doubleValue();
                health.put("spikes.mean." + name, pairs == 0 ? 0 : spikes / pairs);
                health.put("spikes.max." + name, health.remove(largest(layer)));
            }
            if (health.containsKey(learnt(layer))) {
                double learnt = health.remove(learnt(layer)).doubleValue();
                double squares = health.remove(excess(layer)).doubleValue() / EXCESS_UNIT;
                double flat = health.remove(flat(layer)).doubleValue();
                health.put("gradient.excess_rms." + name, learnt == 0 ? 0 : Math.sqrt(squares / learnt));
                health.put("gradient.flat." + name, learnt == 0 ? 0 : flat / learnt);
            }
        }
    }
}
