package firstspike.driver.link;

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
            case TURN -> LOG.debug("{}: turn {}", uri, event.getTurn().getGained() ? "gained" : "lost");
            case HEARTBEAT, CONTENT_NOT_SET -> {
                // only says that the server lives
            }
        }
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
