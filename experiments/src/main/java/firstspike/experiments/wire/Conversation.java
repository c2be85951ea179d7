package firstspike.experiments.wire;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;

/** One session between a host and an FPGA: two directions, each with its frames in order and its decoder. */
final class Conversation {

    private static final int WORDS_BEFORE_TEXT = 4;
    private static final int MOST_TEXT = 200;

    private final int number;
    private final Consumer<WireRecord> sink;
    private final WireTotals totals;
    private final Side to;
    private final Side from;
    private boolean answered;
    private long lastTime;

    /**
     * @param number counted from 1
     * @param fromReset whether the capture has its beginning; else it starts with the first frame of each direction
     */
    Conversation(int number, boolean fromReset, Consumer<WireRecord> sink, WireTotals totals) {
        this.number = number;
        this.sink = sink;
        this.totals = totals;
        int first = fromReset ? 0 : -1;
        to = new Side(Direction.TO, first, new InstructionLines(sink));
        from = new Side(Direction.FROM, first, new ResponseLines(sink));
        answered = !fromReset;
        if (!fromReset) {
            from.lines.gap();
        }
    }

    void datagram(Direction direction, byte[] payload, long time) {
        lastTime = time;
        Side mine = direction == Direction.TO ? to : from;
        Side other = direction == Direction.TO ? from : to;
        if (payload.length == Frame.SHORT_FRAME) {
            totals.acknowledgement(direction);
            if (answered) {
                other.order.acknowledged(Frame.number(payload, 0));
            }
            return;
        }
        Frame frame = Frame.of(payload, time);
        if (frame == null) {
            totals.malformed();
            remark(time, -1, Optional.of(direction), "malformed", payload.length + " bytes that are no frame");
            return;
        }
        if (direction == Direction.FROM && !answered) {
            if (frame.type() != Frame.CONFIGURATION) {
                // what an earlier session left: the host drops it too
                totals.beforeAnswer();
                return;
            }
            answered = true;
        }
        other.order.acknowledged(frame.ack());
        FrameOrder.Outcome outcome = mine.order.offer(frame);
        switch (outcome) {
            case IN_ORDER -> mine.again.clear(frame.sequence());
            case EARLY -> {
                mine.again.clear(frame.sequence());
                totals.reordered(direction);
                remark(
                        time,
                        frame.sequence(),
                        Optional.of(direction),
                        "reordered",
                        "frame " + frame.sequence() + " came early");
            }
            case REPEATED -> {
                totals.repeated(direction);
                if (!mine.again.get(frame.sequence())) {
                    mine.again.set(frame.sequence());
                    remark(
                            time,
                            frame.sequence(),
                            Optional.of(direction),
                            "repeated",
                            "frame " + frame.sequence() + " again");
                }
            }
        }
    }

    /** The capture ends, or the host resets the FPGA. */
    void finish() {
        to.finish();
        from.finish();
    }

    void remark(long time, int frame, Optional<Direction> direction, String kind, String text) {
        sink.accept(new WireRecord.Remark(new Place(time, number, frame), direction, kind, text));
    }

    private final class Side implements FrameOrder.Sink {

        private final Direction direction;
        private final FrameOrder order;
        private final WordLines lines;
        /** Frames whose repetition was said; their other copies are only counted. */
        private final BitSet again = new BitSet(FrameOrder.NUMBERS);

        Side(Direction direction, int first, WordLines lines) {
            this.direction = direction;
            this.lines = lines;
            order = new FrameOrder(this, first);
        }

        @Override
        public void frame(Frame frame) {
            totals.frame(direction, frame.words());
            if (frame.type() == Frame.UT_WORDS) {
                Place place = new Place(frame.timeNanos(), number, frame.sequence());
                for (int i = 0; i < frame.words(); i++) {
                    lines.word(frame.word(i), place);
                }
                return;
            }
            String text =
                    switch (frame.type()) {
                        case Frame.CONFIGURATION -> configuration(frame);
                        case Frame.LOOPBACK ->
                            "loopback frame " + (frame.words() == 1 ? String.format("0x%016x", frame.word(0)) : "");
                        case Frame.FLUSH -> "flush, the host closes";
                        default -> String.format("packet type 0x%04x, %d words", frame.type(), frame.words());
                    };
            remark(frame.timeNanos(), frame.sequence(), Optional.of(direction), "frame", text);
        }

        @Override
        public void missing(int first, int count) {
            totals.missing(direction, count);
            lines.gap();
            remark(
                    lastTime,
                    first,
                    Optional.of(direction),
                    "not_captured",
                    count + " frames from " + first + " on are not in the capture, though the other side has them");
        }

        void finish() {
            order.finish();
            lines.finish(new Place(lastTime, number, -1));
            totals.messages(direction, lines.messages(), lines.errors());
        }
    }

    private static String configuration(Frame frame) {
        if (frame.words() < WORDS_BEFORE_TEXT) {
            return "configuration answer of " + frame.words() + " words";
        }
        int from = Frame.HEADER + Long.BYTES * WORDS_BEFORE_TEXT;
        String text = new String(frame.payload(), from, frame.payload().length - from, StandardCharsets.UTF_8);
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(MOST_TEXT)
                .takeWhile(c -> c != 0)
                .forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return "configuration answer: sequence numbers " + frame.word(0) + ", window " + frame.word(1) + ", words "
                + frame.word(2) + "; " + plain;
    }
}
