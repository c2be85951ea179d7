package firstspike.driver.service;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.QuotaExceededException;
import firstspike.driver.link.WallClock;
import firstspike.driver.link.WireErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of a server; closes those that nobody is connected to any more. Any thread. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final WallClock clock;
    private final ServerLimits limits;
    private final JobRunner runner;
    private final Totals totals;
    private WallClock.Alarm sweep = () -> {};
    private boolean draining;

    Sessions(WallClock clock, ServerLimits limits, JobRunner runner, Totals totals) {
        this.clock = clock;
        this.limits = limits;
        this.runner = runner;
        this.totals = totals;
    }

    /** Begins to look for sessions that nobody uses. */
    synchronized void start() {
        if (!draining) {
            sweep = clock.after(SWEEP, this::sweep);
        }
    }

    private void sweep() {
        try {
            byId.values().forEach(this::sweep);
        } finally {
            start();
        }
    }

    private void sweep(Session session) {
        if (session.idleFor(limits.queueIdle())) {
            session.expireQueue();
        }
        if (session.idleFor(limits.sessionIdle()) && !session.busy()) {
            totals.sessionExpired();
            close(session, "expiry");
        }
    }

    /** A new session without a link. */
    synchronized Session create() {
        if (draining) {
            throw Session.draining();
        }
        if (byId.size() >= limits.sessions()) {
            throw new QuotaExceededException(
                    ErrorDetail.of("open sessions", byId.size(), limits.sessions(), "close one, or try later")
                            .with(WireErrors.REASON, "SESSIONS"),
                    null);
        }
        Session session = new Session(UUID.randomUUID().toString(), clock, limits, runner);
        byId.put(session.id(), session);
        return session;
    }

    /** The session of an id, or the typed error. */
    Session require(String id) {
        Session session = byId.get(id);
        if (session == null) {
            throw Session.unknown(id);
        }
        return session;
    }

    /** Ends a session if there is one of that id. */
    void close(String id) {
        Session session = byId.get(id);
        if (session != null) {
            close(session, "client");
        }
    }

    void close(Session session, String byWhom) {
        if (byId.remove(session.id()) != null) {
            LOG.info("session {} closed by {}", session.id(), byWhom);
        }
        session.close(byWhom);
    }

    void disconnected(Object connection) {
        byId.values().forEach(session -> session.disconnected(connection));
    }

    int size() {
        return byId.size();
    }

    /** Whether new work is refused. */
    synchronized boolean draining() {
        return draining;
    }

    /** Refuses new and waiting work, and waits for running programs. */
    void drain(Duration patience) throws InterruptedException {
        synchronized (this) {
            draining = true;
            sweep.cancel();
        }
        List<Session> open = List.copyOf(byId.values());
        open.forEach(Session::drain);
        long end = System.nanoTime() + patience.toNanos();
        for (Session session : open) {
            session.awaitQuiet(end);
        }
    }

    /** Ends all sessions; programs that still run are cancelled. */
    void closeAll(Duration patience) throws InterruptedException {
        List<Session> open = List.copyOf(byId.values());
        open.forEach(session -> close(session, "server"));
        long end = System.nanoTime() + patience.toNanos();
        for (Session session : open) {
            session.awaitEnd(Math.max(0, end - System.nanoTime()));
        }
    }
}
