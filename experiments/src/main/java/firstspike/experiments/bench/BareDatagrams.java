package firstspike.experiments.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/**
 * What the machine's loopback gives without a protocol: datagrams of a full frame from one thread to another, 128 in flight,
 * a small answer for each half of them.
 */
final class BareDatagrams {

    private static final int DATAGRAM = 1452;
    private static final int PAYLOAD = 1440;
    private static final int WINDOW = 128;
    private static final int ANSWER_EVERY = WINDOW / 2;
    private static final int ANSWER = 4;
    private static final int SOCKET_BUFFER = 10 << 20;

    /** Nothing is sent again here: a lost datagram must end the measurement, not hang it. */
    private static final int PATIENCE_MILLIS = 5_000;

    private BareDatagrams() {}

    static double[] megabytesPerSecond(int repetitions, int datagrams) {
        int whole = datagrams / ANSWER_EVERY * ANSWER_EVERY;
        double[] rates = new double[repetitions];
        // one more, in which the code is compiled
        for (int i = -1; i < repetitions; i++) {
            double rate = once(whole);
            if (i >= 0) {
                rates[i] = rate;
            }
        }
        return rates;
    }

    private static double once(int datagrams) {
        try (DatagramSocket sender = socket();
                DatagramSocket receiver = socket()) {
            sender.connect(receiver.getLocalSocketAddress());
            receiver.connect(sender.getLocalSocketAddress());
            Thread receiving = new Thread(() -> receive(receiver, datagrams), "bare-datagrams");
            receiving.start();
            long start = System.nanoTime();
            send(sender, datagrams);
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

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(SOCKET_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(DatagramSocket socket, int datagrams) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
        DatagramPacket answer = new DatagramPacket(new byte[ANSWER], ANSWER);
        int unanswered = 0;
        for (int sent = 0; sent < datagrams; sent++) {
            if (unanswered == WINDOW) {
                socket.receive(answer);
                unanswered -= ANSWER_EVERY;
            }
            socket.send(datagram);
            unanswered++;
        }
        for (; unanswered > 0; unanswered -= ANSWER_EVERY) {
            socket.receive(answer);
        }
    }

    private static void receive(DatagramSocket socket, int datagrams) {
        try {
            DatagramPacket datagram = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
            DatagramPacket answer = new DatagramPacket(new byte[ANSWER], ANSWER);
            for (int received = 1; received <= datagrams; received++) {
                socket.receive(datagram);
                if (received % ANSWER_EVERY == 0) {
                    socket.send(answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("loopback: " + e.getMessage(), e);
        }
    }
}
