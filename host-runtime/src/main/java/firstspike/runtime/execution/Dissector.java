package firstspike.runtime.execution;

import firstspike.driver.link.SpikeColumns;
import firstspike.runtime.mapping.BatchTiming;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.network.Layer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sorts the spikes of a batch into samples and keeps the first of every neuron (inloop.md 13 step 5). Spikes of unknown
 * labels, outside every window, and further spikes of a neuron are counted, never lost silently. Reuses its array; one
 * owner thread.
 */
final class Dissector {

    /** Stands for no spike in {@link #firstTicks}. */
    static final long SILENT = Long.MAX_VALUE;

    /** Spikes of a (sample, neuron) that are kept where the network sets no cap. */
    private static final int MOST_SPIKES = 16;

    private final ChipMapping mapping;
    private final int neurons;
    /** All spikes, where the network asks for more than first ones. */
    private final Optional<TrainTicks> trains;

    private long[] firstTicks = new long[0];
    private long unmapped;
    private long outside;
    private long extra;
    private long last;

    Dissector(ChipMapping mapping) {
        this.mapping = mapping;
        neurons = mapping.neurons();
        trains = mapping.network().manySpikes() ? Optional.of(new TrainTicks(caps(mapping))) : Optional.empty();
    }

    private static int[] caps(ChipMapping mapping) {
        int[] caps = new int[mapping.neurons()];
        for (int l = 0; l < mapping.network().layers().size(); l++) {
            Layer layer = mapping.network().layers().get(l);
            int begin = mapping.firstNeuron(l);
            Arrays.fill(caps, begin, begin + layer.size(), Math.min(layer.maxSpikes(), MOST_SPIKES));
        }
        return caps;
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
        trains.ifPresent(TrainTicks::clear);
        TrainTicks all = trains.orElse(null);
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
                int slot = (int) (tick / window) * neurons + neuron;
                keepFirst(slot, tick % window);
                if (all != null) {
                    all.add(slot, tick % window);
                }
            }
        }
        trains.ifPresent(ticks -> {
            extra = 0;
            ticks.sort(samples);
        });
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

    /** All spikes of the batch; empty where first ones alone are wanted. */
    Optional<TrainTicks> trains() {
        return trains;
    }

    /** Last spike, ticks after the beginning of the first window; the least long value without spikes. */
    long last() {
        return last;
    }
}
