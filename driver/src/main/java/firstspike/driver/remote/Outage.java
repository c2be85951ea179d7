package firstspike.driver.remote;

import firstspike.driver.error.ChipErrors;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.WallClock;
import io.grpc.Status;
import java.time.Duration;
import java.util.Locale;

/** How long a connection has been gone, what was tried, and when to give up (playback.md 14.7). One owner thread. */
final class Outage {

    private final String uri;
    private final Duration patience;
    private final WallClock clock;
    private final Backoff backoff;
    private final long since;
    private int attempts;
    private Throwable last;

    Outage(String uri, Duration patience, WallClock clock, Backoff backoff) {
        this.uri = uri;
        this.patience = patience;
        this.clock = clock;
        this.backoff = backoff;
        since = clock.nanoTime();
    }

    /** Something went wrong again. */
    void failed(Throwable cause) {
        last = cause;
    }

    /** Whether the server answered last, and said that it will not. */
    boolean isRefusal() {
        return WireErrors.detailOf(last).isPresent();
    }

    /** What went wrong last. */
    Throwable last() {
        return last;
    }

    /** Attempts so far, the one that is being waited for included. */
    int attempts() {
        return attempts;
    }

    /** Since the connection broke. */
    Duration duration() {
        return Duration.ofNanos(clock.nanoTime() - since);
    }

    /** What went wrong last, in one line. */
    String cause() {
        Status status = Status.fromThrowable(last);
        Throwable root = last;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root == last || root.getMessage() == null ? status.getDescription() : root.getMessage();
        return text == null ? status.getCode().toString() : text;
    }

    /**
     * @param peer who does not answer
     * @return how long to wait before the next attempt
     * @throws ChipException when the patience would end meanwhile
     */
    Duration nextWait(String peer) {
        Duration wait = backoff.next();
        if (duration().plus(wait).compareTo(patience) > 0) {
            throw givenUp(peer);
        }
        attempts++;
        return wait;
    }

    private ChipException givenUp(String peer) {
        if (isRefusal()) {
            // it answers, and says why it will not
            return WireErrors.rebuild(last, null, peer);
        }
        Duration lost = duration();
        ErrorDetail detail = ErrorDetail.of(
                        "link to " + uri,
                        String.format(
                                Locale.ROOT,
                                "lost for %.1f s, %d attempts, last error: %s",
                                lost.toNanos() / 1e9,
                                attempts,
                                cause()),
                        patience.toMillis() / 1000.0 + " s",
                        "see whether the server runs, or raise the link patience")
                .with("attempts", attempts)
                .with(LOST_MS, lost.toMillis());
        return new LinkLostException(detail, last, null, false);
    }

    /** Name of the field that says how long a link was gone before an error was known. */
    static final String LOST_MS = "lost_ms";

    /**
     * The server is back, but does not go on where it was.
     *
     * @param error that it answered
     * @return the same with how long it was gone
     */
    ChipException ended(ChipException error) {
        boolean known = !(error instanceof RunFailedException failed) || failed.chipStateKnown();
        return ChipErrors.rebuild(
                error.code(), error.detail().with(LOST_MS, duration().toMillis()), error.getCause(), null, known);
    }
}
