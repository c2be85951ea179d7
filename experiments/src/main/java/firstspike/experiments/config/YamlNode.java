package firstspike.experiments.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A node of a YAML document with its place, and the scalar rules of the YAML 1.2 core schema. A map's entries and a list's
 * items may be replaced by {@code --set} before the tree is read; one owner thread.
 */
final class YamlNode {

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");

    /** What a node holds. */
    enum Kind {
        SCALAR,
        MAP,
        LIST
    }

    /** A key with its place, and what stands behind it. */
    record Entry(YamlNode key, YamlNode value) {}

    private final Kind kind;
    private final String file;
    private final int line;
    private final int column;
    private final String text;
    private final boolean plain;
    private final Map<String, Entry> entries;
    private final List<YamlNode> items;

    private YamlNode(
            Kind kind,
            String file,
            int line,
            int column,
            String text,
            boolean plain,
            Map<String, Entry> entries,
            List<YamlNode> items) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.column = column;
        this.text = text;
        this.plain = plain;
        this.entries = entries;
        this.items = items;
    }

    static YamlNode scalar(String file, int line, int column, String text, boolean plain) {
        return new YamlNode(Kind.SCALAR, file, line, column, text, plain, Map.of(), List.of());
    }

    static YamlNode map(String file, int line, int column, Map<String, Entry> entries) {
        return new YamlNode(Kind.MAP, file, line, column, "", false, entries, List.of());
    }

    static YamlNode list(String file, int line, int column, List<YamlNode> items) {
        return new YamlNode(Kind.LIST, file, line, column, "", false, Map.of(), items);
    }

    /** An empty map at the same place. */
    YamlNode emptyMapHere() {
        return map(file, line, column, new LinkedHashMap<>());
    }

    Kind kind() {
        return kind;
    }

    String file() {
        return file;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** Text of a scalar. */
    String text() {
        return text;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    List<YamlNode> items() {
        return items;
    }

    /** The value as an error message shows it. */
    String shown() {
        return switch (kind) {
            case SCALAR -> plain ? text.isEmpty() ? "null" : text : "\"" + text + "\"";
            case MAP -> "a map of " + entries.size() + " keys";
            case LIST -> "a list of " + items.size() + " items";
        };
    }

    boolean isNull() {
        return kind == Kind.SCALAR && plain && NULL.matcher(text).matches();
    }

    boolean isTruth() {
        return kind == Kind.SCALAR && plain && TRUTH.matcher(text).matches();
    }

    boolean isInteger() {
        return kind == Kind.SCALAR && plain && INTEGER.matcher(text).matches() && !hasLeadingZero();
    }

    boolean isNumber() {
        return kind == Kind.SCALAR
                && plain
                && (INTEGER.matcher(text).matches() || NUMBER.matcher(text).matches())
                && !hasLeadingZero();
    }

    /** An integer such as 010: 8 for one reader of YAML and 10 for another, so nobody is asked to guess. */
    boolean hasLeadingZero() {
        return kind == Kind.SCALAR && plain && LEADING_ZERO.matcher(text).matches();
    }
}
