package firstspike.runtime.recording.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The spikes of a log in the order of tables (formats.md 11): by program, tick, direction, then arrival. Neighbouring chunks
 * overlap a little and directions interleave freely, so chunks are merged; only those that overlap are in memory. The log is
 * verified as a whole first, then its chunks are read where the first pass found them. Mutable, used once.
 */
public final class OrderedSpikes {

    private static final Comparator<Place> BY_TICK = Comparator.comparingLong(Place::program)
            .thenComparingLong(Place::firstTick)
            .thenComparingInt(place -> place.direction().ordinal())
            .thenComparingLong(Place::sequence);

    private final SpikeLog log;
    private final EventSelection selection;
    private final LabelTable labels;
    private final SpikeSink sink;
    private final List<Place> places = new ArrayList<>();
    private final PriorityQueue<Cursor> open = new PriorityQueue<>();

    private OrderedSpikes(SpikeLog log, EventSelection selection, SpikeSink sink) {
        this.log = log;
        this.selection = selection;
        this.labels = LabelTable.of(log.header().labels());
        this.sink = sink;
    }

    /**
     * Gives the spikes of a log in order.
     *
     * @param log to read
     * @param salvage whether to pass over damage, and count it
     * @param selection which are wanted
     * @param sink takes them
     * @return how sound the log is
     * @throws firstspike.runtime.error.FormatException when the log is damaged in the middle; no spike was given then
     */
    public static LogHealth read(SpikeLog log, boolean salvage, EventSelection selection, SpikeSink sink) {
        OrderedSpikes ordered = new OrderedSpikes(log, selection, sink);
        LogHealth health = log.read(salvage, ordered::find);
        ordered.merge();
        return health;
    }

    private void find(LogRecord record, long offset) {
        if (record.kind() == RecordKind.SPIKES) {
            SpikeChunk chunk = (SpikeChunk) record;
            if (selection.touches(chunk)) {
                places.add(new Place(chunk.program(), chunk.firstTick(), chunk.direction(), chunk.sequence(), offset));
            }
        }
    }

    private void merge() {
        places.sort(BY_TICK);
        try {
            FrameWindow window = new FrameWindow(log.channel());
            int next = 0;
            while (next < places.size() || !open.isEmpty()) {
                Cursor first = open.peek();
                if (next < places.size() && (first == null || precedes(places.get(next), first))) {
                    open.add(new Cursor(chunk(window, places.get(next))));
                    next++;
                } else {
                    give(open.remove(), next < places.size() ? places.get(next) : null);
                }
            }
        } catch (IOException e) {
            throw SpikeLog.unreadable(log.file(), e);
        }
    }

    /** Whether a chunk that is not open may have something that comes first. */
    private static boolean precedes(Place place, Cursor cursor) {
        return place.program() == cursor.chunk.program() && place.firstTick() <= cursor.tick();
    }

    /** Gives the spikes of a cursor until another chunk may be due. */
    private void give(Cursor cursor, Place next) {
        SpikeChunk chunk = cursor.chunk;
        int[] population = labels.populationsOf(chunk.direction());
        long end = Long.MAX_VALUE;
        if (next != null && next.program() == chunk.program()) {
            end = next.firstTick();
        }
        if (!open.isEmpty()) {
            end = Math.min(end, open.peek().tick());
        }
        long here = cursor.tick();
        do {
            int label = chunk.label(cursor.at);
            int place = population == null ? -1 : population[label];
            if (here >= selection.fromTick() && here <= selection.toTick() && isWanted(place)) {
                sink.accept(chunk.program(), here, chunk.direction(), label, place);
            }
            cursor.at++;
            here = cursor.at < chunk.events() ? cursor.tick() : end;
        } while (cursor.at < chunk.events() && here < end);
        if (cursor.at < chunk.events()) {
            open.add(cursor);
        }
    }

    private boolean isWanted(int population) {
        return selection.population() == null
                || population >= 0
                        && labels.populations().get(population).name().equals(selection.population());
    }

    private SpikeChunk chunk(FrameWindow window, Place place) throws IOException {
        FrameWindow.State state = window.look(place.offset());
        try {
            if (state == FrameWindow.State.WHOLE) {
                WireInput payload = window.payload(place.offset());
                if (RecordDecoder.open(payload) == RecordKind.SPIKES.number()) {
                    return (SpikeChunk) RecordDecoder.record(RecordKind.SPIKES, payload.message());
                }
            }
        } catch (MalformedPayload e) {
            throw LogProblems.malformed(log.file(), place.offset(), place.sequence(), e);
        }
        throw LogProblems.corrupt(
                log.file(), place.offset(), "changed while it was read", place.sequence() - 1, place.sequence() + 1);
    }

    /** Where a chunk stands, and when it begins. */
    private record Place(long program, long firstTick, SpikeDirection direction, long sequence, long offset) {}

    /** A chunk and the next spike of it. */
    private static final class Cursor implements Comparable<Cursor> {

        private final SpikeChunk chunk;
        private int at;

        Cursor(SpikeChunk chunk) {
            this.chunk = chunk;
        }

        long tick() {
            return chunk.ticks()[at];
        }

        @Override
        public int compareTo(Cursor other) {
            int byTick = Long.compare(tick(), other.tick());
            int byDirection = byTick != 0 ? byTick : chunk.direction().compareTo(other.chunk.direction());
            return byDirection != 0 ? byDirection : Long.compare(chunk.sequence(), other.chunk.sequence());
        }
    }
}
