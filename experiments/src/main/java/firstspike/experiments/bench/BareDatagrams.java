package firstspike.experiments.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * What the machine's loopback gives without a protocol: datagrams of a full frame from one thread to another, 128 in flight,
 * a small answer for each half of them.
 */
final class BareDatagrams {

    private static final int DATAGRAM = 1452;
    private static final int PAYLOAD = 1440;
    private static final int WINDOW = 128;
    private static final int ANSWER_EVERY = WINDOW / 2;

    private BareDatagrams() {}

    static double[] megabytesPerSecond(int repetitions, int datagrams) {
        int whole = datagrams / ANSWER_EVERY * ANSWER_EVERY;
        double[] rates = new double[repetitions];
        for (int i = -1; i < repetitions; i++) {
            double rate = once(whole);
            if (i >= 0) {
                rates[i] = rate;
            }
        }
        return rates;
    }

    private static double once(int datagrams) {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramChannel sender = DatagramChannel.open().bind(anywhere);
                DatagramChannel receiver = DatagramChannel.open().bind(anywhere)) {
            sender.connect(receiver.getLocalAddress());
            receiver.connect(sender.getLocalAddress());
            Thread receiving = new Thread(() -> receive(receiver, datagrams), "bare-datagrams");
            receiving.start();
            long start = System.nanoTime();
            ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM);
            ByteBuffer answer = ByteBuffer.allocateDirect(DATAGRAM);
            for (int sent = 0; sent < datagrams; sent++) {
                if (sent % ANSWER_EVERY == 0 && sent >= WINDOW) {
                    awaitAnswer(sender, answer);
                }
                sender.write(datagram.clear());
            }
            for (int left = 0; left < Math.min(2, datagrams / ANSWER_EVERY); left++) {
                awaitAnswer(sender, answer);
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            receiving.join();
            return (double) datagrams * PAYLOAD / seconds * 1e-6;
        } catch (IOException e) {
            throw new UncheckedIOException("loopback: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static void awaitAnswer(DatagramChannel channel, ByteBuffer into) throws IOException {
        channel.read(into.clear());
    }

    private static void receive(DatagramChannel channel, int datagrams) {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);
            for (int received = 1; received <= datagrams; received++) {
                channel.read(buffer.clear());
                if (received % ANSWER_EVERY == 0) {
                    channel.write(buffer.clear().limit(4));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("loopback: " + e.getMessage(), e);
        }
    }
}
