package firstspike.experiments.stimulus;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.playback.LatePolicy;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.mapping.LabelOwner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The programs that a stimulus becomes. Programs of the file stay programs; one that is longer than an executor takes at once
 * is cut where it is silent for longest, and the chip rests a millisecond there. Immutable once made.
 */
public final class StimulusPlan {

    /** Most events of a program. */
    static final int MOST_EVENTS = 1 << 18;
    /** Longest program: a quarter of what the timer counts. */
    static final long LONGEST_TICKS = 1L << 30;

    private static final long AFTER_LAST = 12_500;
    private static final int MICROSECOND = 125;
    private static final int CHANNEL_SHIFT = 14;
    private static final int CHANNELS = 4;
    private static final int PER_TICK = 3;

    private final List<PlannedProgram> programs = new ArrayList<>();
    private final Map<String, List<Integer>> labelsOf = new HashMap<>();
    private final boolean[] known = new boolean[1 << 16];
    private final OptionalLong duration;
    private final boolean allowLate;
    private int cuts;

    private StimulusPlan(List<LabelOwner> owners, OptionalLong duration, boolean allowLate) {
        this.duration = duration;
        this.allowLate = allowLate;
        for (LabelOwner owner : owners) {
            if (owner.toChip()) {
                known[owner.label()] = true;
                labelsOf.computeIfAbsent(key(owner.population(), owner.neuron()), key -> new ArrayList<>())
                        .add(owner.label());
            }
        }
    }

    /**
     * Plans a stimulus.
     *
     * @param table events for the chip
     * @param owners whose the labels of the network are
     * @param duration of each program in ticks; empty: 100 us after its last event
     * @param allowLate whether events may come later than the late policy allows
     * @return the plan
     * @throws ExperimentException {@code VALUE_OUT_OF_RANGE} for an event that the network has no input for, or after the end;
     *     {@code DOES_NOT_FIT} for more events than the chip takes in their time
     */
    public static StimulusPlan of(SpikeTable table, List<LabelOwner> owners, OptionalLong duration, boolean allowLate) {
        StimulusPlan plan = new StimulusPlan(owners, duration, allowLate);
        int[] order = table.order();
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && table.program(order[to]) == table.program(order[from])) {
                to++;
            }
            plan.program(table, order, from, to);
            from = to;
        }
        if (order.length == 0) {
            plan.programs.add(new PlannedProgram(0, 0, new long[0], new short[0], duration.orElse(AFTER_LAST), 0, 0));
        }
        return plan;
    }

    /** In the order in which they run, at least one. */
    public List<PlannedProgram> programs() {
        return List.copyOf(programs);
    }

    /** How many programs of the file were cut, counted by their cuts. */
    public int cuts() {
        return cuts;
    }

    private void program(SpikeTable table, int[] order, int from, int to) {
        long[] ticks = new long[to - from];
        short[] labels = new short[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            List<Integer> targets = labels(table, order[i]);
            if (count + targets.size() > ticks.length) {
                int larger = Math.max(count + targets.size(), Math.addExact(ticks.length, ticks.length / 2 + 1));
                ticks = Arrays.copyOf(ticks, larger);
                labels = Arrays.copyOf(labels, larger);
            }
            for (int label : targets) {
                ticks[count] = table.tick(order[i]);
                labels[count++] = (short) label;
            }
        }
        long number = table.program(order[from]);
        long last = ticks[count - 1];
        long end = duration.orElse(last + AFTER_LAST);
        if (last >= end) {
            throw new ExperimentException(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    "last event of program " + number,
                    "at tick " + last,
                    "before the end at tick " + end,
                    "raise --duration");
        }
        cut(number, Arrays.copyOf(ticks, count), Arrays.copyOf(labels, count), end);
    }

    private List<Integer> labels(SpikeTable table, int row) {
        if (table.label(row) != SpikeTable.NONE) {
            if (!known[table.label(row)]) {
                throw unknown("label " + table.label(row), table, row);
            }
            return List.of(table.label(row));
        }
        int population = table.population(row);
        String name = population < 0 ? LabelOwner.INPUT : table.populations().get(population);
        List<Integer> labels = labelsOf.get(key(name, table.neuron(row)));
        if (labels == null) {
            throw unknown(name + "[" + table.neuron(row) + "]", table, row);
        }
        return labels;
    }

    private ExperimentException unknown(String what, SpikeTable table, int row) {
        return new ExperimentException(
                ExperimentException.Code.VALUE_OUT_OF_RANGE,
                "event at tick " + table.tick(row) + " of program " + table.program(row),
                what,
                "an input or bias of the network: " + labelsOf.size() + " of them",
                "correct the event; 'config check' shows the network");
    }

    private void cut(long number, long[] ticks, short[] labels, long end) {
        int from = 0;
        long start = 0;
        while (true) {
            int most = from;
            while (most < ticks.length && most - from < MOST_EVENTS && ticks[most] - start < LONGEST_TICKS) {
                most++;
            }
            if (most == ticks.length && end - start <= LONGEST_TICKS) {
                add(number, start, ticks, labels, from, most, end);
                return;
            }
            int to = most == ticks.length || most == from ? most : afterLongestSilence(ticks, from, most);
            long next = to == ticks.length || to == from
                    ? start + LONGEST_TICKS
                    : ticks[to] - Math.min(ticks[to] - ticks[to - 1], MICROSECOND);
            add(number, start, ticks, labels, from, to, next);
            cuts++;
            from = to;
            start = next;
        }
    }

    /** First event after the longest silence in the second half of what one program may have. */
    private static int afterLongestSilence(long[] ticks, int from, int most) {
        int best = most;
        for (int i = most - 1; i > from + (most - from) / 2; i--) {
            if (ticks[i] - ticks[i - 1] > ticks[best] - ticks[best - 1]) {
                best = i;
            }
        }
        return best;
    }

    private void add(long number, long start, long[] ticks, short[] labels, int from, int to, long end) {
        long[] due = Arrays.copyOfRange(ticks, from, to);
        for (int i = 0; i < due.length; i++) {
            due[i] -= start;
        }
        long[] wanted = due.clone();
        short[] sent = Arrays.copyOfRange(labels, from, to);
        short[] asWanted = sent.clone();
        EventPlacer placed = new EventPlacer(due, sent);
        if (placed.largestMove() > LatePolicy.DEFAULT.failAbove() && !allowLate) {
            throw tooDense(number, start, wanted, asWanted, placed.largestMove());
        }
        long last = due.length == 0 ? 0 : due[due.length - 1];
        programs.add(new PlannedProgram(
                number, start, due, sent, Math.max(end - start, last + 1), placed.moved(), placed.largestMove()));
    }

    /** Names the microsecond that asks for most of what a channel, or all of them, can take. */
    private static ExperimentException tooDense(
            long number, long start, long[] ticks, short[] labels, long largestMove) {
        int[] inWindow = new int[CHANNELS];
        int first = 0;
        double worst = 0;
        long at = 0;
        int events = 0;
        int limit = MICROSECOND;
        for (int i = 0; i < ticks.length; i++) {
            inWindow[(labels[i] & 0xffff) >> CHANNEL_SHIFT]++;
            while (ticks[i] - ticks[first] >= MICROSECOND) {
                inWindow[(labels[first++] & 0xffff) >> CHANNEL_SHIFT]--;
            }
            int all = i - first + 1;
            int channel = Arrays.stream(inWindow).max().getAsInt();
            double load = Math.max(channel / (double) MICROSECOND, all / (double) (PER_TICK * MICROSECOND));
            if (load > worst) {
                worst = load;
                at = ticks[first] + start;
                boolean byChannel = PER_TICK * channel >= all;
                events = byChannel ? channel : all;
                limit = byChannel ? MICROSECOND : PER_TICK * MICROSECOND;
            }
        }
        return new ExperimentException(
                ExperimentException.Code.DOES_NOT_FIT,
                ErrorDetail.of(
                                String.format(
                                        Locale.ROOT,
                                        "bandwidth of the stimulus, program %d, microsecond from %.3f us",
                                        number,
                                        at * 0.008),
                                events + " events needed, the last of a crowd " + largestMove + " ticks late",
                                limit + " events a us available"
                                        + (limit == MICROSECOND ? " on a channel" : " on all channels") + ", "
                                        + LatePolicy.DEFAULT.failAbove() + " ticks late",
                                "spread the events, or run anyway with --allow-late")
                        .with("resource", "events a us")
                        .with("needed", events)
                        .with("available", limit)
                        .with("tick", at),
                null);
    }

    private static String key(String population, int neuron) {
        return population + "[" + neuron + "]";
    }
}
