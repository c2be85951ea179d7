package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrintableNameTest {

    @Test
    @DisplayName("names are printed characters with blanks inside, and not long")
    void names() {
        for (String good : new String[] {"lab", "a b", "x-1_ü/ä+", "\u4e2d"}) {
            assertThat(PrintableName.isOne(good, 64)).as(good).isTrue();
        }
        for (String bad : new String[] {
            "", " a", "a ", "a  b", "a\nb", "a\u001b[31m", "a\u0000", "a\u200eb", "a\u202eb", "a\tb", "x".repeat(65)
        }) {
            assertThat(PrintableName.isOne(bad, 64)).as(bad).isFalse();
        }
    }
}
