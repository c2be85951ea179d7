package firstspike.experiments.config;

import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.ShortestDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a resolved experiment as YAML in block style, so that reading it gives the same values. */
final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Pattern RESERVED = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, Object> tree) {
        YamlText text = new YamlText();
        text.map(tree, 0);
        return text.out.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append("  ".repeat(depth)).append(scalar(entry.getKey())).append(':');
            below(entry.getValue(), depth);
        }
    }

    private void below(Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(map, depth + 1);
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            out.append('\n');
            for (Object item : list) {
                int from = out.length();
                map((Map<?, ?>) item, depth + 2);
                // an item begins with a dash where the indentation of its first key stood
                out.setCharAt(from + 2 * (depth + 1), '-');
            }
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double number) {
            return ShortestDecimal.of(number);
        }
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(YamlText::scalar).toList()) + "]";
        }
        if (value instanceof String text) {
            boolean plain =
                    PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches();
            return plain ? text : JsonText.compact(text);
        }
        return value.toString();
    }
}
