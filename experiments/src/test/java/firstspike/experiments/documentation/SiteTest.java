package firstspike.experiments.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents make a site: every page has its place, every link and anchor leads somewhere, nothing comes from elsewhere. */
class SiteTest {

    private static final Pattern FETCHED =
            Pattern.compile("<(?:script|img|link rel=\"stylesheet\")[^>]*(?:src|href)=\"(?:https?:)?//");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("mkdocs build --strict has nothing to warn of, and no page fetches from a foreign host")
    void buildsStrictly() throws IOException, InterruptedException {
        assumeTrue(hasMkdocs(), "needs mkdocs with its theme material (Debian: mkdocs-material)");
        Path said = folder.resolve("said.txt");
        Path site = folder.resolve("site");

        int exit = new ProcessBuilder("mkdocs", "build", "--strict", "--quiet", "--site-dir", site.toString())
                .directory(SourceTree.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(exit).as(Files.readString(said)).isZero();
        assertThat(Files.readString(said)).doesNotContain("WARNING");
        try (Stream<Path> files = Files.walk(site)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(pages).hasSizeGreaterThan(40);
            assertThat(pages).filteredOn(page -> FETCHED.matcher(SourceTree.read(page)).find()).isEmpty();
        }
    }

    @Test
    @DisplayName("the README has at most 130 lines")
    void readmeIsShort() {
        assertThat(SourceTree.read(SourceTree.ROOT.resolve("README.md")).lines()).hasSizeBetween(40, 130);
    }

    private static boolean hasMkdocs() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import material, mkdocs")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
