package firstspike.driver.remote;

import firstspike.proto.chip.v1.SessionEvent;
import firstspike.proto.chip.v1.SubmissionStatus;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server tells of a session, over however many connections: nothing twice. Any thread. */
final class SessionNews {

    private static final Logger LOG = LoggerFactory.getLogger(SessionNews.class);

    private final String uri;
    private Consumer<SubmissionStatus> states = state -> {};
    private long last;
    private boolean lent;
    private long turns;

    /**
     * @param uri of the link, for messages
     */
    SessionNews(String uri) {
        this.uri = uri;
    }

    /** Who is told how submissions change, on a thread of the transport. */
    synchronized void onState(Consumer<SubmissionStatus> listener) {
        states = listener;
    }

    /** Number of the first event that is not known yet; 0 when none is. */
    synchronized long next() {
        return last == 0 ? 0 : last + 1;
    }

    /** Something happened. */
    void event(SessionEvent event) {
        synchronized (this) {
            last = Math.max(last, event.getEvent());
        }
        switch (event.getContentCase()) {
            case SUBMISSION -> state(event.getSubmission());
            case WARNING -> LOG.warn("{}: {}", uri, event.getWarning());
            case TURN -> turn(event.getTurn().getGained());
            case HEARTBEAT, CONTENT_NOT_SET -> {
                // only says that the server lives
            }
        }
    }

    private void turn(boolean gained) {
        LOG.debug("{}: turn {}", uri, gained ? "gained" : "lost");
        synchronized (this) {
            turns += gained && lent ? 1 : 0;
            lent = !gained;
        }
    }

    /** How often the session had its chip back since this was asked last. */
    synchronized long takeTurns() {
        long taken = turns;
        turns = 0;
        return taken;
    }

    /** A submission stands somewhere. */
    void state(SubmissionStatus status) {
        Consumer<SubmissionStatus> told;
        synchronized (this) {
            told = states;
        }
        told.accept(status);
    }
}
