package firstspike.experiments.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One setting of a sweep, run once for each seed.
 *
 * @param values what is shown of it: column to text, in the order of the columns; a column may be left out
 * @param sets what it changes in the experiment, as {@code key=value}
 * @param expected value of {@code test/accuracy} to show beside the measured one; empty when nobody said
 */
public record Condition(Map<String, String> values, List<String> sets, OptionalDouble expected) {

    /** Copies. */
    public Condition {
        values = new LinkedHashMap<>(values);
        sets = List.copyOf(sets);
    }

    /** Whether one of its values is so; {@code key=value} asks for one column only. */
    public boolean is(String wanted) {
        return values.entrySet().stream()
                .anyMatch(each ->
                        each.getValue().equals(wanted) || (each.getKey() + "=" + each.getValue()).equals(wanted));
    }
}
