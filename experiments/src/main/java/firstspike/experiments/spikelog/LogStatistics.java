package firstspike.experiments.spikelog;

import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LabelEntry;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Rates of a log. Time is what passed, in each program with a spike, between the first and the last wanted spike.
 *
 * @param programs with a wanted spike
 * @param events wanted spikes
 * @param seconds of chip time, summed over the programs
 * @param populations in the order of the header, then the labels without a population
 * @param health of the log
 */
public record LogStatistics(long programs, long events, double seconds, List<Row> populations, LogHealth health) {

    private static final double PICO = 1e-12;

    /**
     * A population.
     *
     * @param direction label space
     * @param population its name; empty: labels that no neuron owns
     * @param neurons in the label table
     * @param events of all neurons
     * @param silent neurons without an event
     * @param mostOfOne events of the neuron with most
     * @param ratePerNeuronHz mean over neurons and time; 0 when no time passed
     */
    public record Row(
            SpikeDirection direction,
            String population,
            int neurons,
            long events,
            int silent,
            long mostOfOne,
            double ratePerNeuronHz) {}

    /**
     * @param log to read
     * @param salvage whether to pass over damage
     * @param selection which spikes
     * @return its statistics
     */
    public static LogStatistics of(SpikeLog log, boolean salvage, EventSelection selection) {
        Count count = new Count();
        LogHealth health = OrderedSpikes.read(
                log,
                salvage,
                selection,
                (program, tick, direction, label, population) -> count.add(program, tick, direction, label));
        count.endProgram();
        double seconds = count.ticks * (log.header().tickPs() * PICO);
        return new LogStatistics(
                count.programs, count.events, seconds, rows(log.header(), selection, count, seconds), health);
    }

    private static List<Row> rows(LogHeader header, EventSelection selection, Count count, double seconds) {
        LabelTable table = LabelTable.of(header.labels());
        int places = table.populations().size();
        int[] neurons = new int[places];
        int[] silent = new int[places];
        long[] events = new long[places];
        long[] most = new long[places];
        long[][] unknown = count.perLabel;
        for (LabelEntry entry : header.labels()) {
            int place = table.population(entry.direction(), entry.label());
            long own = unknown[entry.direction().ordinal()][entry.label()];
            neurons[place]++;
            silent[place] += own == 0 ? 1 : 0;
            events[place] += own;
            most[place] = Math.max(most[place], own);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            LabelTable.Population population = table.populations().get(i);
            if (isWanted(selection, population)) {
                double rate = seconds > 0 ? events[i] / seconds / neurons[i] : 0;
                rows.add(new Row(
                        population.direction(), population.name(), neurons[i], events[i], silent[i], most[i], rate));
            }
        }
        for (SpikeDirection direction : SpikeDirection.values()) {
            long nobodys = 0;
            long largest = 0;
            for (int label = 0; label < unknown[direction.ordinal()].length; label++) {
                if (table.population(direction, label) < 0) {
                    nobodys += unknown[direction.ordinal()][label];
                    largest = Math.max(largest, unknown[direction.ordinal()][label]);
                }
            }
            if (nobodys > 0) {
                rows.add(new Row(direction, "", 0, nobodys, 0, largest, 0));
            }
        }
        return rows;
    }

    private static boolean isWanted(EventSelection selection, LabelTable.Population population) {
        return (selection.direction() == null || selection.direction() == population.direction())
                && (selection.population() == null || selection.population().equals(population.name()));
    }

    /** Sums while spikes pass in order. */
    private static final class Count {

        private final long[][] perLabel = new long[SpikeDirection.values().length][1 << 16];
        private long program = -1;
        private long programs;
        private long events;
        private long ticks;
        private long first;
        private long last;

        void add(long ofProgram, long tick, SpikeDirection direction, int label) {
            if (ofProgram != program) {
                endProgram();
                program = ofProgram;
                programs++;
                first = tick;
            }
            last = tick;
            events++;
            perLabel[direction.ordinal()][label]++;
        }

        void endProgram() {
            ticks += last - first;
            first = 0;
            last = 0;
        }
    }
}
