package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Two bare sockets at the place of an FPGA: the test says each datagram. */
final class BareFpga implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 1;
    private static final int RESEND_MILLIS = 20;
    private static final int ATTEMPTS = 10;

    final DatagramSocket data;
    final DatagramSocket reset;
    SocketAddress host;

    /** Sequence number of the next new frame of the host; others are frames sent again, since the test answers late. */
    private int nextSequence;

    private ByteBuffer last;

    BareFpga() throws IOException {
        data = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        reset = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        data.setSoTimeout(PATIENCE_MILLIS);
        reset.setSoTimeout(PATIENCE_MILLIS);
    }

    HostArqAddress address() {
        return new HostArqAddress("127.0.0.1", data.getLocalPort(), reset.getLocalPort());
    }

    /** Begins to open a session on another thread. */
    CompletableFuture<HostArqClient> opening(HostArqOptions options, FrameListener listener) {
        CompletableFuture<HostArqClient> opening = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        opening.complete(HostArqClient.open(address(), options, listener));
                    } catch (RuntimeException e) {
                        opening.completeExceptionally(e);
                    }
                },
                "opening");
        thread.setDaemon(true);
        thread.start();
        return opening;
    }

    /** A session that is open; the FPGA's next sequence number is 2. */
    HostArqClient opened(HostArqOptions options, FrameListener listener) throws Exception {
        for (int attempt = 1; ; attempt++) {
            CompletableFuture<HostArqClient> opening = opening(options, listener);
            awaitReset();
            configure(OneClient.INFORMATION);
            echo();
            try {
                return opening.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                boolean late = e.getCause() instanceof WireException wire
                        && wire.code() == WireException.Code.LOOPBACK_TIMEOUT;
                if (!late || attempt == ATTEMPTS) {
                    throw e;
                }
                // a machine under load: this test's echo took more than the 400 ms that a session waits
            }
        }
    }

    /** Waits for a reset frame, whose sender is the host from now on. */
    ByteBuffer awaitReset() throws IOException {
        DatagramPacket packet = packet();
        reset.receive(packet);
        host = packet.getSocketAddress();
        nextSequence = 0;
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    /** The configuration answer in one frame. */
    void configure(String text) throws IOException {
        send(Datagrams.configuration(0, text));
    }

    /** Waits for the loopback frame and sends it back as frame 1. */
    void echo() throws IOException {
        ByteBuffer frame = receiveData();
        send(Datagrams.data(Frames.seq(frame), 1, Frames.LOOPBACK, Datagrams.words(frame)));
    }

    void send(ByteBuffer datagram) throws IOException {
        last = datagram;
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        data.send(new DatagramPacket(bytes, bytes.length, host));
    }

    /**
     * The next new data frame of the host; acknowledgements alone and frames sent again are skipped. Meanwhile the last datagram
     * is sent again, as an FPGA does: a socket of the JDK that is just being connected drops what comes.
     */
    ByteBuffer receiveData() throws IOException {
        data.setSoTimeout(RESEND_MILLIS);
        for (int waited = 0; waited < PATIENCE_MILLIS; ) {
            DatagramPacket packet = packet();
            try {
                data.receive(packet);
            } catch (SocketTimeoutException e) {
                waited += RESEND_MILLIS;
                send(last);
                continue;
            }
            ByteBuffer frame = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            if (packet.getSocketAddress().equals(host)
                    && packet.getLength() > Frames.ACK_BYTES
                    && Frames.seq(frame) == nextSequence) {
                nextSequence = nextSequence + 1 & 255;
                return frame;
            }
        }
        throw new SocketTimeoutException("no frame " + nextSequence + " of the host");
    }

    /** Whether nothing waits at a port. */
    static boolean isSilent(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(SHORT_MILLIS);
        try {
            socket.receive(packet());
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    private static DatagramPacket packet() {
        return new DatagramPacket(new byte[2048], 2048);
    }

    @Override
    public void close() {
        data.close();
        reset.close();
    }
}
