package firstspike.experiments.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every numbered behaviour has a sentence in the specification and a test, and the list of them is of today. */
class BehavioursPageTest {

    private static final Map<String, String> TITLES = Map.of(
            "W",
            "the wire",
            "R",
            "registers",
            "T",
            "playback and the digital chip",
            "A",
            "the analog chip",
            "C",
            "calibration",
            "I",
            "learning in the loop",
            "J",
            "command line and files",
            "U",
            "journeys",
            "E",
            "several spikes a neuron",
            "P",
            "plasticity processors");

    private final Behaviours behaviours = new Behaviours(
            SourceTree.below(SourceTree.ROOT.resolve("docs/spec")),
            SourceTree.sources().stream()
                    .filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> !file.getParent().endsWith("documentation"))
                    .toList());

    @Test
    @DisplayName("every number of docs/behaviours has its sentence and a test class that carries it")
    void everyNumberHasSentenceAndTest() {
        List<Numbered> numbers = Numbered.all();

        assertThat(numbers).hasSizeGreaterThan(500).doesNotHaveDuplicates();
        assertThat(numbers)
                .filteredOn(number -> behaviours.sentence(number).isEmpty())
                .isEmpty();
        assertThat(numbers)
                .filteredOn(number -> behaviours.tests(number).isEmpty())
                .isEmpty();
    }

    @Test
    @DisplayName("a number that no chapter and no test knows has neither")
    void findsWhatIsMissing() {
        Numbered unknown = new Numbered("W999", "");

        assertThat(behaviours.sentence(unknown)).isEmpty();
        assertThat(behaviours.tests(unknown)).isEmpty();
    }

    @Test
    @DisplayName("docs/behaviours/list.md is today's list")
    void list() {
        StringBuilder page = new StringBuilder(
                "# List of numbered behaviours\n\nNumber, what it says in short, and the "
                        + "test classes whose display names begin with it. The whole sentence stands in the [specification](../spec/README.md).\n");
        String letter = "";
        for (Numbered number : Numbered.all()) {
            if (!number.letter().equals(letter)) {
                letter = number.letter();
                page.append("\n## ").append(letter).append(": ").append(TITLES.get(letter));
                page.append("\n\n| number | what | test |\n|---|---|---|\n");
            }
            page.append("| ").append(number.id()).append(" | ");
            page.append(behaviours.sentence(number).orElse("").replace("<", "&lt;"))
                    .append(" | ");
            page.append(String.join(", ", behaviours.tests(number)));
            page.append(number.mark().isEmpty() ? "" : " (" + number.mark() + ")")
                    .append(" |\n");
        }
        new GeneratedPage("docs/behaviours/list.md").holds(page.toString());
    }
}
