package firstspike.experiments.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on the final result, such as {@code test/accuracy >= 0.95}.
 *
 * @param metric name in the result
 * @param operator one of &lt; &lt;= == != &gt;= &gt;
 * @param value to compare with
 * @param text as written
 */
public record Requirement(String metric, String operator, double value, String text) {

    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-z][a-z0-9_]*(?:[/.][a-z0-9_]+)*)\\s*(<=|>=|==|!=|<|>)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*");

    /**
     * @param text such as {@code test/accuracy >= 0.95}
     * @return the condition, empty when the text is none
     */
    public static Optional<Requirement> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Requirement(parts.group(1), parts.group(2), Double.parseDouble(parts.group(3)), text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * @param result metrics by name
     * @return whether it holds; a metric that is not there, or not a number, does not
     */
    public boolean holds(Map<String, ? extends Number> result) {
        Number number = result.get(metric);
        if (number == null || Double.isNaN(number.doubleValue())) {
            return false;
        }
        double actual = number.doubleValue();
        return switch (operator) {
            case "<" -> actual < value;
            case "<=" -> actual <= value;
            case "==" -> actual == value;
            case "!=" -> actual != value;
            case ">=" -> actual >= value;
            default -> actual > value;
        };
    }
}
