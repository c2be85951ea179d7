package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.FaultInjector;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.Impairments;
import firstspike.driver.hostarq.OriginalHostStack;
import firstspike.driver.hostarq.OriginalHostStack.Outcome;
import firstspike.emulator.fpga.FpgaTotals;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chip vendor's own host software against the emulated FPGA (docs/behaviours). */
class OriginalHostStackTest {

    private static final long HOLD_NANOS = 3_000_000;
    private static final String TARGET = "emu:nominal?seed=7";

    private OriginalHostStack host;
    private FpgaServer fpga;

    @BeforeEach
    void start() {
        host = OriginalHostStack.orSkip();
        fpga = FpgaServer.start(
                TARGET, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), OptionalInt.empty(), 1);
    }

    @AfterEach
    void stop() {
        if (fpga != null) {
            fpga.close();
        }
    }

    @Test
    @DisplayName("W110 it opens, reports settings and information, and gets 1000 full frames echoed")
    void echo() throws Exception {
        Outcome outcome = host.echo(fpga.dataPort(), fpga.resetPort(), 1000, 180);

        assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
        assertThat(outcome.value("settings")).isEqualTo("256 128 180");
        assertThat(outcome.value("information"))
                .startsWith("version: 1\\ncompatible_until: 2\\n")
                .contains("target: \"" + TARGET + "\"");
        assertThat(outcome.value("echoed")).isEqualTo("1000");
    }

    @ParameterizedTest(name = "W111 with {0}")
    @MethodSource("impairments")
    void impaired(String name, Impairments impairments) throws Exception {
        HostArqAddress address = new HostArqAddress("127.0.0.1", fpga.dataPort(), fpga.resetPort());
        try (FaultInjector network = FaultInjector.before(address, impairments, 111)) {
            Outcome outcome = echo(network);
            // its opening sends one reset and one loopback frame and gives up after 400 ms: on a bad line it is tried
            // again
            for (int tries = 1; tries < 10 && outcome.exit() != 0 && openingFailed(outcome); tries++) {
                outcome = echo(network);
            }

            assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
            assertThat(outcome.value("echoed")).isEqualTo("500");
        }
    }

    private Outcome echo(FaultInjector network) throws IOException, InterruptedException {
        return host.echo(network.address().dataPort(), network.address().resetPort(), 500, 20);
    }

    private static boolean openingFailed(Outcome outcome) {
        return outcome.lines().stream()
                .anyMatch(line -> line.contains("no loopback packet response") || line.contains("reset timeout"));
    }

    static Stream<Arguments> impairments() {
        Impairments none = Impairments.none();
        return Stream.of(
                Arguments.of("5 % loss", none.withLoss(0.05)),
                Arguments.of("20 % duplication", none.withDuplication(0.2)),
                Arguments.of("30 % reordering", none.withReordering(0.3, HOLD_NANOS)),
                Arguments.of(
                        "all together", none.withLoss(0.05).withDuplication(0.2).withReordering(0.3, HOLD_NANOS)));
    }

    @Test
    @DisplayName("W112 its codec: reset, waits, 2000 ticks, one read, barrier, halt; all answered in order")
    void program() throws Exception {
        Outcome outcome = host.program(fpga.dataPort(), fpga.resetPort(), 2000);

        assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
        assertThat(outcome.value("ticks")).isEqualTo("2000");
        assertThat(outcome.value("answers")).isEqualTo("1");
        assertThat(outcome.value("halts")).isEqualTo("1");
        assertThat(outcome.value("order")).isEqualTo("kept");
        assertThat(fpga.totals().of(FpgaTotals.Count.PROGRAMS)).isOne();
    }

    @Test
    @DisplayName("W113 after it ends a new one opens at once, ten times in a row")
    void again() throws Exception {
        for (int i = 0; i < 10; i++) {
            Outcome outcome = host.echo(fpga.dataPort(), fpga.resetPort(), 20, 20);
            assertThat(outcome.exit()).as("opening %d: %s", i, outcome.lines()).isZero();
        }
    }

    @Test
    @DisplayName("W114 an endpoint that announces a window of 64 makes it end with its settings mismatch")
    void otherWindow() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket data = new DatagramSocket(0, loopback);
                DatagramSocket reset = new DatagramSocket(0, loopback)) {
            Thread answering = new Thread(() -> answerResets(reset, data), "endpoint with window 64");
            answering.setDaemon(true);
            answering.start();

            Outcome outcome = host.echo(data.getLocalPort(), reset.getLocalPort(), 1, 1);

            assertThat(outcome.exit()).isNotZero();
            assertThat(String.join("\n", outcome.lines()).toLowerCase(java.util.Locale.ROOT))
                    .contains("mismatch");
        }
    }

    /** Answers every reset frame with settings of which the second word, the window, is 64. */
    private static void answerResets(DatagramSocket reset, DatagramSocket data) {
        byte[] text = "version: 1\ncompatible_until: 2\n\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(12 + 8 * 4 + text.length);
        frame.putInt(255).putInt(0).putShort((short) 0x8002).putShort((short) (4 + text.length / 8));
        frame.putLong(256).putLong(64).putLong(180).putLong(text.length / 8).put(text);
        byte[] received = new byte[16];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(received, received.length);
                reset.receive(packet);
                data.send(new DatagramPacket(frame.array(), frame.position(), packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
