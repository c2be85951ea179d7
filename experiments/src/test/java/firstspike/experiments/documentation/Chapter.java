package firstspike.experiments.documentation;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One chapter of the specification: the text of each numbered section, and the whole of it. Immutable. */
final class Chapter {

    /** A heading, or a paragraph that begins with its number ({@code 4.6 **tau_syn**}). */
    private static final Pattern SECTION =
            Pattern.compile("^(?:#{2,4} (\\d+(?:\\.\\d+)*)\\.?(?= )|(\\d+\\.\\d+)(?= ))", Pattern.MULTILINE);

    private final Map<String, String> sections = new TreeMap<>();
    private final String text;

    Chapter(String text) {
        this.text = text;
        Matcher start = SECTION.matcher(text);
        String number = null;
        int from = 0;
        while (start.find()) {
            close(number, from, start.start());
            number = start.group(1) == null ? start.group(2) : start.group(1);
            from = start.start();
        }
        close(number, from, text.length());
    }

    private void close(String number, int from, int to) {
        if (number != null) {
            sections.merge(number, text.substring(from, to), String::concat);
        }
    }

    /** Whether the chapter has this section, or the section above it a list with such an item ({@code 11.2}). */
    boolean hasSection(String number) {
        int dot = number.lastIndexOf('.');
        return sections.containsKey(number) || dot > 0 && hasItem(number.substring(0, dot), number.substring(dot + 1));
    }

    /** Whether the list of a section, those of its sections included, has this item. */
    boolean hasItem(String section, String item) {
        Pattern line = Pattern.compile("(?:^| ·)\\s*" + item + "(?:\\.| ) *(?=\\S)", Pattern.MULTILINE);
        return sections.entrySet().stream()
                .filter(one -> one.getKey().equals(section) || one.getKey().startsWith(section + "."))
                .anyMatch(one -> line.matcher(one.getValue()).find());
    }

    /** Whether a behaviour or decision with this number ({@code W001}, {@code A-02}, {@code D 15}) stands in the chapter. */
    boolean hasNumber(String number) {
        String letter = number.replaceAll("[-\\d]+", "");
        String digits = number.substring(letter.length());
        return Pattern.compile("\\b" + letter + " ?" + Pattern.quote(digits) + "\\b")
                .matcher(text)
                .find();
    }
}
