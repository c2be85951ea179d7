package firstspike.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy that is whole for 5 s and then cut for 1 s, again and again (journeys.md J11). */
final class PeriodicCuts implements AutoCloseable {

    private static final long WHOLE_MS = 5000;
    private static final long CUT_MS = 1000;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean down;

    PeriodicCuts(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        daemon(this::accept);
        clock.scheduleAtFixedRate(this::cut, WHOLE_MS, WHOLE_MS + CUT_MS, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(() -> down = false, WHOLE_MS + CUT_MS, WHOLE_MS + CUT_MS, TimeUnit.MILLISECONDS);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Times that connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void cut() {
        down = true;
        if (!sockets.isEmpty()) {
            cuts.incrementAndGet();
        }
        sockets.forEach(PeriodicCuts::close);
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (down) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                // without it the two ends wait 40 ms for each other's acknowledgements
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> forward(client, server));
                daemon(() -> forward(server, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int n;
            while ((n = in.read(buffer)) > 0) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // cut
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "periodic-cuts");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        listening.close();
        sockets.forEach(PeriodicCuts::close);
    }
}
