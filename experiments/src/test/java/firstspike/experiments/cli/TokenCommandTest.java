package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {

    @TempDir
    Path folder;

    private Cli cli;
    private Path file;

    @BeforeEach
    void name() {
        cli = new Cli(folder);
        file = folder.resolve("tokens");
    }

    @Test
    void printsTheTokenOnceAndAppendsItsHash() throws IOException {
        Cli.Said said = make("--user", "ada", "--expires", "90d");

        assertThat(said.exit()).isZero();
        assertThat(said.out()).matches("[0-9a-f]{64}\\R");
        assertThat(said.err()).contains("ada (user)").doesNotContain(said.out().strip());
        assertThat(Files.readString(file))
                .matches("ada user [0-9a-f]{64} [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z\n")
                .doesNotContain(said.out().strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void jsonIsOneObject() {
        Cli.Said said = make("--user", "ada", "--role", "operator", "--expires", "never", "--json");

        assertThat(said.out())
                .startsWith(
                        "{\"schema\":\"firstspike.token/1\",\"user\":\"ada\",\"role\":\"operator\",\"expires\":\"never\"")
                .hasLineCount(1);
    }

    @Test
    void wrongCommandLines() {
        assertThat(make("--user", "a da").exit()).isEqualTo(2);
        assertThat(make("--user", "ada", "--role", "root").exit()).isEqualTo(2);
        assertThat(make("--user", "ada", "--expires", "0s").exit()).isEqualTo(2);
        assertThat(make("--user", "ada", "--expires", "soon").exit()).isEqualTo(2);
        assertThat(make().exit()).isEqualTo(2);
        assertThat(cli.run("token").exit()).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        Cli.Said said = make("--user", "ada");

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("chmod 600");
        assertThat(file).isEmptyFile();
    }

    @Test
    void serversRefuseWhatDoesNotGoTogether() {
        assertThat(cli.run("emulate", "--tls-cert", "c.pem").exit()).isEqualTo(2);
        assertThat(cli.run("emulate", "--tls-ca", "c.pem").exit()).isEqualTo(2);
        assertThat(cli.run("emulate", "--listen", "0.0.0.0:0").exit()).isEqualTo(2);
        assertThat(cli.run("emulate", "--fpga", "udp://127.0.0.1:0", "--token-file", "t")
                        .exit())
                .isEqualTo(2);
        Cli.Said missing = cli.run("emulate", "--listen", "127.0.0.1:0", "--token-file", file.toString());
        assertThat(missing.exit()).isEqualTo(6);
        assertThat(missing.err()).contains(file.toString(), "is not there").doesNotContain("at firstspike");
        assertThat(cli.run("targets", "grpcs://127.0.0.1:1?ca_file=" + file).exit())
                .isEqualTo(6);
    }

    private Cli.Said make(String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "token";
        all[1] = "new";
        System.arraycopy(options, 0, all, 2, options.length);
        all[all.length - 2] = "--file";
        all[all.length - 1] = file.toString();
        return cli.run(all);
    }
}
