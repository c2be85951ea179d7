package firstspike.experiments.documentation;

import java.util.List;

/**
 * A line of {@code docs/behaviours/numbers.txt}.
 *
 * @param id number, for example {@code W001}
 * @param mark {@code acceptance}, {@code original-stack}, or empty
 */
record Numbered(String id, String mark) {

    /** Every behaviour that tests show, in the order of the file. */
    static List<Numbered> all() {
        return SourceTree.read(SourceTree.ROOT.resolve("docs/behaviours/numbers.txt"))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" "))
                .map(part -> new Numbered(part[0], part.length > 1 ? part[1] : ""))
                .toList();
    }

    /** The chapter's letter. */
    String letter() {
        return id.substring(0, 1);
    }
}
