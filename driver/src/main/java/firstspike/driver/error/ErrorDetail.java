package firstspike.driver.error;

import java.util.Collections;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of an error, for programs and for people: thing, value, limit and remedy, in this order (errors.md 1).
 *
 * @param thing what is concerned, for example "weight of synapse (row 12, column 300)"
 * @param value the offending value as text
 * @param limit what was allowed
 * @param remedy what the caller can do
 * @param instructionIndex index of the instruction concerned, counted from 0 in the user's program
 * @param fields further facts by name, sorted
 */
public record ErrorDetail(
        String thing,
        String value,
        String limit,
        String remedy,
        OptionalLong instructionIndex,
        SortedMap<String, String> fields) {

    /** Name of the field that tells errors of one code apart, for example {@code ID_REUSED}. */
    public static final String REASON = "reason";

    /** Copies the fields and refuses nulls. */
    public ErrorDetail {
        Objects.requireNonNull(thing, "thing");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(instructionIndex, "instructionIndex");
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /**
     * A detail without an instruction.
     *
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     * @return the detail
     */
    public static ErrorDetail of(String thing, Object value, Object limit, String remedy) {
        return new ErrorDetail(
                thing, String.valueOf(value), String.valueOf(limit), remedy, OptionalLong.empty(), new TreeMap<>());
    }

    /**
     * The same detail with one more field.
     *
     * @param name of the field
     * @param fieldValue its value
     * @return a new detail
     */
    public ErrorDetail with(String name, Object fieldValue) {
        SortedMap<String, String> more = new TreeMap<>(fields);
        more.put(name, String.valueOf(fieldValue));
        return new ErrorDetail(thing, value, limit, remedy, instructionIndex, more);
    }

    /**
     * The same detail at an instruction.
     *
     * @param index counted from 0 in the user's program
     * @return a new detail
     */
    public ErrorDetail at(long index) {
        return new ErrorDetail(thing, value, limit, remedy, OptionalLong.of(index), fields);
    }

    /** One sentence: thing, value, limit, remedy. */
    public String message() {
        StringBuilder text = new StringBuilder(thing).append(": ").append(value);
        if (!limit.isEmpty()) {
            text.append(" (limit: ").append(limit).append(')');
        }
        if (instructionIndex.isPresent()) {
            text.append(" at instruction ").append(instructionIndex.getAsLong());
        }
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return text.toString();
    }
}
