package firstspike.experiments.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Serves the dashboard over HTTP on loopback. The JDK's server: few readers, few threads, no further dependency. Requests that
 * are not complete after {@value #REQUEST_SECONDS} s are given up.
 */
public final class DashboardServer implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int BACKLOG = 32;
    private static final int REQUEST_SECONDS = 10;
    private static final Duration TARGETS_EVERY = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService workers;
    private final ScheduledExecutorService looker;
    private final Requests requests;

    private DashboardServer(HttpServer server, Overview overview, Duration interval) {
        this.server = server;
        workers = Executors.newFixedThreadPool(THREADS, named("firstspike-dashboard"));
        looker = Executors.newSingleThreadScheduledExecutor(named("firstspike-dashboard-targets"));
        requests = new Requests(overview, server.getAddress(), interval);
        server.createContext("/", requests);
        server.setExecutor(workers);
        server.start();
        looker.scheduleWithFixedDelay(overview::refreshTargets, 0, TARGETS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts; requests are answered when it returns.
     *
     * @param address of loopback
     * @param port 0 takes a free one
     * @param runs folder that runs lie in; need not exist
     * @param targets finds out how targets stand, on a thread of its own; must not throw
     * @param interval how often it looks whether a run changed
     * @return closes to stop
     * @throws IOException when the port cannot be had
     */
    public static DashboardServer start(
            InetAddress address, int port, Path runs, Supplier<List<TargetState>> targets, Duration interval)
            throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("address of the dashboard: " + address.getHostAddress()
                    + " (limit: loopback, because whoever reaches it may read all runs); use a tunnel, ssh -L");
        }
        // read once by the server's classes: without it a request that never ends keeps a thread for ever
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS));
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
        return new DashboardServer(server, new Overview(runs, targets), interval);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        requests.stop();
        server.stop(0);
        workers.shutdownNow();
        looker.shutdownNow();
    }
}
