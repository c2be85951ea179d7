package firstspike.runtime.recording.log;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums over the records of a log, and their names as counters (formats.md 2.4). Mutable, one owner thread. */
final class LogTotals {

    private static final String TO_CHIP = "log.to_chip";
    private static final String FROM_CHIP = "log.from_chip";
    private static final String SAMPLES = "log.samples";
    private static final String POPULATION = "log.population.";

    private final LabelTable labels;
    private final long[] spikes = new long[SpikeDirection.values().length];
    private final long[] perPopulation;
    private long samples;

    LogTotals(LabelTable labels) {
        this.labels = labels;
        this.perPopulation = new long[labels.populations().size()];
    }

    void spikes(SpikeDirection direction, short[] label, int from, int count) {
        spikes[direction.ordinal()] += count;
        int[] population = labels.populationsOf(direction);
        if (population != null) {
            for (int i = from; i < from + count; i++) {
                int place = population[label[i] & 0xffff];
                if (place >= 0) {
                    perPopulation[place]++;
                }
            }
        }
    }

    void samples(int count) {
        samples += count;
    }

    long spikes(SpikeDirection direction) {
        return spikes[direction.ordinal()];
    }

    long samples() {
        return samples;
    }

    long events() {
        return spikes[0] + spikes[1];
    }

    /** Events of a population, by its index in the table. */
    long ofPopulation(int place) {
        return perPopulation[place];
    }

    /** Takes totals from counters; false, and nothing taken, when one is absent. */
    boolean take(Map<String, Long> counters) {
        if (!counters.containsKey(TO_CHIP) || !counters.containsKey(FROM_CHIP) || !counters.containsKey(SAMPLES)) {
            return false;
        }
        for (LabelTable.Population population : labels.populations()) {
            if (!counters.containsKey(name(population))) {
                return false;
            }
        }
        spikes[SpikeDirection.TO_CHIP.ordinal()] = counters.get(TO_CHIP);
        spikes[SpikeDirection.FROM_CHIP.ordinal()] = counters.get(FROM_CHIP);
        samples = counters.get(SAMPLES);
        for (int i = 0; i < perPopulation.length; i++) {
            perPopulation[i] = counters.get(name(labels.populations().get(i)));
        }
        return true;
    }

    SortedMap<String, Long> counters() {
        SortedMap<String, Long> named = new TreeMap<>();
        named.put(TO_CHIP, spikes(SpikeDirection.TO_CHIP));
        named.put(FROM_CHIP, spikes(SpikeDirection.FROM_CHIP));
        named.put(SAMPLES, samples);
        for (int i = 0; i < perPopulation.length; i++) {
            named.put(name(labels.populations().get(i)), perPopulation[i]);
        }
        return named;
    }

    /** Counters that are no totals. */
    static SortedMap<String, Long> without(Map<String, Long> counters, Set<String> totals) {
        SortedMap<String, Long> rest = new TreeMap<>(counters);
        rest.keySet().removeAll(totals);
        return rest;
    }

    private static String name(LabelTable.Population population) {
        return POPULATION + population.direction().text() + "." + population.name();
    }
}
