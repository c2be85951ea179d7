package firstspike.experiments.spikelog;

import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the spikes of two logs differ: the i-th spike of each label in each program and direction, compared with a tolerance.
 *
 * @param eventsA spikes of the first log
 * @param eventsB spikes of the second
 * @param differences how many spikes differ
 * @param first the first of them, by program, tick, direction and label
 * @param headers keys of the headers that differ, with both values
 * @param healthA of the first log
 * @param healthB of the second
 */
public record LogDifference(
        long eventsA,
        long eventsB,
        long differences,
        List<Row> first,
        Map<String, List<Object>> headers,
        LogHealth healthA,
        LogHealth healthB) {

    /** Differences that are listed. */
    public static final int LISTED = 20;

    private static final Comparator<Row> ORDER = Comparator.comparingLong(Row::program)
            .thenComparingLong(Row::tick)
            .thenComparing(Row::direction)
            .thenComparingInt(Row::label);

    /**
     * A spike that differs.
     *
     * @param program of the logs
     * @param direction which way it went
     * @param label 0 to 65535
     * @param expected tick in the first log, or null
     * @param got tick in the second, or null
     */
    public record Row(long program, SpikeDirection direction, int label, Long expected, Long got) {

        long tick() {
            return expected == null ? got : got == null ? expected : Math.min(expected, got);
        }
    }

    /**
     * @param a first log
     * @param b second log
     * @param selection which spikes
     * @param tolerance ticks that equal spikes may be apart
     * @return their difference
     */
    public static LogDifference of(SpikeLog a, SpikeLog b, EventSelection selection, long tolerance) {
        Map<Key, Ticks> ofA = new TreeMap<>();
        Map<Key, Ticks> ofB = new TreeMap<>();
        LogHealth healthA = read(a, selection, ofA);
        LogHealth healthB = read(b, selection, ofB);
        List<Row> rows = new ArrayList<>();
        long count = 0;
        Map<Key, Ticks> keys = new TreeMap<>(ofA);
        ofB.forEach(keys::putIfAbsent);
        for (Key key : keys.keySet()) {
            Ticks left = ofA.getOrDefault(key, Ticks.NONE);
            Ticks right = ofB.getOrDefault(key, Ticks.NONE);
            for (int i = 0; i < Math.max(left.size, right.size); i++) {
                Long expected = i < left.size ? left.at[i] : null;
                Long got = i < right.size ? right.at[i] : null;
                if (expected == null || got == null || Math.abs(expected - got) > tolerance) {
                    count++;
                    rows.add(new Row(key.program(), key.direction(), key.label(), expected, got));
                    if (rows.size() == 100 * LISTED) {
                        shorten(rows);
                    }
                }
            }
        }
        shorten(rows);
        return new LogDifference(
                total(ofA), total(ofB), count, List.copyOf(rows), headers(a.header(), b.header()), healthA, healthB);
    }

    private static void shorten(List<Row> rows) {
        rows.sort(ORDER);
        if (rows.size() > LISTED) {
            rows.subList(LISTED, rows.size()).clear();
        }
    }

    private static LogHealth read(SpikeLog log, EventSelection selection, Map<Key, Ticks> into) {
        return OrderedSpikes.read(
                log, false, selection, (program, tick, direction, label, population) -> into.computeIfAbsent(
                                new Key(program, direction, label), key -> new Ticks())
                        .add(tick));
    }

    private static long total(Map<Key, Ticks> spikes) {
        return spikes.values().stream().mapToLong(ticks -> ticks.size).sum();
    }

    private static Map<String, List<Object>> headers(LogHeader a, LogHeader b) {
        Map<String, List<Object>> differing = new LinkedHashMap<>();
        put(differing, "target", a.target(), b.target());
        put(differing, "fidelity", a.fidelity(), b.fidelity());
        put(differing, "chip_id", a.chipId(), b.chipId());
        put(differing, "calibration_id", a.calibrationId(), b.calibrationId());
        put(differing, "config_sha256", a.configSha256(), b.configSha256());
        put(differing, "tick_ps", a.tickPs(), b.tickPs());
        if (!a.labels().equals(b.labels())) {
            differing.put(
                    "labels", List.of(a.labels().size() + " entries", b.labels().size() + " entries"));
        }
        return differing;
    }

    private static void put(Map<String, List<Object>> differing, String key, Object a, Object b) {
        if (!Objects.equals(a, b)) {
            differing.put(key, List.of(a, b));
        }
    }

    private record Key(long program, SpikeDirection direction, int label) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byProgram = Long.compare(program, other.program);
            int byDirection = byProgram != 0 ? byProgram : direction.compareTo(other.direction);
            return byDirection != 0 ? byDirection : Integer.compare(label, other.label);
        }
    }

    /** Ticks of one label, ascending. */
    private static final class Ticks {

        private static final Ticks NONE = new Ticks();

        private long[] at = new long[4];
        private int size;

        void add(long tick) {
            if (size == at.length) {
                at = Arrays.copyOf(at, 2 * size);
            }
            at[size++] = tick;
        }
    }
}
