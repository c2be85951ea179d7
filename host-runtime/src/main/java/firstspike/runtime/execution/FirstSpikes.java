package firstspike.runtime.execution;

import firstspike.runtime.learning.eventprop.SpikeTrains;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * First spike times of a batch, corrected for known delays, and all spikes where neurons spike several times.
 *
 * @param samples number of samples
 * @param layers a layer: row-major (sample, neuron), units of tau; positive infinity: silent
 * @param trains a layer: all spikes, where the network asks for more than first ones; otherwise empty
 * @param counters health counters of this batch by the names of formats.md 3.3, sorted
 * @param chipSeconds time that the chip was busy; 0 without a chip
 */
public record FirstSpikes(
        int samples,
        double[][] layers,
        List<SpikeTrains> trains,
        SortedMap<String, Long> counters,
        double chipSeconds) {

    /** Copies the collections. */
    public FirstSpikes {
        trains = List.copyOf(trains);
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /**
     * First spikes alone.
     *
     * @param samples number of samples
     * @param layers a layer: row-major (sample, neuron)
     * @param counters health counters of this batch
     * @param chipSeconds time that the chip was busy
     */
    public FirstSpikes(int samples, double[][] layers, SortedMap<String, Long> counters, double chipSeconds) {
        this(samples, layers, List.of(), counters, chipSeconds);
    }

    /**
     * All spikes; the first ones follow from them.
     *
     * @param samples number of samples
     * @param trains a layer
     * @param counters health counters of this batch
     * @param chipSeconds time that the chip was busy
     * @return the spikes
     */
    public static FirstSpikes of(
            int samples, List<SpikeTrains> trains, SortedMap<String, Long> counters, double chipSeconds) {
        double[][] first = trains.stream().map(SpikeTrains::firstTimes).toArray(double[][]::new);
        return new FirstSpikes(samples, first, trains, counters, chipSeconds);
    }

    /**
     * The trains of all layers: all spikes where they are kept, else trains of the first ones.
     *
     * @return a layer each
     */
    public List<SpikeTrains> allTrains() {
        return trains.isEmpty()
                ? Arrays.stream(layers)
                        .map(times -> SpikeTrains.ofFirst(times, samples, samples == 0 ? 0 : times.length / samples))
                        .toList()
                : trains;
    }

    /**
     * The same spikes with more counters.
     *
     * @param more added to those of the same name
     * @return a changed copy
     */
    public FirstSpikes with(SortedMap<String, Long> more) {
        SortedMap<String, Long> all = new TreeMap<>(counters);
        more.forEach((key, value) -> all.merge(key, value, Long::sum));
        return new FirstSpikes(samples, layers, trains, all, chipSeconds);
    }
}
