package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.NoLeaks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts and an FPGA's endpoint over sockets, with a bad network between them. */
@ExtendWith(NoLeaks.class)
class LineFaultsTest {

    private static final long HOLD_NANOS = 3_000_000;
    private static final Impairments REORDERING =
            Impairments.none().withDuplication(0.2).withReordering(0.3, HOLD_NANOS);
    private static final int FRAMES = 1_500;
    private static final int OPENINGS = 25;

    private final Arrivals fpga = new Arrivals();
    private final HostArqEndpoint endpoint = HostArqEndpoint.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, OneClient.INFORMATION, fpga);

    @AfterEach
    void close() {
        endpoint.close();
    }

    private HostArqAddress address() {
        return new HostArqAddress("127.0.0.1", endpoint.dataPort(), endpoint.resetPort());
    }

    @ParameterizedTest(name = "congestion control {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("a saturated line that loses, doubles and reorders: every word once and in order, both ways at a time")
    void saturated(boolean congestionControl) {
        long[] down = Arrivals.sequence(FRAMES * Frames.MAX_WORDS, 1);
        long[] up = Arrivals.sequence(FRAMES * Frames.MAX_WORDS, 2);
        Arrivals host = new Arrivals();
        HostArqOptions options = HostArqOptions.defaults().withCongestionControl(congestionControl);
        try (FaultInjector line = FaultInjector.before(address(), REORDERING.withLoss(0.05), 1);
                HostArqClient client = Arrivals.open(line.address(), options, host)) {
            Thread sender = new Thread(() -> fpga.sender().words(up, up.length));
            sender.start();
            client.send(Frames.WORDS, down, 0, down.length);
            assertThat(fpga.await(down.length)).isEqualTo(down);
            assertThat(host.await(up.length)).isEqualTo(up);
            assertThat(line.toFpga().lost()).isPositive();
        }
    }

    @Test
    @DisplayName("openings through one shared port, one after the other, with copies and reordering: all of them work")
    void sharedPort() {
        try (FaultInjector line = FaultInjector.sharedPort(address(), REORDERING, 2)) {
            for (int i = 0; i < OPENINGS; i++) {
                Arrivals host = new Arrivals();
                long[] words = LongStream.range(100L * i, 100L * i + 60).toArray();
                try (HostArqClient client = HostArqClient.open(line.address(), HostArqOptions.defaults(), host)) {
                    client.send(Frames.WORDS, words, 0, words.length);
                    assertThat(fpga.await(words.length)).isEqualTo(words);
                    fpga.sender().words(words, words.length);
                    assertThat(host.await(words.length)).isEqualTo(words);
                }
            }
        }
        assertThat(fpga.sessions()).isGreaterThanOrEqualTo(OPENINGS);
    }

    @Test
    @DisplayName("a line of 20 ms: after the first frames nothing is sent again that only is on its way")
    void longLine() {
        long[] words = Arrivals.sequence(FRAMES * Frames.MAX_WORDS, 3);
        HostArqOptions options = HostArqOptions.defaults().withCongestionControl(false);
        try (FaultInjector line =
                        FaultInjector.before(address(), Impairments.none().withDelay(10_000_000, 0), 3);
                HostArqClient client = Arrivals.open(line.address(), options, new Arrivals())) {
            client.send(Frames.WORDS, words, 0, words.length);
            assertThat(fpga.await(words.length)).isEqualTo(words);
            assertThat(client.counters().currentRtoUs()).isBetween(20_000L, 64_000L);
        }
    }

    @Test
    @DisplayName("a host that was not to be reached for a while gets everything")
    void unreachableForAWhile() {
        Arrivals host = new Arrivals();
        try (FaultInjector line = FaultInjector.before(address(), Impairments.none(), 4);
                HostArqClient client = Arrivals.open(line.address(), HostArqOptions.defaults(), host)) {
            long[] words = Arrivals.sequence(100 * Frames.MAX_WORDS, 4);
            line.cut();
            fpga.sender().words(words, words.length);
            long before = endpoint.counters().framesResent();
            Arrivals.until("the silence is noticed", () -> resent(before) >= 100);
            line.restore();
            assertThat(host.await(words.length)).isEqualTo(words);
            assertThat(client.counters().duplicates()).isLessThan(2 * 100);
        }
    }

    private long resent(long before) {
        return endpoint.counters().framesResent() - before;
    }
}
