package firstspike.runtime.recording;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON text of a tree of maps, lists, texts, numbers, truth values and null, in the order of the maps. Numbers are written
 * by the rules of formats.md 1: doubles shortest, infinity as the text {@code "inf"}, not-a-number as null.
 */
public final class JsonText {

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonText(boolean pretty) {
        this.pretty = pretty;
    }

    /**
     * @param tree values as above
     * @return one line without blanks
     */
    public static String compact(Object tree) {
        JsonText text = new JsonText(false);
        text.value(tree, 0);
        return text.out.toString();
    }

    /**
     * @param tree values as above
     * @return indented by two blanks, ended by a line feed
     */
    public static String pretty(Object tree) {
        JsonText text = new JsonText(true);
        text.value(tree, 0);
        return text.out.append('\n').toString();
    }

    private void value(Object value, int depth) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof List<?> list) {
            array(list, depth);
        } else if (value instanceof Double number) {
            number(number);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence || value instanceof Enum<?>) {
            quoted(value.toString());
        } else {
            throw new IllegalArgumentException(
                    "JSON value of type " + value.getClass().getName()
                            + " (limit: map, list, text, number, truth value, null); convert it first");
        }
    }

    private void number(double number) {
        if (Double.isNaN(number)) {
            out.append("null");
        } else if (Double.isInfinite(number)) {
            out.append(number > 0 ? "\"inf\"" : "\"-inf\"");
        } else {
            out.append(ShortestDecimal.of(number));
        }
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(depth + 1);
            quoted(String.valueOf(entry.getKey()));
            out.append(pretty ? ": " : ":");
            value(entry.getValue(), depth + 1);
            if (entries.hasNext()) {
                out.append(',');
            }
        }
        if (!map.isEmpty()) {
            newLine(depth);
        }
        out.append('}');
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        boolean flat = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(pretty && flat ? ", " : ",");
            }
            if (!flat) {
                newLine(depth + 1);
            }
            value(list.get(i), depth + 1);
        }
        if (!flat) {
            newLine(depth);
        }
        out.append(']');
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !paired(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
