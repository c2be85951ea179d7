package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.UnixOperatingSystemMXBean;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client and endpoint of this product together over loopback. */
@ExtendWith(NoLeaks.class)
class HostArqEndpointTest {

    private static final HostArqOptions OPTIONS = HostArqOptions.defaults().withCongestionControl(false);
    private static final int SOME_WORDS = 180 * 40 + 7;

    private final Arrivals host = new Arrivals();
    private final Arrivals fpga = new Arrivals();
    private HostArqEndpoint endpoint;

    @BeforeEach
    void bind() {
        endpoint = HostArqEndpoint.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, OneClient.INFORMATION, fpga);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private HostArqAddress address() {
        return new HostArqAddress("127.0.0.1", endpoint.dataPort(), endpoint.resetPort());
    }

    @ParameterizedTest(name = "words travel both ways, once and in order; epoll allowed: {0}")
    @ValueSource(booleans = {true, false})
    void exchanges(boolean nativeTransport) {
        long[] down = Arrivals.sequence(SOME_WORDS, 1);
        long[] up = Arrivals.sequence(SOME_WORDS, 2);
        try (HostArqClient client = Arrivals.open(address(), OPTIONS.withNativeTransport(nativeTransport), host)) {
            client.send(Frames.WORDS, down, 0, down.length);
            // the last frame is partial: 100 us after its last word it leaves without a flush
            fpga.sender().words(up, up.length);

            assertThat(host.hasFailed()).isFalse();
            same(fpga.await(down.length), down);
            same(host.await(up.length), up);
            assertThat(client.counters().payloadWordsReceived()).isGreaterThanOrEqualTo(up.length);
        }
        assertThat(fpga.flushes()).isEqualTo(1);
    }

    @Test
    @DisplayName("W133 sessions come and go, each is told; threads and file handles do not grow")
    void manySessions() {
        Arrivals.open(address(), OPTIONS, host).close();
        long handles = openFileHandles();
        for (int i = 0; i < 100; i++) {
            Arrivals.open(address(), OPTIONS, new Arrivals()).close();
        }

        assertThat(fpga.sessions()).isGreaterThanOrEqualTo(101);
        Arrivals.until("the threads of all sessions ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("hostarq-127")));
        // classes that are loaded meanwhile may hold a few, sessions would hold hundreds
        assertThat(openFileHandles()).isLessThan(handles + 20);
    }

    private static long openFileHandles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    @Test
    @DisplayName("a handler without room holds the host back; with room again everything arrives")
    void holdsBack() {
        long[] words = Arrivals.sequence(SOME_WORDS, 3);
        try (HostArqClient client = Arrivals.open(address(), OPTIONS, host)) {
            fpga.busy(true);
            client.send(Frames.WORDS, words, 0, words.length);
            Arrivals.until("all frames wait", () -> endpoint.counters().payloadWordsReceived() >= words.length);
            assertThat(fpga.count()).isZero();

            fpga.busy(false);
            fpga.sender().resume();

            same(fpga.await(words.length), words);
        }
    }

    @Test
    @DisplayName("a listener without room holds the FPGA back; with room again everything arrives")
    void holdsFpgaBack() {
        long[] words = Arrivals.sequence(SOME_WORDS, 4);
        try (HostArqClient client = Arrivals.open(address(), OPTIONS, host)) {
            host.busy(true);
            fpga.sender().words(words, words.length);
            fpga.sender().flush();
            Arrivals.until("all frames wait", () -> client.counters().payloadWordsReceived() >= words.length);
            assertThat(host.count()).isZero();

            host.busy(false);
            client.resume();

            same(host.await(words.length), words);
        }
    }

    @Test
    @DisplayName("W107 datagrams of others and wrong resets are counted; the session goes on")
    void countsForeigners() throws Exception {
        try (HostArqClient client = Arrivals.open(address(), OPTIONS, host);
                DatagramSocket foreign = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            foreign.send(new DatagramPacket(new byte[20], 20, InetAddress.getLoopbackAddress(), endpoint.dataPort()));
            foreign.send(new DatagramPacket(new byte[4], 4, InetAddress.getLoopbackAddress(), endpoint.resetPort()));
            Arrivals.until("the foreign datagram", () -> endpoint.counters().foreignPeer() == 1);
            Arrivals.until("the wrong reset", () -> endpoint.counters().badReset() == 1);
            client.send(0x0001, new long[] {1}, 0, 1);
            client.send(Frames.WORDS, new long[] {5}, 0, 1);

            assertThat(fpga.await(1)).containsExactly(5);
            assertThat(endpoint.counters().unsupportedType()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("W108 another host's reset ends the sender of the session before; the last one works")
    void lastResetWins() throws Exception {
        try (HostArqClient client = Arrivals.open(address(), OPTIONS, host);
                DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            WordSender before = fpga.sender();
            int sessions = fpga.sessions();
            byte[] reset = Frames.reset();
            other.send(new DatagramPacket(reset, reset.length, InetAddress.getLoopbackAddress(), endpoint.resetPort()));
            Arrivals.until("the other's session", () -> fpga.sessions() > sessions);

            assertThatThrownBy(() -> before.words(new long[1], 1))
                    .asInstanceOf(type(WireException.class))
                    .returns(Code.CLOSED, WireException::code);
            assertThatThrownBy(before::flush).isInstanceOf(WireException.class);
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            other.setSoTimeout(20_000);
            other.receive(answer);
            assertThat(answer.getPort()).isEqualTo(endpoint.dataPort());
            assertThat(answer.getLength()).isEqualTo(76);
            assertThat(client.information().version()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a port that is taken is a typed error; a closed endpoint's sender gets CLOSED")
    void ends() {
        HostArqClient client = Arrivals.open(address(), OPTIONS, host);
        assertThatThrownBy(() -> HostArqEndpoint.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.dataPort()),
                        0,
                        OneClient.INFORMATION,
                        fpga))
                .asInstanceOf(type(WireException.class))
                .returns(Code.SOCKET, WireException::code);
        client.close();

        endpoint.close();
        endpoint.close();

        assertThatThrownBy(() -> fpga.sender().words(new long[1], 1))
                .asInstanceOf(type(WireException.class))
                .returns(Code.CLOSED, WireException::code);
    }

    /** Fails with the first difference, not with two long arrays. */
    private static void same(long[] actual, long[] expected) {
        assertThat(actual.length).as("words that arrived").isEqualTo(expected.length);
        assertThat(Arrays.mismatch(actual, expected))
                .as("first word that differs")
                .isEqualTo(-1);
    }
}
