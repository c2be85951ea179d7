package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line that name files. */
class PathConverterTest {

    private final PathConverter converter = new PathConverter("ANSI_X3.4-1968");

    @Test
    @DisplayName("J07 a word is the path it names")
    void makesPaths() {
        assertThat(converter.convert("runs/a b")).isEqualTo(Path.of("runs", "a b"));
    }

    @Test
    @DisplayName("J07 letters outside the locale's character set are refused in a sentence without a Java name")
    void refusesForeignLetters() {
        assertThatThrownBy(() -> converter.convert("l\uFFFD\uFFFDufe/x"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("path l\uFFFD\uFFFDufe/x has letters that are not in the character set ANSI_X3.4-1968, in"
                        + " which Java names files here; rename the file, or set LC_ALL=C.UTF-8");
    }

    @Test
    @DisplayName("J07 a zero byte in a path is refused by its name")
    void refusesZeroBytes() {
        assertThatThrownBy(() -> converter.convert("a\0b"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("path a\\0b holds a zero byte, which no file's name can; leave it out");
    }
}
