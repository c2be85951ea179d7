package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.message.WireException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions allocate nothing per frame: what they need is there from the beginning. */
class SessionAllocationTest {

    private static final int FRAMES = 20_000;
    private static final SocketAddress HOST = InetSocketAddress.createUnresolved("host", 1);

    private final ByteBuffer[] toFpga = ring();
    private final ByteBuffer[] toHost = ring();
    private int toFpgaHead;
    private int toFpgaTail;
    private int toHostHead;
    private int toHostTail;
    private long received;
    private boolean open;

    private static ByteBuffer[] ring() {
        ByteBuffer[] ring = new ByteBuffer[1024];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = ByteBuffer.allocateDirect(Frames.MAX_BYTES);
        }
        return ring;
    }

    @Test
    void nothingPerFrame() {
        ClientSession[] client = new ClientSession[1];
        EndpointSession endpoint = new EndpointSession(
                OneClient.INFORMATION,
                (to, bytes, from, length) -> toHost[toHostTail++ & 1023]
                        .clear()
                        .put(bytes, from, length)
                        .flip(),
                new CountingEndpoint());
        client[0] = new ClientSession(SessionSettings.of("fpga", false), new DirectPort(client), new Ignoring(), 5);
        client[0].open();
        endpoint.reset(HOST, Datagrams.reset(), 0);
        long[] words = new long[Frames.MAX_WORDS];
        pump(client[0], endpoint, words, FRAMES);

        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long already = received;
        pump(client[0], endpoint, words, FRAMES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(received - already).isEqualTo((long) FRAMES * Frames.MAX_WORDS);
        assertThat(allocated / FRAMES).as("bytes per frame of %d", allocated).isZero();
    }

    private void pump(ClientSession client, EndpointSession endpoint, long[] words, int frames) {
        int offered = 0;
        long end = received + (long) frames * Frames.MAX_WORDS;
        for (long now = 0; received < end; now += 50_000) {
            while (open && offered < frames && client.offer(Frames.WORDS, words, 0, words.length)) {
                offered++;
            }
            client.tick(now);
            endpoint.tick(now);
            while (toFpgaHead < toFpgaTail) {
                endpoint.datagram(HOST, toFpga[toFpgaHead++ & 1023], now);
                endpoint.deliver(1);
                endpoint.pump(now);
            }
            while (toHostHead < toHostTail) {
                client.datagram(1, toHost[toHostHead++ & 1023], now);
                client.deliver(1);
            }
        }
    }

    private final class DirectPort implements ClientPort {
        private final ClientSession[] client;

        DirectPort(ClientSession[] client) {
            this.client = client;
        }

        @Override
        public void open(int attempt) {
            client[0].socketReady(attempt, 0);
        }

        @Override
        public void reset(byte[] bytes, int length) {}

        @Override
        public void datagram(byte[] bytes, int from, int length) {
            toFpga[toFpgaTail++ & 1023].clear().put(bytes, from, length).flip();
        }
    }

    private final class Ignoring implements ClientEvents {

        @Override
        public void frame(int packetType, long[] words, int count) {}

        @Override
        public void opened(BitfileInformation information) {
            open = true;
        }

        @Override
        public void failed(WireException cause) {
            throw cause;
        }

        @Override
        public void closed(Optional<WireException> warning) {}
    }

    private final class CountingEndpoint implements EndpointEvents {

        @Override
        public void sessionStarted(int session) {}

        @Override
        public void words(long[] words, int count) {
            received += count;
        }

        @Override
        public void flushRequested() {}

        @Override
        public void stopped(WireException cause) {
            throw cause;
        }
    }
}
