package firstspike.experiments.wire;

/**
 * Puts the frames of one direction into their order, as somebody who only watches: unlike a receiver it may miss frames, and
 * learns from the acknowledgements of the other side that they will not come.
 *
 * <pre>
 * next            next + 127
 *  | held ... missing ... held |     half of the 256 numbers; the others are old
 * </pre>
 */
final class FrameOrder {

    /** What became of a frame. */
    enum Outcome {
        /** Delivered, perhaps with held ones behind it. */
        IN_ORDER,
        /** Kept until those before it come. */
        EARLY,
        /** Was here before. */
        REPEATED
    }

    /** Takes frames in order. */
    interface Sink {

        /** The next frame. */
        void frame(Frame frame);

        /**
         * Frames that the other side has, but the capture has not.
         *
         * @param first number of the first
         * @param count how many
         */
        void missing(int first, int count);
    }

    /** Sequence numbers there are. */
    static final int NUMBERS = 256;

    private static final int WINDOW = 128;

    private final Sink sink;
    private final Frame[] held = new Frame[NUMBERS];
    private int next;

    /** @param next number of the first frame, or -1 when the first that comes says it */
    FrameOrder(Sink sink, int next) {
        this.sink = sink;
        this.next = next;
    }

    Outcome offer(Frame frame) {
        if (next < 0) {
            next = frame.sequence();
        }
        int ahead = frame.sequence() - next & NUMBERS - 1;
        if (ahead >= WINDOW || held[frame.sequence()] != null) {
            return Outcome.REPEATED;
        }
        held[frame.sequence()] = frame;
        deliver();
        return ahead == 0 ? Outcome.IN_ORDER : Outcome.EARLY;
    }

    /** The other side has everything up to this number. */
    void acknowledged(long ack) {
        if (next < 0 || ack >= NUMBERS) {
            return;
        }
        while (((int) ack - next & NUMBERS - 1) < WINDOW) {
            int first = next;
            int count = 0;
            while (held[next] == null && ((int) ack - next & NUMBERS - 1) < WINDOW) {
                next = next + 1 & NUMBERS - 1;
                count++;
            }
            sink.missing(first, count);
            deliver();
        }
    }

    /** Nothing comes any more: what is held is delivered, gaps are missing. */
    void finish() {
        for (int ahead = WINDOW - 1; ahead > 0; ahead--) {
            int last = next + ahead & NUMBERS - 1;
            if (next >= 0 && held[last] != null) {
                acknowledged(last);
                return;
            }
        }
    }

    private void deliver() {
        while (held[next] != null) {
            Frame frame = held[next];
            held[next] = null;
            next = next + 1 & NUMBERS - 1;
            sink.frame(frame);
        }
    }
}
