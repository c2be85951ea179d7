package firstspike.experiments.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page that is written by a program and kept in the tree, so that it can be read where no site is built.
 *
 * @param path from the root of the repository
 */
public record GeneratedPage(String path) {

    /** Fails when the file is not this text; writes it first where the environment has {@code FIRSTSPIKE_WRITE_PAGES=true}. */
    public void holds(String text) {
        Path file = SourceTree.ROOT.resolve(path);
        if (Boolean.parseBoolean(System.getenv("FIRSTSPIKE_WRITE_PAGES"))) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(SourceTree.read(file))
                .as(
                        "%s is out of date; write it anew: FIRSTSPIKE_WRITE_PAGES=true mvn -pl experiments -am "
                                + "-Dtest='*Page*Test' -Dsurefire.failIfNoSpecifiedTests=false test",
                        path)
                .isEqualTo(text);
    }
}
