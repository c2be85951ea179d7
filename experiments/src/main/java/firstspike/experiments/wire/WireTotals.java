package firstspike.experiments.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a listing saw; mutable, one owner thread. */
public final class WireTotals {

    private final long[] frames = new long[2];
    private final long[] words = new long[2];
    private final long[] messages = new long[2];
    private final long[] repeated = new long[2];
    private final long[] reordered = new long[2];
    private final long[] missing = new long[2];
    private final long[] acknowledgements = new long[2];
    private long sessions;
    private long malformed;
    private long foreign;
    private long early;
    private long errors;

    WireTotals() {}

    void session() {
        sessions++;
    }

    void frame(Direction direction, int count) {
        frames[direction.ordinal()]++;
        words[direction.ordinal()] += count;
    }

    void repeated(Direction direction) {
        repeated[direction.ordinal()]++;
    }

    void reordered(Direction direction) {
        reordered[direction.ordinal()]++;
    }

    void missing(Direction direction, int count) {
        missing[direction.ordinal()] += count;
    }

    void acknowledgement(Direction direction) {
        acknowledgements[direction.ordinal()]++;
    }

    void messages(Direction direction, long count, long wrong) {
        messages[direction.ordinal()] += count;
        errors += wrong;
    }

    void malformed() {
        malformed++;
    }

    void foreign() {
        foreign++;
    }

    void beforeAnswer() {
        early++;
    }

    /** Words or streams that were no messages. */
    public long errors() {
        return errors;
    }

    /** Instructions and responses. */
    public long messages() {
        return messages[0] + messages[1];
    }

    /** Frames that were there more than once. */
    public long repeated() {
        return repeated[0] + repeated[1];
    }

    /** Frames that one side had and the capture has not. */
    public long missing() {
        return missing[0] + missing[1];
    }

    /** All numbers by name, in a fixed order. */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sessions", sessions);
        for (Direction direction : Direction.values()) {
            Map<String, Object> side = new LinkedHashMap<>();
            int i = direction.ordinal();
            side.put("frames", frames[i]);
            side.put("words", words[i]);
            side.put("messages", messages[i]);
            side.put("repeated_frames", repeated[i]);
            side.put("reordered_frames", reordered[i]);
            side.put("frames_not_captured", missing[i]);
            side.put("acknowledgements", acknowledgements[i]);
            tree.put(direction == Direction.TO ? "to" : "from", side);
        }
        tree.put("malformed_datagrams", malformed);
        tree.put("other_datagrams", foreign);
        tree.put("frames_before_the_answer", early);
        tree.put("decode_errors", errors);
        return tree;
    }

    /** One line a direction, and one for the rest. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Direction direction : Direction.values()) {
            int i = direction.ordinal();
            text.append(String.format(
                    "# %-4s %d %s in %d frames (%d words), %d repeated, %d reordered, %d not captured, %d acks%n",
                    direction,
                    messages[i],
                    direction == Direction.TO ? "instructions" : "responses",
                    frames[i],
                    words[i],
                    repeated[i],
                    reordered[i],
                    missing[i],
                    acknowledgements[i]));
        }
        return text.append("# ")
                .append(sessions)
                .append(" sessions, ")
                .append(malformed)
                .append(" malformed datagrams, ")
                .append(foreign)
                .append(" of others, ")
                .append(errors)
                .append(" decode errors")
                .toString();
    }
}
