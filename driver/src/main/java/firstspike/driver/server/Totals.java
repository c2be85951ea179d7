package firstspike.driver.server;

import java.util.concurrent.atomic.LongAdder;

/** What a server did since it started; for the line it prints when it stops. Any thread. */
public final class Totals {

    private final LongAdder sessions = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder idleConnections = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();

    Totals() {}

    void sessionOpened() {
        sessions.increment();
    }

    void sessionExpired() {
        expired.increment();
    }

    void callRefused() {
        refused.increment();
    }

    void connectionRefused() {
        refusedConnections.increment();
    }

    void connectionIdle() {
        idleConnections.increment();
    }

    void programRan(boolean well) {
        (well ? done : failed).increment();
    }

    /** Sessions that were opened. */
    public long sessions() {
        return sessions.sum();
    }

    /** Sessions that were closed because nobody was connected. */
    public long expiredSessions() {
        return expired.sum();
    }

    /** Calls that ended with an error of the caller or of a limit. */
    public long refusedCalls() {
        return refused.sum();
    }

    /** Connections that were closed at once because there were too many. */
    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /** Connections that were closed because they did nothing and held no session. */
    public long idleConnections() {
        return idleConnections.sum();
    }

    /** Programs that ran to their end. */
    public long programsDone() {
        return done.sum();
    }

    /** Programs that failed or were cancelled while they ran. */
    public long programsFailed() {
        return failed.sum();
    }

    @Override
    public String toString() {
        return sessions() + " sessions (" + expiredSessions() + " expired), " + programsDone() + " programs done, "
                + programsFailed() + " failed, " + refusedCalls() + " calls refused";
    }
}
