package firstspike.runtime.exchange.csv;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spikes as columns that grow: program, tick, direction, label, population and neuron. Mutable until it is handed over, one
 * owner thread.
 */
public final class SpikeTable {

    /** A column without a value in this row. */
    public static final int NONE = -1;

    private static final int FIRST = 1024;

    private final Map<String, Integer> names = new LinkedHashMap<>();
    private long[] programs = new long[FIRST];
    private long[] ticks = new long[FIRST];
    private boolean[] toChip = new boolean[FIRST];
    private int[] labels = new int[FIRST];
    private int[] populations = new int[FIRST];
    private int[] neurons = new int[FIRST];
    private int size;

    /**
     * Appends a spike.
     *
     * @param program number of the program, 0 or more
     * @param tick 8 ns clock periods after the program's time zero; small negative values occur
     * @param toChip whether it was sent, not received
     * @param label 16-bit spike label, or {@link #NONE}
     * @param population name, empty when unknown
     * @param neuron index in its population, or {@link #NONE}
     */
    public void add(long program, long tick, boolean toChip, int label, String population, int neuron) {
        if (size == ticks.length) {
            grow();
        }
        programs[size] = program;
        ticks[size] = tick;
        this.toChip[size] = toChip;
        labels[size] = label;
        populations[size] = population.isEmpty() ? NONE : names.computeIfAbsent(population, name -> names.size());
        neurons[size] = neuron;
        size++;
    }

    /** Number of spikes. */
    public int size() {
        return size;
    }

    /** Names of populations in the order in which they first came. */
    public List<String> populations() {
        return List.copyOf(names.keySet());
    }

    /** Program of a spike. */
    public long program(int row) {
        return programs[row];
    }

    /** Tick of a spike after the time zero of its program. */
    public long tick(int row) {
        return ticks[row];
    }

    /** Whether a spike was sent to the chip. */
    public boolean toChip(int row) {
        return toChip[row];
    }

    /** Label of a spike, or {@link #NONE}. */
    public int label(int row) {
        return labels[row];
    }

    /** Index of a spike's population in {@link #populations()}, or {@link #NONE}. */
    public int population(int row) {
        return populations[row];
    }

    /** Neuron of a spike in its population, or {@link #NONE}. */
    public int neuron(int row) {
        return neurons[row];
    }

    /**
     * The rows in the order of files: by program, tick and direction (sent before received), then as they came
     * ({@code formats.md} 11.1).
     *
     * @return indices of rows
     */
    public int[] order() {
        Integer[] rows = new Integer[size];
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, (a, b) -> {
            int byProgram = Long.compare(programs[a], programs[b]);
            int byTick = byProgram != 0 ? byProgram : Long.compare(ticks[a], ticks[b]);
            return byTick != 0 ? byTick : Boolean.compare(toChip[b], toChip[a]);
        });
        return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    }

    private void grow() {
        int larger = Math.addExact(size, size);
        programs = Arrays.copyOf(programs, larger);
        ticks = Arrays.copyOf(ticks, larger);
        toChip = Arrays.copyOf(toChip, larger);
        labels = Arrays.copyOf(labels, larger);
        populations = Arrays.copyOf(populations, larger);
        neurons = Arrays.copyOf(neurons, larger);
    }
}
