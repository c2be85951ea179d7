package firstspike.experiments.documentation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbered behaviours: their sentences in the specification and the test classes whose display names carry them. */
final class Behaviours {

    private static final String ONE = "(?:[WRT]\\d{3}|[ACEIP]-\\d{2}|[JU]\\d{1,2})";
    private static final Pattern NUMBER = Pattern.compile(ONE);
    /** Where a chapter states a behaviour: a list item, a table row, a paragraph, or a sentence of one. */
    private static final Pattern STATED = Pattern.compile(
            "(?:^(?:\\* |- |\\| )?(?:\\*\\*)?|(?<=[.;] ))(" + ONE + ")(?:\\*\\*)?(?=[ |*])(.*?)(?=(?:[.;] " + ONE
                    + " )|$)",
            Pattern.MULTILINE);

    private static final Pattern NAMED = Pattern.compile("\"((?:" + ONE + "[ ,]+)*" + ONE + ")\\b");
    private static final int LONGEST = 220;

    private final Map<String, String> sentences = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> tests = new TreeMap<>();

    Behaviours(List<Path> chapters, List<Path> testSources) {
        chapters.forEach(chapter -> state(SourceTree.read(chapter)));
        for (Path source : testSources) {
            String name = source.getFileName().toString().replace(".java", "");
            Matcher named = NAMED.matcher(SourceTree.read(source));
            while (named.find()) {
                NUMBER.matcher(named.group(1)).results().forEach(one -> tests.computeIfAbsent(
                                one.group(), number -> new TreeSet<>())
                        .add(name));
            }
        }
    }

    private void state(String chapter) {
        Matcher stated = STATED.matcher(chapter);
        while (stated.find()) {
            sentences.putIfAbsent(stated.group(1), sentence(stated.group(2)));
        }
    }

    /** What the specification says of a number, in one line. */
    Optional<String> sentence(Numbered number) {
        return Optional.ofNullable(sentences.get(number.id()));
    }

    /** Simple names of the test classes that carry a number. */
    List<String> tests(Numbered number) {
        return List.copyOf(tests.getOrDefault(number.id(), new TreeSet<>()));
    }

    private static String sentence(String text) {
        String line = text.replaceAll("^\\s*\\|\\s*[DEB]\\s*(?=\\|)", "")
                .replaceAll("\\s*\\|\\s*", " · ")
                .replaceAll("^[\\s·*]+|[\\s·]+$", "")
                .replace("**", "");
        return line.length() <= LONGEST ? line : line.substring(0, line.lastIndexOf(' ', LONGEST)) + " …";
    }
}
