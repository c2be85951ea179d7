package firstspike.acceptance;

import firstspike.driver.remote.CuttingProxy;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy that is whole for 5 s and then cut for 1 s, again and again (journeys.md J11). */
final class PeriodicCuts implements AutoCloseable {

    private static final long WHOLE_MS = 5000;
    private static final long CUT_MS = 1000;

    private final CuttingProxy proxy;
    private final AtomicInteger cuts = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    PeriodicCuts(int target) throws IOException {
        proxy = new CuttingProxy(target, () -> Long.MAX_VALUE);
        long period = WHOLE_MS + CUT_MS;
        clock.scheduleAtFixedRate(this::cut, WHOLE_MS, period, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(proxy::up, period, period, TimeUnit.MILLISECONDS);
    }

    int port() {
        return proxy.port();
    }

    /** Times that connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void cut() {
        if (proxy.down()) {
            cuts.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        proxy.close();
    }
}
