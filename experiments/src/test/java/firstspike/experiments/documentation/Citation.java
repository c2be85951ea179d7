package firstspike.experiments.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a comment cites: a chapter and, where they follow, sections, numbers of behaviours and decisions, and items of a
 * section's list, as in {@code wire.md 12 to 16}, {@code playback.md 4.9, 12}, {@code wire.md 15 (D29)}, {@code inloop.md 13
 * step 3}.
 *
 * @param chapter file name, for example {@code playback.md}
 * @param sections numbers of sections
 * @param numbers behaviours and decisions, for example {@code J37}, {@code A-02}, {@code D29}
 * @param items numbers of list items and the section that each belongs to
 */
record Citation(String chapter, List<String> sections, List<String> numbers, Map<String, String> items) {

    /** A chapter's name; quoted names and paths are files of another kind, but for those in {@code spec/}. */
    private static final Pattern CHAPTER = Pattern.compile("(?<![\\w/\".-])(?:(?:docs/)?spec/)?([a-z_]+\\.md)\\b[`}]*");

    private static final String NUMBER = "[A-Z]-?\\d{1,3}(?![\\w.])";
    private static final String SECTION = "\\d{1,2}(?:\\.\\d{1,2})*";
    private static final Pattern FIRST = Pattern.compile("\\G,?(?: sections?| §§?| parts?)?,? ?(?:(?<section>" + SECTION
            + ")(?!\\w)|\\(?(?<number>" + NUMBER + ")\\)?)");
    private static final Pattern NEXT = Pattern.compile("\\G(?:(?:,? (?:and|to|or)|,|;)(?: section)? (?:(?<section>"
            + SECTION + ")(?![\\w%]| [A-Za-z°%–-])|(?<number>" + NUMBER + "))| \\((?<bracket>" + NUMBER
            + ")\\)|,? (?:item|step)s? (?<item>\\d+)(?:(?: and| to) (?<more>\\d+)(?!\\.\\d))?)");

    /** All citations of a source text, in order; a citation may go on in the next line of a comment. */
    static List<Citation> in(String source) {
        String text = source.replaceAll("\\s*\\R\\s*(?:\\*(?!/)|//|#|\"\\s*\\+\\s*\")?\\s*", " ");
        List<Citation> found = new ArrayList<>();
        Matcher name = CHAPTER.matcher(text);
        while (name.find()) {
            found.add(following(name.group(1), text, name.end()));
        }
        return found;
    }

    private static Citation following(String chapter, String text, int from) {
        Citation citation = new Citation(chapter, new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
        Matcher part = FIRST.matcher(text);
        if (!part.find(from)) {
            return citation;
        }
        citation.take(part.group("section"), part.group("number"));
        int end = part.end();
        for (part = NEXT.matcher(text); part.find(end); end = part.end()) {
            citation.take(part.group("section"), part.group("number"));
            citation.take(null, part.group("bracket"));
            citation.takeItem(part.group("item"));
            citation.takeItem(part.group("more"));
        }
        return citation;
    }

    private void take(String section, String number) {
        if (section != null) {
            sections.add(section);
        }
        if (number != null) {
            numbers.add(number);
        }
    }

    private void takeItem(String item) {
        if (item != null && !sections.isEmpty()) {
            items.put(item, sections.get(sections.size() - 1));
        }
    }
}
