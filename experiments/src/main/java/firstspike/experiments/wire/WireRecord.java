package firstspike.experiments.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One line of a listing. */
public sealed interface WireRecord {

    /** Schema of the JSON form. */
    String SCHEMA = "firstspike.wire/1";

    /** The line for people. Remarks begin with {@code #}. */
    String text();

    /** The object for programs. */
    Map<String, Object> json();

    /** The direction it belongs to; empty when to both. */
    Optional<Direction> of();

    /**
     * An instruction or a response.
     *
     * @param place in the capture
     * @param direction it travelled
     * @param program counted from 0, by halts, within the session and direction
     * @param index counted from 0 within the program
     * @param tick instructions: timer value at issue; responses: FPGA time; -1 when unknown
     * @param name of the message as wire.md writes it
     * @param line index, tick and content for people
     * @param fields of the message
     */
    record Message(
            Place place,
            Direction direction,
            long program,
            long index,
            long tick,
            String name,
            String line,
            Map<String, Object> fields)
            implements WireRecord {

        @Override
        public String text() {
            return place.isKnown()
                    ? String.format(
                            Locale.ROOT, "%12.6f %-4s %3d %s", place.timeNanos() * 1e-9, direction, place.frame(), line)
                    : line;
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> tree = tree("message", place);
            tree.put("direction", direction.name().toLowerCase(Locale.ROOT));
            tree.put("program", program);
            tree.put("index", index);
            tree.put("tick", tick < 0 ? null : tick);
            tree.put("name", name);
            tree.putAll(fields);
            return tree;
        }

        @Override
        public Optional<Direction> of() {
            return Optional.of(direction);
        }
    }

    /**
     * A remark: a session begins, a frame was repeated, something is wrong.
     *
     * @param place in the capture
     * @param of direction, empty when both
     * @param kind machine-readable
     * @param remark for people
     */
    record Remark(Place place, Optional<Direction> of, String kind, String remark) implements WireRecord {

        @Override
        public String text() {
            return place.isKnown()
                    ? String.format(
                            Locale.ROOT,
                            "# %10.6f %-4s %s",
                            place.timeNanos() * 1e-9,
                            of.map(Direction::name).orElse(""),
                            remark)
                    : "# " + remark;
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> tree = tree("remark", place);
            tree.put(
                    "direction",
                    of.map(way -> way.name().toLowerCase(Locale.ROOT)).orElse(null));
            tree.put("kind", kind);
            tree.put("text", remark);
            return tree;
        }
    }

    private static Map<String, Object> tree(String record, Place place) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("record", record);
        if (place.isKnown()) {
            tree.put("session", place.session());
            tree.put("time_s", place.timeNanos() * 1e-9);
            if (place.frame() >= 0) {
                tree.put("frame", place.frame());
            }
        }
        return tree;
    }
}
