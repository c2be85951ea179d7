package firstspike.experiments.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonClientTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("J39 a Python client with nothing but server reflection reads the spikes that the Java client reads")
    void reflection() throws IOException, InterruptedException {
        PythonClient python = client();
        try (ChipServer server = server()) {
            assertThat(python.run("reflection.py", server.port(), folder.resolve("spikes.csv")))
                    .isEqualTo(java(python, server))
                    .hasSizeGreaterThan(100);
        }
    }

    @Test
    @DisplayName("J39 U20 a Python client generated from the proto files reads the spikes that the Java client reads")
    void generated() throws IOException, InterruptedException {
        PythonClient python = client();
        assumeTrue(python.generates(), "neither grpcio-tools nor protoc is there: the generated client was not tried");
        try (ChipServer server = server()) {
            assertThat(python.run("generated.py", server.port(), folder.resolve("spikes.csv")))
                    .isEqualTo(java(python, server))
                    .hasSizeGreaterThan(100);
        }
    }

    private static PythonClient client() throws IOException, InterruptedException {
        Optional<PythonClient> found = PythonClient.find(Path.of(System.getProperty("firstspike.root", "..")));
        assumeTrue(found.isPresent(), PythonClient.SKIPPED);
        return found.get();
    }

    private static ChipServer server() throws IOException {
        return ChipServer.start(
                EmulatorSource.of("emu:nominal?seed=1"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults());
    }

    private static List<String> java(PythonClient python, ChipServer server) throws IOException {
        return PythonClient.java(
                server.port(),
                PythonClient.read(python.program("setup.txt")),
                PythonClient.read(python.program("background.txt")));
    }
}
