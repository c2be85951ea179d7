package firstspike.runtime.execution;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * First spike times of a batch, corrected for known delays.
 *
 * @param samples number of samples
 * @param layers a layer: row-major (sample, neuron), units of tau; positive infinity: silent
 * @param counters health counters of this batch by the names of formats.md 3.3, sorted
 * @param chipSeconds time that the chip was busy; 0 without a chip
 */
public record FirstSpikes(int samples, double[][] layers, SortedMap<String, Long> counters, double chipSeconds) {

    /** Copies the counters. */
    public FirstSpikes {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }
}
