package firstspike.driver.playback;

import java.util.function.Function;

/**
 * The place of an answer: which responses of which kind a read will get (playback.md 8). A ticket follows its builder
 * when that is appended or prepended to another.
 *
 * @param <T> what the responses decode to
 */
public final class Ticket<T> {

    private final Segment segment;
    private final ResponseKind kind;
    private final int offset;
    private final int count;
    private final Function<long[], T> decoder;

    Ticket(Segment segment, ResponseKind kind, int offset, int count, Function<long[], T> decoder) {
        this.segment = segment;
        this.kind = kind;
        this.offset = offset;
        this.count = count;
        this.decoder = decoder;
    }

    /** Kind of the responses. */
    public ResponseKind kind() {
        return kind;
    }

    /** Position of the first response among those of its kind in the program. */
    public int position() {
        return segment.shift(kind) + offset;
    }

    /** Number of responses. */
    public int count() {
        return count;
    }

    /**
     * @param responses exactly {@link #count()} values
     * @return what they mean
     */
    public T decode(long[] responses) {
        return decoder.apply(responses);
    }

    /** Instructions that moved together; knows how many responses stand before them in what they were moved to. */
    static final class Segment {

        private final int[] before = new int[ResponseKind.values().length];
        private Segment parent;

        int shift(ResponseKind kind) {
            return before[kind.ordinal()] + (parent == null ? 0 : parent.shift(kind));
        }

        void moveInto(Segment target, int[] responsesBefore) {
            parent = target;
            System.arraycopy(responsesBefore, 0, before, 0, before.length);
        }
    }
}
