package firstspike.driver.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Forwards TCP connections to a port of this machine and cuts each one after so many bytes, both directions counted, or all of
 * them when it is told so.
 */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;
    private final LongSupplier budget;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean down;

    /**
     * @param target port to forward to
     * @param budget bytes of the next connection; asked before it is made
     * @throws IOException when no port can be had
     */
    public CuttingProxy(int target, LongSupplier budget) throws IOException {
        this.target = target;
        this.budget = budget;
        this.listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The port to connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Sends connections elsewhere from now on, as when a server was replaced by another one.
     *
     * @param port to forward to
     */
    public void retarget(int port) {
        target = port;
    }

    /**
     * Cuts all connections and refuses new ones.
     *
     * @return whether there were any
     */
    public boolean down() {
        down = true;
        boolean any = !sockets.isEmpty();
        sockets.forEach(CuttingProxy::close);
        sockets.clear();
        return any;
    }

    /** Forwards again after {@link #down}. */
    public void up() {
        down = false;
    }

    /** Connections that were cut after so many bytes. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (down) {
                    client.close();
                    continue;
                }
                AtomicLong left = new AtomicLong(budget.getAsLong());
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                // without it the two ends wait 40 ms for each other's acknowledgements
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> forward(client, server, left));
                daemon(() -> forward(server, client, left));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void forward(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int n;
            while ((n = in.read(buffer)) > 0) {
                long before = left.getAndAdd(-n);
                if (before < n) {
                    out.write(buffer, 0, (int) Math.max(0, before));
                    if (before >= 0) {
                        cuts.incrementAndGet();
                    }
                    break;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other direction was cut
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
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        sockets.forEach(CuttingProxy::close);
    }
}
