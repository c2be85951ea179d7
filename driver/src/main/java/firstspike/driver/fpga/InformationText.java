package firstspike.driver.fpga;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The map {@code firstspike} in the information text of an emulated FPGA (wire.md 17). Read as lines of block YAML with plain
 * or quoted scalars, which is what endpoints write; anything else means that there is no such map.
 *
 * <pre>
 * version: 1
 * compatible_until: 2
 * firstspike:
 *   target: "emu:nominal?seed=0"
 *   chip_id: emu-nominal-0
 * </pre>
 */
final class InformationText {

    private static final Pattern BEGIN = Pattern.compile("firstspike:\\s*");
    private static final Pattern ENTRY = Pattern.compile("\\s+([A-Za-z_][A-Za-z0-9_]{0,63}):\\s*(\\S.{0,4095}|)");
    private static final int MOST_ENTRIES = 64;

    private InformationText() {}

    /**
     * @param text of the FPGA; not trusted
     * @return the scalars of the map by key, or empty when there is none that can be read
     */
    static Optional<SortedMap<String, String>> firstspike(String text) {
        SortedMap<String, String> entries = null;
        for (String line : text.split("\r?\n")) {
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            boolean indented = Character.isWhitespace(line.charAt(0));
            if (entries == null) {
                entries = BEGIN.matcher(line).matches() ? new TreeMap<>() : null;
            } else if (!indented) {
                break;
            } else if (!add(line, entries)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(entries).filter(found -> !found.isEmpty());
    }

    private static boolean add(String line, Map<String, String> entries) {
        Matcher entry = ENTRY.matcher(line);
        return entry.matches()
                && entries.size() < MOST_ENTRIES
                && entries.put(entry.group(1), scalar(entry.group(2).strip())) == null;
    }

    private static String scalar(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        if (quoted) {
            return text.substring(1, text.length() - 1);
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
