package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeCommandTest {

    @TempDir
    private Path folder;

    private Cli.Said run(String... args) {
        return new Cli(folder.resolve("runs")).run(args);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:99999, 127.0.0.1:0, W66F3, 99999",
        "127.0.0.1?congestion=maybe, 127.0.0.1:0, W66F3, congestion",
        "127.0.0.1?wet=true, 127.0.0.1:0, W66F3, wet",
        "127.0.0.1:1234, 0.0.0.0:0, W66F3, --insecure",
        "127.0.0.1:1234, nowhere, W66F3, --listen",
        "127.0.0.1:1234, 127.0.0.1:0, ../x, --chip-id"
    })
    void aWrongAddressOrNameIsAWrongCommandLine(String fpga, String listen, String chipId, String named) {
        Cli.Said said = run("bridge", "--fpga", fpga, "--listen", listen, "--chip-id", chipId);

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains(named);
    }

    @Test
    void withoutAnFpgaThereIsNoBridge() {
        Cli.Said said = run("bridge", "--listen", "127.0.0.1:0");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--fpga");
    }

    @Test
    void aCaptureThatIsThereIsKept() throws IOException {
        Path capture = Files.writeString(folder.resolve("link.pcap"), "precious");

        Cli.Said said =
                run("bridge", "--fpga", "127.0.0.1:1", "--listen", "127.0.0.1:0", "--capture", capture.toString());

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("--force");
        assertThat(capture).hasContent("precious");
    }
}
