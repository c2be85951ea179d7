package firstspike.experiments.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.HostArqOptions;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.message.WireException;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import firstspike.emulator.FpgaServer;
import firstspike.experiments.cli.common.CommonOptions;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What emulate prints when it is ready and when it stopped. */
class EmulatedServersTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String TARGET = "emu:nominal?seed=7";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    @DisplayName("J35 the JSON of an FPGA on UDP has both ports once they accept; its totals count the session")
    void fpgaAlone() throws IOException {
        EmulatedServers servers =
                new EmulatedServers(LOOPBACK, Optional.empty(), Optional.of(fpga()), Optional.empty());
        try (servers) {
            servers.ready(console(true));
            JsonNode ready = line(0);
            assertThat(ready.get("schema").textValue()).isEqualTo("firstspike.server/1");
            assertThat(ready.has("port")).isFalse();
            assertThat(ready.at("/chips/0/id").textValue()).isEqualTo("emu-nominal-7");
            openSession(
                    ready.get("fpga_port").intValue(),
                    ready.get("fpga_reset_port").intValue());
        }
        servers.totals(console(true));

        assertThat(line(1).at("/fpga/sessions").longValue()).isOne();
        assertThat(line(1).at("/fpga/frames_received").longValue()).isPositive();
    }

    @Test
    @DisplayName(
            "U7 two chips of one server are in the ready line, which comes when the port accepts; totals at the end")
    void readyLineOfTwoChips() throws IOException {
        EmulatedServers servers = grpc("emu:varied?seed=7&chips=2");
        try (servers) {
            servers.ready(console(false));
            String line = out.toString(StandardCharsets.UTF_8).strip();
            assertThat(line)
                    .matches("serving 2 chips \\(emu-varied-7, emu-varied-8\\) on 127\\.0\\.0\\.1:\\d+,"
                            + " protocol firstspike\\.chip\\.v1, reflection on");
            try (Socket socket = new Socket(LOOPBACK, Integer.parseInt(line.replaceAll(".*:(\\d+),.*", "$1")))) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
        servers.totals(console(false));

        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow())
                .startsWith("0 sessions");
    }

    @Test
    @DisplayName(
            "J35 the JSON of a server on port 0 has its port; a client started on that line connects at the first try")
    void clientStartedOnTheReadyLine() throws IOException {
        EmulatedServers servers = grpc(TARGET);
        try (servers) {
            servers.ready(console(true));
            JsonNode ready = line(0);
            assertThat(ready.get("schema").textValue()).isEqualTo("firstspike.server/1");
            assertThat(ready.get("address").textValue()).isEqualTo("127.0.0.1");
            assertThat(ready.get("protocol").textValue()).isEqualTo("firstspike.chip.v1");
            assertThat(ready.at("/chips/0/id").textValue()).isEqualTo("emu-nominal-7");
            // less patience than the first pause between two attempts: one attempt
            LinkOptions once = LinkOptions.defaults().withPatience(Duration.ofMillis(50), Duration.ofMillis(50));
            try (Target target = Targets.installed()
                    .resolve("grpc://127.0.0.1:" + ready.get("port").intValue(), once)) {
                assertThat(((ChipTarget) target).chips()).hasSize(1);
            }
        }
    }

    private static EmulatedServers grpc(String target) throws IOException {
        return new EmulatedServers(
                LOOPBACK,
                Optional.of(ChipServer.start(
                        EmulatorSource.of(target), new InetSocketAddress(LOOPBACK, 0), ServerOptions.defaults())),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void bothServersAreNamedForPeople() throws IOException {
        EmulatedServers servers = new EmulatedServers(
                LOOPBACK,
                Optional.of(ChipServer.start(
                        EmulatorSource.of(TARGET), new InetSocketAddress(LOOPBACK, 0), ServerOptions.defaults())),
                Optional.of(fpga()),
                Optional.empty());
        try (servers) {
            servers.ready(console(false));
        }
        servers.totals(console(false));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("serving 1 chip (emu-nominal-7) on 127.0.0.1:"),
                        line -> assertThat(line)
                                .startsWith("FPGA with 1 chip (emu-nominal-7) on udp://127.0.0.1:")
                                .contains("?reset_port="),
                        line -> assertThat(line).startsWith("0 sessions"),
                        line -> assertThat(line).startsWith("FPGA: 0 sessions, 0 programs; 0 frames received"));
    }

    private static FpgaServer fpga() {
        return FpgaServer.start(TARGET, new InetSocketAddress(LOOPBACK, 0), OptionalInt.empty(), 1);
    }

    private static void openSession(int dataPort, int resetPort) {
        FrameListener ignoring = new FrameListener() {
            @Override
            public void frame(int packetType, long[] words, int count) {}

            @Override
            public void failed(WireException cause) {}
        };
        try (HostArqClient client = HostArqClient.open(
                new HostArqAddress("127.0.0.1", dataPort, resetPort), HostArqOptions.defaults(), ignoring)) {
            assertThat(client.information().text()).contains("emu-nominal-7");
        }
    }

    private JsonNode line(int index) throws IOException {
        return new ObjectMapper()
                .readTree(out.toString(StandardCharsets.UTF_8).lines().toList().get(index));
    }

    private Console console(boolean json) {
        CommonOptions options = new CommonOptions();
        options.json = json;
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Console(new Environment(stream, stream, Map.of(), false), options);
    }
}
