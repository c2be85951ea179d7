package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.ILLEGAL_SCHEDULE_ITEM;
import static firstspike.driver.error.ProgramRejectedException.Code.SCHEDULE_LATE;
import static firstspike.driver.error.ProgramRejectedException.Code.TIME_OUT_OF_RANGE;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Builds a program from items with absolute times, in any order (playback.md 13.3). Times count from a timer reset that
 * begins the result. Items of equal time keep the order in which they were added; neighbouring spikes of one time travel
 * in packs of three. One owner thread.
 */
public final class ScheduledProgramBuilder {

    private static final int NO_SPIKE = -1;

    private final LatePolicy policy;
    private List<Item> items = new ArrayList<>();

    ScheduledProgramBuilder(LatePolicy policy) {
        this.policy = policy;
    }

    private record Item(long tick, int spike, PlaybackProgramBuilder part) {
        Item at(long other) {
            return new Item(other, spike, part);
        }

        boolean isSpike() {
            return spike != NO_SPIKE;
        }
    }

    /**
     * The place for items of one time.
     *
     * @param time counted from the timer reset
     * @return what adds items there
     */
    public Instant at(Ticks time) {
        if (time.value() > ToFpga.MAX_WAIT) {
            throw new ProgramRejectedException(
                    TIME_OUT_OF_RANGE,
                    "time of a schedule item",
                    time,
                    "0 to " + ToFpga.MAX_WAIT + " ticks",
                    "use several schedules");
        }
        return new Instant(time.value());
    }

    /** Adds items of one time. */
    public final class Instant {

        private final long tick;

        private Instant(long tick) {
            this.tick = tick;
        }

        /**
         * @param label 16 bit
         * @return the schedule
         */
        public ScheduledProgramBuilder spike(int label) {
            new PlaybackProgramBuilder().spike(label);
            items.add(new Item(tick, label, null));
            return ScheduledProgramBuilder.this;
        }

        /**
         * @param address 32 bit
         * @param value the word
         * @return the schedule
         */
        public ScheduledProgramBuilder write(int address, int value) {
            return part(part -> part.write(address, value));
        }

        /**
         * @param addresses one a word
         * @param values the words
         * @return the schedule
         */
        public ScheduledProgramBuilder write(int[] addresses, int[] values) {
            return part(part -> part.write(addresses, values));
        }

        /**
         * @param addresses one a word
         * @param values the words wanted
         * @param before the words that are there
         * @return the schedule
         */
        public ScheduledProgramBuilder writeDiff(int[] addresses, int[] values, int[] before) {
            return part(part -> part.writeDiff(addresses, values, before));
        }

        /**
         * @param address 32 bit
         * @return ticket of the word
         */
        public Ticket<Integer> read(int address) {
            PlaybackProgramBuilder part = new PlaybackProgramBuilder();
            Ticket<Integer> ticket = part.read(address);
            items.add(new Item(tick, NO_SPIKE, part));
            return ticket;
        }

        /** A marker; its ticket's FPGA time is that of the instruction. */
        public Ticket<PlaybackProgramBuilder.Marker> marker() {
            PlaybackProgramBuilder part = new PlaybackProgramBuilder();
            Ticket<PlaybackProgramBuilder.Marker> ticket = part.marker();
            items.add(new Item(tick, NO_SPIKE, part));
            return ticket;
        }

        /**
         * A barrier; what comes after it is no longer predicted.
         *
         * @param channels to wait for
         * @return the schedule
         */
        public ScheduledProgramBuilder barrier(Barrier... channels) {
            return part(part -> part.barrier(channels));
        }

        /**
         * Refused: a schedule has one time axis.
         *
         * @return never
         */
        public ScheduledProgramBuilder timerReset() {
            throw refuse("timer reset");
        }

        /**
         * Refused: times are absolute.
         *
         * @param ticks ignored
         * @return never
         */
        public ScheduledProgramBuilder waitUntil(long ticks) {
            throw refuse("wait until " + ticks);
        }

        /**
         * Refused: a synchronisation has no fixed duration.
         *
         * @param synchronise ignored
         * @return never
         */
        public ScheduledProgramBuilder systimeSync(boolean synchronise) {
            throw refuse("system time synchronisation");
        }

        private ScheduledProgramBuilder part(Function<PlaybackProgramBuilder, PlaybackProgramBuilder> body) {
            items.add(new Item(tick, NO_SPIKE, body.apply(new PlaybackProgramBuilder())));
            return ScheduledProgramBuilder.this;
        }

        private ProgramRejectedException refuse(String what) {
            return new ProgramRejectedException(
                    ILLEGAL_SCHEDULE_ITEM,
                    "schedule item at " + tick,
                    what,
                    "writes, reads, spikes, markers, barriers",
                    "put it into a sequential builder and append the schedule");
        }
    }

    /**
     * The same items later.
     *
     * @param offset added to every time
     * @return a new schedule; this one is unchanged
     * @throws ProgramRejectedException when an item is a read
     */
    public ScheduledProgramBuilder shift(Ticks offset) {
        return moved(tick -> BigDecimal.valueOf(tick + offset.value()));
    }

    /**
     * The same items with scaled times, rounded half away from zero.
     *
     * @param factor 0 or more
     * @return a new schedule; this one is unchanged
     * @throws ProgramRejectedException when an item is a read
     */
    public ScheduledProgramBuilder scale(double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "scale of a schedule: " + factor + " (limit: finite, 0 or more); choose a factor");
        }
        BigDecimal exact = new BigDecimal(Double.toString(factor));
        return moved(tick -> exact.multiply(BigDecimal.valueOf(tick)).setScale(0, RoundingMode.HALF_UP));
    }

    private ScheduledProgramBuilder moved(Function<Long, BigDecimal> rule) {
        ScheduledProgramBuilder result = new ScheduledProgramBuilder(policy).mergeCopy(this);
        BigDecimal last = BigDecimal.valueOf(ToFpga.MAX_WAIT);
        result.items.replaceAll(item -> {
            BigDecimal tick = rule.apply(item.tick());
            if (tick.compareTo(last) > 0) {
                throw new ProgramRejectedException(
                        TIME_OUT_OF_RANGE,
                        "moved time of a schedule item",
                        tick + " ticks",
                        "0 to " + ToFpga.MAX_WAIT,
                        "move it less");
            }
            return item.at(tick.longValueExact());
        });
        return result;
    }

    /**
     * Moves all items of another schedule into this one.
     *
     * @param other becomes empty
     * @return this
     */
    public ScheduledProgramBuilder merge(ScheduledProgramBuilder other) {
        if (other == this) {
            throw new IllegalArgumentException("schedule to merge: itself (limit: another one); scale or shift a copy");
        }
        items.addAll(other.items);
        other.items = new ArrayList<>();
        return this;
    }

    /**
     * Copies all items of another schedule into this one.
     *
     * @param other write-only schedule; unchanged
     * @return this
     * @throws ProgramRejectedException when an item is a read
     */
    public ScheduledProgramBuilder mergeCopy(ScheduledProgramBuilder other) {
        List<Item> copies = new ArrayList<>(other.items.size());
        for (Item item : other.items) {
            copies.add(
                    item.isSpike()
                            ? item
                            : new Item(item.tick(), NO_SPIKE, new PlaybackProgramBuilder().appendCopy(item.part())));
        }
        items.addAll(copies);
        return this;
    }

    /**
     * Closes the schedule and empties it.
     *
     * @return a sequential builder that begins with the timer reset
     * @throws ProgramRejectedException when an item would issue later than the policy allows
     */
    public PlaybackProgramBuilder done() {
        List<Item> sorted = new ArrayList<>(items);
        items = new ArrayList<>();
        sorted.sort(Comparator.comparingLong(Item::tick));
        PlaybackProgramBuilder program = new PlaybackProgramBuilder().timerReset();
        Emission emission = new Emission(sorted);
        for (int i = 0; i < sorted.size(); ) {
            Item item = sorted.get(i);
            emission.place(program, item.tick(), i);
            if (item.isSpike()) {
                int n = packAt(sorted, i);
                program.spikes(labels(sorted, i, n));
                emission.cursor++;
                i += n;
            } else {
                emission.predictable &= isPredictable(item.part());
                emission.cursor += item.part().instructionCount();
                program.append(item.part());
                i++;
            }
        }
        if (emission.lateItems > 0) {
            program.note(new Note(
                    "late-items",
                    emission.lateItems + " items late, at most by " + emission.mostLate + " ticks",
                    emission.lateItems));
        }
        return program;
    }

    private static int packAt(List<Item> sorted, int from) {
        int n = 1;
        while (n < 3
                && from + n < sorted.size()
                && sorted.get(from + n).isSpike()
                && sorted.get(from + n).tick() == sorted.get(from).tick()) {
            n++;
        }
        return n;
    }

    private static int[] labels(List<Item> sorted, int from, int n) {
        int[] labels = new int[n];
        Arrays.setAll(labels, k -> sorted.get(from + k).spike());
        return labels;
    }

    private static boolean isPredictable(PlaybackProgramBuilder part) {
        return !part.blocksWithoutBound();
    }

    /** The issue time that the emission rule has reached, and how late it got. */
    private final class Emission {
        private final List<Item> sorted;
        private long cursor;
        private boolean predictable = true;
        private long lateItems;
        private long mostLate;

        Emission(List<Item> sorted) {
            this.sorted = sorted;
        }

        void place(PlaybackProgramBuilder program, long tick, int index) {
            if (tick > cursor || !predictable) {
                if (tick > 0) {
                    program.waitUntil(tick - 1);
                }
                cursor = tick;
                return;
            }
            long late = cursor - tick;
            if (late > policy.failAbove()) {
                long crowd = sorted.stream()
                        .filter(item -> item.tick() >= tick - policy.failAbove() && item.tick() <= tick)
                        .count();
                throw new ProgramRejectedException(
                        SCHEDULE_LATE,
                        "item " + index + " of the schedule, wanted at tick " + tick,
                        "at tick " + cursor + ", " + late + " late, with " + crowd + " items in the window before it",
                        policy.failAbove() + " ticks late",
                        "spread the items, or raise LatePolicy.failAbove");
            }
            if (late > policy.warnAbove()) {
                lateItems++;
                mostLate = Math.max(mostLate, late);
            }
        }
    }
}
