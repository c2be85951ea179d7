package firstspike.runtime.execution;

import firstspike.driver.link.SpikeColumns;
import firstspike.runtime.mapping.BatchTiming;
import firstspike.runtime.mapping.ChipMapping;
import java.util.Arrays;

/**
 * Sorts the spikes of a batch into samples and keeps the first of every neuron (inloop.md 13 step 5). Spikes of unknown
 * labels, outside every window, and further spikes of a neuron are counted, never lost silently. Reuses its array; one
 * owner thread.
 */
final class Dissector {

    /** Stands for no spike in {@link #firstTicks}. */
    static final long SILENT = Long.MAX_VALUE;

    private final ChipMapping mapping;
    private final int neurons;
    private long[] firstTicks = new long[0];
    private long unmapped;
    private long outside;
    private long extra;
    private long last;

    Dissector(ChipMapping mapping) {
        this.mapping = mapping;
        neurons = mapping.neurons();
    }

    /**
     * @param spikes of the batch in trace order
     * @param timeZero chip time of the batch's time zero
     * @param samples of the batch
     */
    void dissect(SpikeColumns spikes, long timeZero, int samples) {
        if (firstTicks.length < samples * neurons) {
            firstTicks = new long[samples * neurons];
        }
        Arrays.fill(firstTicks, 0, samples * neurons, SILENT);
        unmapped = 0;
        outside = 0;
        extra = 0;
        last = Long.MIN_VALUE;
        BatchTiming timing = mapping.timing();
        long window = timing.windowTicks();
        long start = timeZero + timing.offsetTicks();
        for (int i = 0; i < spikes.size(); i++) {
            long tick = spikes.chipTime(i) - start;
            last = Math.max(last, tick);
            int neuron = mapping.neuronOf(spikes.label(i));
            if (neuron == ChipMapping.UNKNOWN) {
                unmapped++;
            } else if (tick < 0 || tick >= samples * window) {
                outside++;
            } else {
                keepFirst((int) (tick / window) * neurons + neuron, tick % window);
            }
        }
    }

    private void keepFirst(int slot, long tick) {
        if (firstTicks[slot] != SILENT) {
            extra++;
        }
        // the trace is not in the order of chip times
        firstTicks[slot] = Math.min(firstTicks[slot], tick);
    }

    /**
     * @param sample position in the batch
     * @param neuron logical number
     * @return ticks since the beginning of the window, or {@link #SILENT}
     */
    long firstTick(int sample, int neuron) {
        return firstTicks[sample * neurons + neuron];
    }

    /** Spikes whose label no neuron owns. */
    long unmapped() {
        return unmapped;
    }

    /** Spikes before the first or after the last window. */
    long outside() {
        return outside;
    }

    /** Spikes of neurons that had spiked in the same window. */
    long extra() {
        return extra;
    }

    /** Last spike, ticks after the beginning of the first window; the least long value without spikes. */
    long last() {
        return last;
    }
}
