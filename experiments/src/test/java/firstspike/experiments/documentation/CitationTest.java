package firstspike.experiments.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every citation of the specification in sources, tests and the specification itself names what is there. */
class CitationTest {

    private static final Path SPEC = SourceTree.ROOT.resolve("docs/spec");

    private final Specification specification = new Specification(SPEC);

    @Test
    @DisplayName("every citation in main and test sources has its chapter, section, item and number")
    void sourcesCiteWhatIsThere() {
        List<Path> sources = SourceTree.sources();

        assertThat(citations(sources)).isGreaterThan(700);
        assertThat(broken(sources)).isEmpty();
    }

    @Test
    @DisplayName("chapters cite each other rightly")
    void chaptersCiteWhatIsThere() {
        List<Path> chapters = SourceTree.below(SPEC);

        assertThat(citations(chapters)).isGreaterThan(150);
        assertThat(broken(chapters)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is found broken: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/** See nothing.md 3. */ | nothing.md is no chapter of the specification",
                "/** Rule of playback.md 99. */ | playback.md has no section 99",
                "/** Rule of playback.md 4.9 and 4.99. */ | playback.md has no section 4.99",
                "/** Source: {@code spec/wire.md} 12, 77. */ | wire.md has no section 77",
                "/** As {@code inloop.md} section 3.9 has it. */ | inloop.md has no section 3.9",
                "/** The lateness rule (wire.md 15, D99). */ | wire.md has no D99",
                "/** The lateness rule (wire.md 15 (D99)). */ | wire.md has no D99",
                "/** Copies are refused (wire.md W999). */ | wire.md has no W999",
                "/** Pruning (journeys.md U99). */ | journeys.md has no U99",
                "/** One step of it (inloop.md 13 step 42). */ | inloop.md 13 has no item 42",
                "/** Goes on in the next line (registers.md§ 88.1). */ | registers.md has no section 88.1",
            })
    void findsWhatIsBroken(String source, String sentence) {
        assertThat(specification.broken(source.replace("§ ", "\n     * "))).containsExactly(sentence);
    }

    @ParameterizedTest(name = "{0} holds")
    @CsvSource(
            delimiter = '|',
            value = {
                "/** Host side (wire.md 12 to 16, D15). */",
                "/** Numbers of wire.md 18, 20. */",
                "/** By the law of calibration.md 4.6, from 5 samples on. */",
                "/** A draw (analog.md 13 items 1 and 3) or a program (inloop.md 13 step 4). */",
                "/** {@code inloop.md} sections 3 and 4, {@code formats.md} 11.2. */",
                "/** A file of another kind: docs/how-to/bring-mnist.md, mkdocs-x.md and \"table.md\". */",
            })
    void leavesAloneWhatHolds(String source) {
        assertThat(specification.broken(source)).isEmpty();
    }

    private static int citations(List<Path> files) {
        return files.stream()
                .mapToInt(file -> Citation.in(SourceTree.read(file)).size())
                .sum();
    }

    private List<String> broken(List<Path> files) {
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            if (file.endsWith("CitationTest.java") || file.endsWith("Citation.java")) {
                continue; // breaks them on purpose
            }
            specification
                    .broken(SourceTree.read(file))
                    .forEach(sentence -> broken.add(SourceTree.ROOT.relativize(file) + ": " + sentence));
        }
        return broken;
    }
}
