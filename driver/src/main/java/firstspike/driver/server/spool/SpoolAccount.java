package firstspike.driver.server.spool;

import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.TargetUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** What one user has in the spool, over all sessions. Any thread. */
final class SpoolAccount {

    private final Spool spool;
    private final String user;
    private final List<Runnable> waiting = new ArrayList<>();
    private int sessions;
    private long objects;
    private long uploads;
    private long complete;
    private long results;

    SpoolAccount(Spool spool, String user) {
        this.spool = spool;
        this.user = user;
    }

    String user() {
        return user;
    }

    /** One more upload or result of the user; how many there are now. */
    synchronized long enter() {
        return ++objects;
    }

    synchronized void leave() {
        objects--;
    }

    synchronized long objects() {
        return objects;
    }

    synchronized void sessionOpened() {
        sessions++;
    }

    /** Whether that was the last session. */
    synchronized boolean sessionClosed() {
        return --sessions == 0;
    }

    synchronized long uploadBytes() {
        return uploads;
    }

    synchronized long resultBytes() {
        return results;
    }

    /**
     * Counts words that are about to be stored. Uploads that are complete will run and make room, so that it is worth waiting
     * for them; others may wait for each other.
     *
     * @param retry called once when there may be room, if there is none now
     * @return whether there is room
     * @throws TargetUnavailableException when there is none and no run will make any
     */
    synchronized boolean takeUpload(long bytes, Runnable retry) {
        long limit = spool.limits().uploadBytes();
        if (uploads + bytes > limit) {
            if (complete == 0) {
                throw full("uploads of the user that have not run, bytes", uploads + bytes, limit, limit - uploads);
            }
            waiting.add(retry);
            return false;
        }
        spool.take(bytes);
        uploads += bytes;
        return true;
    }

    /** An upload has all its words: it will run. */
    synchronized void uploadComplete(long bytes) {
        complete += bytes;
    }

    /** Words are gone. */
    void giveUpload(long bytes, boolean wasComplete) {
        List<Runnable> retries;
        synchronized (this) {
            uploads -= bytes;
            complete -= wasComplete ? bytes : 0;
            retries = List.copyOf(waiting);
            waiting.clear();
        }
        spool.give(bytes);
        retries.forEach(Runnable::run);
    }

    /** Does not wait any more. */
    synchronized void withdraw(Runnable retry) {
        waiting.remove(retry);
    }

    synchronized void takeResult(long bytes) {
        long limit = spool.limits().storedResultBytes();
        if (results + bytes > limit) {
            throw full("results of the user that nobody acknowledged, bytes", results + bytes, limit, limit - results);
        }
        spool.take(bytes);
        results += bytes;
    }

    synchronized void giveResult(long bytes) {
        results -= bytes;
        spool.give(bytes);
    }

    static TargetUnavailableException full(String thing, long value, long limit, long free) {
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                ErrorDetail.of(thing, value, limit, "wait for results and acknowledge them")
                        .with(ErrorDetail.REASON, "STORAGE")
                        .with("limit", limit)
                        .with("free", free),
                null);
    }
}
