package firstspike.runtime.recording.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Label to population and neuron, by arrays. Immutable. */
public final class LabelTable {

    private static final int LABELS = 1 << 16;
    private static final int NONE = -1;

    private final List<Population> populations;
    private final int[][] population = new int[SpikeDirection.values().length][];
    private final int[][] neuron = new int[SpikeDirection.values().length][];

    private LabelTable(List<Population> populations) {
        this.populations = populations;
    }

    /**
     * @param entries of a header
     * @return their table; a label that is there twice means the later entry
     */
    public static LabelTable of(List<LabelEntry> entries) {
        List<Population> found = new ArrayList<>();
        java.util.Map<Population, Integer> places = new java.util.HashMap<>();
        LabelTable table = new LabelTable(found);
        for (LabelEntry entry : entries) {
            int space = entry.direction().ordinal();
            if (table.population[space] == null) {
                table.population[space] = new int[LABELS];
                table.neuron[space] = new int[LABELS];
                Arrays.fill(table.population[space], NONE);
            }
            int place = places.computeIfAbsent(new Population(entry.direction(), entry.population()), key -> {
                found.add(key);
                return found.size() - 1;
            });
            table.population[space][entry.label()] = place;
            table.neuron[space][entry.label()] = entry.neuron();
        }
        return table;
    }

    /** All populations, in the order of the table. */
    public List<Population> populations() {
        return List.copyOf(populations);
    }

    /**
     * @param direction label space
     * @param label 0 to 65535
     * @return index in {@link #populations}, or -1
     */
    public int population(SpikeDirection direction, int label) {
        int[] space = population[direction.ordinal()];
        return space == null ? NONE : space[label];
    }

    /**
     * @param direction label space
     * @param label of a known neuron
     * @return index in its population
     */
    public int neuron(SpikeDirection direction, int label) {
        return neuron[direction.ordinal()][label];
    }

    /** The populations of a direction by label, or null when it has none; not to be written. */
    int[] populationsOf(SpikeDirection direction) {
        return population[direction.ordinal()];
    }

    /**
     * A population of a label space.
     *
     * @param direction label space
     * @param name as written
     */
    public record Population(SpikeDirection direction, String name) {}
}
