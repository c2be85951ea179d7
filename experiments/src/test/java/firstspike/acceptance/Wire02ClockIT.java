package firstspike.acceptance;

import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.HostArqEndpoint;
import firstspike.driver.hostarq.HostArqOptions;
import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Behaviours of HostARQ about time, on the wall clock, against an FPGA of two bare sockets. */
@Tag("acceptance")
class Wire02ClockIT {

    private static final String INFORMATION = "version: 1\ncompatible_until: 2\n";
    private static final HostArqOptions OPTIONS = HostArqOptions.defaults().withCongestionControl(false);
    private static final double MILLI = 1e-6;
    private static final int LOOPBACK = 0x8001;
    private static final int CONFIGURATION = 0x8002;

    @Test
    @DisplayName("W062 no answer: RESET_TIMEOUT after three attempts, 6.0 to 7.0 s, each from another port")
    void resetTimeout() throws Exception {
        try (DatagramSocket data = socket();
                DatagramSocket reset = socket()) {
            long start = System.nanoTime();
            WireException error = failure(() -> HostArqClient.open(address(data, reset), OPTIONS, new WordPeer(0, 0)));
            double millis = (System.nanoTime() - start) * MILLI;
            Set<SocketAddress> ports = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                ports.add(receive(reset).getSocketAddress());
            }
            row(
                    "W062",
                    "6000 to 7000 ms",
                    millis,
                    error.code() == Code.RESET_TIMEOUT
                            && within(millis, 6000, 7000)
                            && ports.size() == 3
                            && error.getMessage().contains(String.valueOf(data.getLocalPort()))
                            && error.getMessage().contains(String.valueOf(reset.getLocalPort())));
        }
    }

    @Test
    @DisplayName("W068 no loopback answer: LOOPBACK_TIMEOUT after 400 to 700 ms")
    void loopbackTimeout() throws Exception {
        try (DatagramSocket data = socket();
                DatagramSocket reset = socket()) {
            CompletableFuture<WireException> failing = new CompletableFuture<>();
            Thread opening = new Thread(() -> failing.complete(
                    failure(() -> HostArqClient.open(address(data, reset), OPTIONS, new WordPeer(0, 0)))));
            opening.start();
            SocketAddress host = receive(reset).getSocketAddress();
            send(data, host, configuration());
            long start = System.nanoTime();
            Code code = failing.get(10, TimeUnit.SECONDS).code();
            double millis = (System.nanoTime() - start) * MILLI;
            row("W068", "400 to 700 ms", millis, code == Code.LOOPBACK_TIMEOUT && within(millis, 400, 700));
        }
    }

    @Test
    @DisplayName("W069 a pair without impairment opens in at most 250 ms")
    void opensQuickly() {
        try (HostArqEndpoint endpoint = HostArqEndpoint.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, INFORMATION, new WordPeer(0, 0))) {
            HostArqAddress address = new HostArqAddress("127.0.0.1", endpoint.dataPort(), endpoint.resetPort());
            // the first one loads the classes
            HostArqClient.open(address, OPTIONS, new WordPeer(0, 0)).close();
            double[] millis = new double[20];
            for (int i = 0; i < millis.length; i++) {
                long start = System.nanoTime();
                HostArqClient client = HostArqClient.open(address, OPTIONS, new WordPeer(0, 0));
                millis[i] = (System.nanoTime() - start) * MILLI;
                client.close();
            }
            Arrays.sort(millis);
            row("W069", "at most 250 ms", millis[millis.length / 2], millis[millis.length / 2] <= 250);
        }
    }

    @Test
    @DisplayName("W082 first resend 756 us to 2.8 ms after the first transmission, the k-th not before k times 756 us")
    void resends() throws Exception {
        double best = Double.MAX_VALUE;
        boolean never = true;
        for (int trial = 0; trial < 10; trial++) {
            long[] times = new long[64];
            int[] count = {0};
            try (BareSession session = new BareSession(OPTIONS.withTap((from, to, payload) -> {
                if (payload.remaining() == 20
                        && payload.getShort(payload.position() + 8) == WordPeer.UT_WORDS
                        && count[0] < times.length) {
                    times[count[0]++] = System.nanoTime();
                }
            }))) {
                session.client.send(WordPeer.UT_WORDS, new long[1], 0, 1);
                await(() -> session.client.counters().framesResent() >= 10);
            }
            for (int k = 1; k < 10; k++) {
                // the tap sees a datagram a little after the session took its time
                never &= times[k] - times[0] >= k * 756_000L - 50_000;
            }
            best = Math.min(best, (times[1] - times[0]) * MILLI);
        }
        row("W082", "756 us to 2.8 ms", best, never && best <= 2.8);
    }

    @Test
    @DisplayName("W086 W088 a silent FPGA: MAX_RESENDS between 5 and 11 s, a blocked sender ends within 100 ms of it")
    void maxResends() throws Exception {
        try (BareSession session = new BareSession(OPTIONS)) {
            CompletableFuture<Long> blocked = new CompletableFuture<>();
            long start = System.nanoTime();
            Thread sender = new Thread(() -> {
                failure(() -> session.client.send(WordPeer.UT_WORDS, new long[180 * 600], 0, 180 * 600));
                blocked.complete(System.nanoTime());
            });
            sender.start();
            WireException error = session.listener.failure(20);
            long died = System.nanoTime();
            double millis = (died - start) * MILLI;
            double later = (blocked.get(1, TimeUnit.SECONDS) - died) * MILLI;
            row(
                    "W086 W088",
                    "5000 to 11000 ms, senders end within 100 ms",
                    millis,
                    error.code() == Code.MAX_RESENDS && within(millis, 5000, 11000) && later < 100);
        }
    }

    @Test
    @DisplayName("W093 the last frame of a burst is acknowledged within 500 us + 2 ms")
    void acknowledges() throws Exception {
        double[] millis = new double[50];
        try (BareSession session = new BareSession(OPTIONS)) {
            int seq = 2;
            for (int i = 0; i < millis.length; i++) {
                for (int k = 0; k < 10; k++, seq = seq + 1 & 255) {
                    send(session.data, session.host, frame(0, seq, WordPeer.UT_WORDS, k));
                }
                long start = System.nanoTime();
                int last = seq - 1 & 255;
                DatagramPacket packet = receive(session.data);
                while (ByteBuffer.wrap(packet.getData()).getInt() != last) {
                    packet = receive(session.data);
                }
                millis[i] = (System.nanoTime() - start) * MILLI;
            }
        }
        Arrays.sort(millis);
        row("W093", "at most 2.5 ms (median of 50 bursts)", millis[25], millis[25] <= 2.5);
    }

    @Test
    @DisplayName("W130 a silent FPGA: close takes 500 to 600 ms")
    void closeIncomplete() throws Exception {
        BareSession session = new BareSession(OPTIONS);
        long start = System.nanoTime();
        session.client.close();
        double millis = (System.nanoTime() - start) * MILLI;
        session.close();
        row("W130", "500 to 600 ms", millis, within(millis, 500, 600));
    }

    @Test
    @DisplayName("W132 close ends a blocked sender within 1 s")
    void closeEndsSender() throws Exception {
        BareSession session = new BareSession(OPTIONS);
        CompletableFuture<Code> ended = new CompletableFuture<>();
        Thread sender = new Thread(() ->
                ended.complete(failure(() -> session.client.send(WordPeer.UT_WORDS, new long[180 * 600], 0, 180 * 600))
                        .code()));
        sender.start();
        await(() -> session.client.counters().stalls() > 0);
        long start = System.nanoTime();
        session.client.close();
        Code code = ended.get(10, TimeUnit.SECONDS);
        double millis = (System.nanoTime() - start) * MILLI;
        session.close();
        row("W132", "CLOSED within 1000 ms", millis, code == Code.CLOSED && millis <= 1000);
    }

    private static void row(String number, String expected, double millis, boolean holds) {
        Table.row(2, number, expected, String.format(Locale.ROOT, "%.2f ms", millis), millis / 1000, holds);
    }

    private static boolean within(double value, double low, double high) {
        return value >= low && value <= high;
    }

    private static WireException failure(Runnable call) {
        try {
            call.run();
        } catch (WireException e) {
            return e;
        }
        throw new AssertionError("no error");
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private static HostArqAddress address(DatagramSocket data, DatagramSocket reset) {
        return new HostArqAddress("127.0.0.1", data.getLocalPort(), reset.getLocalPort());
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(20_000);
        socket.setReceiveBufferSize(4 << 20);
        return socket;
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    private static void send(DatagramSocket from, SocketAddress to, ByteBuffer datagram) throws IOException {
        from.send(new DatagramPacket(datagram.array(), datagram.limit(), to));
    }

    private static ByteBuffer frame(int ack, int seq, int packetType, long... words) {
        ByteBuffer frame = ByteBuffer.allocate(12 + 8 * words.length);
        frame.putInt(ack).putInt(seq).putShort((short) packetType).putShort((short) words.length);
        for (long word : words) {
            frame.putLong(word);
        }
        return frame.flip();
    }

    private static ByteBuffer configuration() {
        byte[] text = INFORMATION.getBytes(StandardCharsets.UTF_8);
        ByteBuffer padded =
                ByteBuffer.allocate((text.length + 7) / 8 * 8).put(text).position(0);
        long[] words = new long[4 + padded.limit() / 8];
        words[0] = 256;
        words[1] = 128;
        words[2] = 180;
        words[3] = padded.limit() / 8;
        for (int i = 4; i < words.length; i++) {
            words[i] = padded.getLong();
        }
        return frame(255, 0, CONFIGURATION, words);
    }

    /** An open session with an FPGA that says nothing any more. */
    private static final class BareSession implements AutoCloseable {

        final DatagramSocket data = socket();
        final DatagramSocket reset = socket();
        final WordPeer listener = new WordPeer(Integer.MAX_VALUE, 0);
        final HostArqClient client;
        SocketAddress host;

        BareSession(HostArqOptions options) throws Exception {
            CompletableFuture<HostArqClient> opening =
                    CompletableFuture.supplyAsync(() -> HostArqClient.open(address(data, reset), options, listener));
            host = receive(reset).getSocketAddress();
            send(data, host, configuration());
            DatagramPacket packet = receive(data);
            while (packet.getLength() < 20) {
                packet = receive(data);
            }
            long word = ByteBuffer.wrap(packet.getData()).getLong(12);
            send(data, host, frame(0, 1, LOOPBACK, word));
            client = opening.get(10, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            client.close();
            data.close();
            reset.close();
        }
    }
}
