package firstspike.driver.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.credential.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of tokens: what is written, what is read, what is refused. */
class TokenTableTest {

    private static final String HASH = "a".repeat(64);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("tokens");
    }

    @Test
    void findsTheLineOfATokenThatWasMade() throws IOException {
        Instant end = Instant.parse("2027-01-31T00:00:00Z");
        String first = NewToken.append(file, "ada", Role.USER, Optional.of(end));
        String second = NewToken.append(file, "op@lab", Role.OPERATOR, Optional.empty());

        TokenTable table = TokenTable.read(file);

        assertThat(first).matches("[0-9a-f]{64}").isNotEqualTo(second);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.find(first)).get().satisfies(entry -> {
            assertThat(entry.user()).isEqualTo("ada");
            assertThat(entry.role()).isEqualTo(Role.USER);
            assertThat(entry.expiry()).contains(end);
        });
        assertThat(table.find(second)).get().satisfies(entry -> {
            assertThat(entry.role()).isEqualTo(Role.OPERATOR);
            assertThat(entry.expiry()).isEmpty();
        });
        assertThat(table.find(first.replace('0', '1'))).isEmpty();
        assertThat(Files.readString(file)).doesNotContain(first, second).contains("ada user ", "2027-01-31T00:00:00Z");
    }

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        NewToken.append(file, "ada", Role.USER, Optional.empty());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLastLineWithoutEndDoesNotTakeTheNewOneIn() throws IOException {
        TestAuthority.writePrivately(file, "# people\nada user " + HASH + " never");

        String token = NewToken.append(file, "bob", Role.USER, Optional.empty());

        assertThat(TokenTable.read(file).size()).isEqualTo(2);
        assertThat(TokenTable.read(file).find(token))
                .get()
                .extracting(TokenEntry::user)
                .isEqualTo("bob");
    }

    @Test
    void commentsAndBlankLinesAreNothing() throws IOException {
        TestAuthority.writePrivately(
                file, "# all\r\n\r\n  \n ada  user\t" + HASH.toUpperCase(java.util.Locale.ROOT) + " never # her\r\n");

        assertThat(TokenTable.read(file).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void refusesAFileThatOthersMayTouch(String mode) throws IOException {
        TestAuthority.writePrivately(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> TokenTable.read(file))
                .hasMessageContaining(mode)
                .hasMessageContaining("0600");
        assertThatThrownBy(() -> NewToken.append(file, "ada", Role.USER, Optional.empty()))
                .hasMessageContaining(mode);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ada user HASH, 3 words",
        "ada user HASH never again, 5 words",
        "ad/a user HASH never, user name",
        "ada root HASH never, unknown role",
        "ada user abc never, hexadecimal",
        "ada user HASHa never, hexadecimal",
        "ada user HASH tomorrow, no time",
        "ada user HASH 2027-01-31, no time"
    })
    void saysWhichLineIsWrongAndNeverQuotesTheHash(String line, String why) throws IOException {
        TestAuthority.writePrivately(file, "# first\n" + line.replace("HASH", HASH) + "\n");

        assertThatThrownBy(() -> TokenTable.read(file))
                .hasMessageContaining("line 2")
                .hasMessageContaining(why)
                .hasMessageNotContaining("aaaa");
    }

    @Test
    void boundsItsSize() throws IOException {
        TestAuthority.writePrivately(file, ("ada user " + HASH + " never\n").repeat(4097));
        assertThatThrownBy(() -> TokenTable.read(file)).hasMessageContaining("limit: 4096");

        TestAuthority.writePrivately(file, "#".repeat(1 << 20) + "\n");
        assertThatThrownBy(() -> TokenTable.read(file)).hasMessageContaining("limit: 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "#a", "a/b"})
    void refusesNamesThatWouldBreakTheLine(String user) {
        assertThatThrownBy(() -> NewToken.append(file, user, Role.USER, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> TokenTable.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is not there");
    }
}
