package firstspike.driver.service.spool;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.QuotaExceededException;
import firstspike.driver.link.WireErrors;

/** What one user has in the spool, over all sessions. Any thread. */
final class SpoolAccount {

    private final Spool spool;
    private final String user;
    private int sessions;
    private long uploads;
    private long results;

    SpoolAccount(Spool spool, String user) {
        this.spool = spool;
        this.user = user;
    }

    String user() {
        return user;
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

    synchronized void takeUpload(long bytes) {
        check("uploads of the user that have not run, bytes", uploads + bytes, spool.limits().uploadBytes());
        spool.take(bytes);
        uploads += bytes;
    }

    synchronized void giveUpload(long bytes) {
        uploads -= bytes;
        spool.give(bytes);
    }

    synchronized void takeResult(long bytes) {
        check(
                "results of the user that nobody acknowledged, bytes",
                results + bytes,
                spool.limits().storedResultBytes());
        spool.take(bytes);
        results += bytes;
    }

    synchronized void giveResult(long bytes) {
        results -= bytes;
        spool.give(bytes);
    }

    private static void check(String thing, long value, long limit) {
        if (value > limit) {
            throw full(thing, value, limit, 0);
        }
    }

    static QuotaExceededException full(String thing, long value, long limit, long free) {
        return new QuotaExceededException(
                ErrorDetail.of(thing, value, limit, "wait for results and acknowledge them")
                        .with(WireErrors.REASON, "STORAGE")
                        .with("limit", limit)
                        .with("free", free),
                null);
    }
}
