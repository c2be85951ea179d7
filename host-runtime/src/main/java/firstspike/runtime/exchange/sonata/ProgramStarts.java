package firstspike.runtime.exchange.sonata;

import firstspike.runtime.exchange.csv.SpikeTable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the programs of a recording begin on the one time axis of a file.
 *
 * @param ticks of 8 ns to the time zero of each program
 * @param how it was found, for the file
 */
public record ProgramStarts(SortedMap<Long, Long> ticks, String how) {

    /** Copies the map. */
    public ProgramStarts {
        ticks = new TreeMap<>(ticks);
    }

    /**
     * Programs one after another, each as long as the longest: for tables that do not say when they ran.
     *
     * @param table spikes
     * @return starts that leave no spike before time zero
     */
    public static ProgramStarts inTurn(SpikeTable table) {
        long least = 0;
        long most = 0;
        for (int row = 0; row < table.size(); row++) {
            least = Math.min(least, table.tick(row));
            most = Math.max(most, table.tick(row));
        }
        long length = Math.addExact(Math.subtractExact(most, least), 1);
        SortedMap<Long, Long> starts = new TreeMap<>();
        for (int row = 0; row < table.size(); row++) {
            long program = table.program(row);
            starts.put(program, Math.subtractExact(Math.multiplyExact(program, length), least));
        }
        return new ProgramStarts(
                starts, "program number times " + length + " ticks" + (least < 0 ? " plus " + -least : ""));
    }

    long of(long program) {
        Long start = ticks.get(program);
        if (start == null) {
            throw new IllegalArgumentException("start of program " + program + " : none (expected: one a program)");
        }
        return start;
    }
}
