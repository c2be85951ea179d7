package firstspike.experiments.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of shell lines in a page.
 *
 * @param page file that shows it
 * @param text the lines, continuations joined
 * @param notRun why no test runs it as it stands ({@code <!-- not run: reason -->} in the line above), empty when one does
 */
public record CommandBlock(Path page, String text, Optional<String> notRun) {

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- not run: ([^>]+) -->\\s*\\n)?```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S)");

    /** The blocks of the README and of every page of the documents, in their order. */
    public static List<CommandBlock> all() {
        List<Path> pages = new ArrayList<>(List.of(SourceTree.ROOT.resolve("README.md")));
        pages.addAll(SourceTree.below(SourceTree.ROOT.resolve("docs")).stream()
                .filter(page -> page.toString().endsWith(".md"))
                .toList());
        return pages.stream()
                .flatMap(page -> in(page, SourceTree.read(page)).stream())
                .toList();
    }

    /** The blocks of a page. */
    static List<CommandBlock> in(Path page, String markdown) {
        List<CommandBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        while (block.find()) {
            blocks.add(new CommandBlock(
                    SourceTree.ROOT.relativize(page),
                    block.group(2).replaceAll("\\\\\\n\\s*", " "),
                    Optional.ofNullable(block.group(1)).map(String::strip)));
        }
        return blocks;
    }

    /** Lines that start this program, without what a shell does around them. */
    public List<String> commands() {
        return text.lines()
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .filter(line -> line.matches("(?:\\./)?firstspike( .*)?"))
                .map(line -> line.replaceFirst("^\\./", "").replaceFirst("\\s*(?:&|\\|\\| .*|>+\\s*\\S+)$", ""))
                .toList();
    }

    /** The words of a line as a shell divides it; quotes hold words together. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        Matcher part = WORD.matcher(line);
        int end = 0;
        while (part.find()) {
            if (word != null && part.start() > end) {
                words.add(word.toString());
                word = null;
            }
            word = word == null ? new StringBuilder() : word;
            for (int group = 1; group <= 3; group++) {
                word.append(part.group(group) == null ? "" : part.group(group));
            }
            end = part.end();
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
