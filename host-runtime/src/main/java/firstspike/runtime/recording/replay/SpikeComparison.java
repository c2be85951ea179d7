package firstspike.runtime.recording.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Holds spikes against recorded ones and keeps the first differences. Mutable, one owner thread. */
final class SpikeComparison {

    private final long tolerance;
    private final int most;
    private final List<SpikeDifference> first = new ArrayList<>();
    private long differences;
    private long compared;

    /**
     * @param tolerance ticks that a spike may be earlier or later, 0 or more
     * @param most differences that are kept
     */
    SpikeComparison(long tolerance, int most) {
        this.tolerance = tolerance;
        this.most = most;
    }

    /**
     * @param program number in the log
     * @param recorded what the log has
     * @param got what came now
     * @param whole whether the recording came to its end; otherwise it must be the beginning of what came now
     */
    void compare(long program, Spikes recorded, Spikes got, boolean whole) {
        long[] expected = recorded.ordered(recorded.size());
        long[] found = got.ordered(whole ? got.size() : Math.min(recorded.size(), got.size()));
        compared += expected.length;
        Map<Integer, List<Long>> open = new HashMap<>();
        List<SpikeDifference> differing = new ArrayList<>();
        int e = 0;
        int f = 0;
        // spikes of one tick and label go away in pairs; what is left is matched label by label within the tolerance
        List<Long> missing = new ArrayList<>();
        while (e < expected.length || f < found.length) {
            if (f == found.length || e < expected.length && expected[e] < found[f]) {
                missing.add(expected[e++]);
            } else if (e == expected.length || found[f] < expected[e]) {
                open.computeIfAbsent(Spikes.labelOf(found[f]), key -> new ArrayList<>())
                        .add(Spikes.tickOf(found[f++]));
            } else {
                e++;
                f++;
            }
        }
        for (long key : missing) {
            int label = Spikes.labelOf(key);
            long tick = Spikes.tickOf(key);
            OptionalLong near = take(open.getOrDefault(label, List.of()), tick);
            if (near.isEmpty()) {
                differing.add(new SpikeDifference(program, label, OptionalLong.of(tick), near));
            }
        }
        open.forEach((label, ticks) -> ticks.forEach(tick ->
                differing.add(new SpikeDifference(program, label, OptionalLong.empty(), OptionalLong.of(tick)))));
        differences += differing.size();
        differing.sort((a, b) -> a.tick() != b.tick() ? Long.compare(a.tick(), b.tick()) : a.label() - b.label());
        first.addAll(differing.subList(0, Math.min(differing.size(), most - first.size())));
    }

    /** The earliest spike within the tolerance, which is then taken. */
    private OptionalLong take(List<Long> ticks, long tick) {
        for (int i = 0; i < ticks.size(); i++) {
            if (Math.abs(ticks.get(i) - tick) <= tolerance) {
                return OptionalLong.of(ticks.remove(i));
            }
        }
        return OptionalLong.empty();
    }

    long differences() {
        return differences;
    }

    long compared() {
        return compared;
    }

    List<SpikeDifference> first() {
        return first;
    }
}
