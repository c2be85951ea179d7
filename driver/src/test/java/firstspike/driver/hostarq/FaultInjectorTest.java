package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.NoLeaks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bad network between a client and an endpoint. */
@ExtendWith(NoLeaks.class)
class FaultInjectorTest {

    private static final int WORDS = 180 * 30;
    private static final long MILLI = 1_000_000;

    private final Arrivals host = new Arrivals();
    private final Arrivals fpga = new Arrivals();
    private HostArqEndpoint endpoint;
    private HostArqAddress address;

    @BeforeEach
    void bind() {
        endpoint = HostArqEndpoint.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, OneClient.INFORMATION, fpga);
        address = new HostArqAddress("127.0.0.1", endpoint.dataPort(), endpoint.resetPort());
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    @DisplayName("what a bad network does is mended: every word once, in order, both ways")
    void mends() {
        Impairments bad = Impairments.none()
                .withLoss(0.05)
                .withDuplication(0.05)
                .withReordering(0.05, 2 * MILLI)
                .withDelay(0, MILLI);
        long[] down = Arrivals.sequence(WORDS, 5);
        long[] up = Arrivals.sequence(WORDS, 6);
        try (FaultInjector network = FaultInjector.before(address, bad, 11);
                HostArqClient client = Arrivals.open(network.address(), HostArqOptions.defaults(), host)) {
            client.send(Frames.WORDS, down, 0, down.length);
            fpga.sender().words(up, up.length);
            fpga.sender().flush();

            assertThat(Arrays.mismatch(fpga.await(down.length), down)).isEqualTo(-1);
            assertThat(Arrays.mismatch(host.await(up.length), up)).isEqualTo(-1);
            assertThat(network.toFpga().offered()).isPositive();
            assertThat(network.toHost().passed()).isPositive();
        }
    }

    @Test
    @DisplayName("a cut loses everything until it is mended; the session lives through it")
    void cuts() {
        try (FaultInjector network = FaultInjector.before(address, Impairments.none(), 12);
                HostArqClient client = Arrivals.open(network.address(), HostArqOptions.defaults(), host)) {
            network.cut();
            client.send(Frames.WORDS, new long[] {7}, 0, 1);
            Arrivals.until("resends", () -> client.counters().framesResent() > 3);
            assertThat(fpga.count()).isZero();
            assertThat(network.toFpga().lost()).isPositive();

            network.restore();

            assertThat(fpga.await(1)).containsExactly(7);
            assertThat(host.hasFailed()).isFalse();
        }
    }
}
