package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.link.LinkListener;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.WallClock;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceBlockingStub;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceStub;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of a server and the connection that it is reached by: attached to it with the resume token, and connected and
 * attached again when it broke (playback.md 14.7). Any thread; of several threads that meet a broken connection one mends
 * it and the others wait.
 */
final class RemoteSession {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSession.class);
    private static final Duration LAST_CALL = Duration.ofSeconds(2);

    private final Connection connection;
    private final String uri;
    private final String id;
    private final ByteString token;
    private final Duration patience;
    private final LinkListener listener;
    private final WallClock clock;
    private final SessionNews news;
    private final Receipts receipts = new Receipts();
    private final List<UUID> unwanted = new ArrayList<>();
    private Attachment attachment;
    private ChipException refused;
    private Throwable broken;
    private Throwable lostAgain;
    /** Of the break that is not mended yet. */
    private Outage outage;

    private boolean mending;
    private boolean closed;
    private int generation;
    private long reconnects;

    /**
     * @param connection that opened the session; belongs to it
     * @param uri that the user wrote, for messages
     * @param id of the session
     * @param token that shows that it is ours
     * @param options patience and listener
     * @param clock by which it waits
     */
    RemoteSession(
            Connection connection, String uri, String id, ByteString token, LinkOptions options, WallClock clock) {
        this.connection = connection;
        this.uri = uri;
        this.id = id;
        this.token = token;
        this.patience = options.linkPatience();
        this.listener = options.listener();
        this.clock = clock;
        news = new SessionNews(uri);
        attach();
    }

    String id() {
        return id;
    }

    /** Which results came whole. */
    Receipts receipts() {
        return receipts;
    }

    WallClock clock() {
        return clock;
    }

    /** Who answers, for messages. */
    String peer() {
        return connection.toString();
    }

    /** What the server tells of this session. */
    SessionNews news() {
        return news;
    }

    /**
     * Makes sure that there is a connection, as far as anybody knows.
     *
     * @param deadline until when
     * @return its number, for {@link #mend}
     */
    int connected(Deadline deadline) {
        int now;
        Throwable why;
        boolean denied;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("link to " + uri + ": closed (limit: open); open a new one");
            }
            denied = refused instanceof AccessDeniedException;
            if (refused != null && !denied) {
                throw refused;
            }
            refused = null;
            now = generation;
            why = broken;
        }
        if (denied && why == null) {
            // the token may have been renewed; whether it was, the server says of the call itself
            attach();
        }
        if (why != null) {
            mend(now, why, deadline);
            return connected(deadline);
        }
        return now;
    }

    /** For streams, over the present connection. */
    ChipServiceStub streaming() {
        return connection.streaming();
    }

    /** For short calls over the present connection. */
    ChipServiceBlockingStub blocking(Duration limit) {
        return connection.blocking(limit);
    }

    /**
     * Makes a call that does the same when it is made twice, again and again until it is answered.
     *
     * @param <T> answer
     * @param limit of each try
     * @param deadline of all of them
     * @param call to be made
     * @return the answer
     * @throws ChipException that the server answered with, or because the patience ended
     */
    <T> T call(Duration limit, Deadline deadline, Function<ChipServiceBlockingStub, T> call) {
        while (true) {
            int number = connected(deadline);
            try {
                T answer = call.apply(blocking(deadline.atMost(limit)));
                progress();
                return answer;
            } catch (StatusRuntimeException e) {
                if (deadline.passed()) {
                    throw deadline.exceeded(e);
                }
                if (!WireErrors.isLost(e)) {
                    throw WireErrors.rebuild(e, null, peer());
                }
                mend(number, e, deadline);
            }
        }
    }

    /**
     * Connects and attaches again, or waits until another thread has.
     *
     * @param number of the connection that broke
     * @param failure how
     * @param deadline when the caller gives up
     * @throws LinkLostException when the link patience ends first
     * @throws SessionUnknownException when the server has forgotten the session
     * @throws DeadlineExceededException when the deadline passes first
     * @throws CancelledException when the thread is interrupted
     */
    void mend(int number, Throwable failure, Deadline deadline) {
        try {
            if (!beginMending(number, failure, deadline)) {
                return;
            }
            try {
                reconnect(deadline);
            } finally {
                endMending();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    ErrorDetail.of("link to " + uri, "interrupted while reconnecting", "", "run it again"),
                    e,
                    null,
                    false);
        }
    }

    private synchronized boolean beginMending(int number, Throwable failure, Deadline deadline)
            throws InterruptedException {
        WallClock.Alarm alarm = deadline.alarm(this::wake);
        try {
            while (mending) {
                if (deadline.passed()) {
                    throw deadline.exceeded(failure);
                }
                wait();
            }
        } finally {
            alarm.cancel();
        }
        if (generation != number || closed) {
            return false;
        }
        // whatever showed the break first says best what it was
        broken = broken == null ? failure : broken;
        mending = true;
        return true;
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized void endMending() {
        mending = false;
        notifyAll();
    }

    private void reconnect(Deadline deadline) throws InterruptedException {
        Outage now = outage();
        while (true) {
            Duration wait = now.nextWait(peer());
            if (deadline.passedAfter(wait)) {
                throw deadline.exceeded(now.last());
            }
            listener.lost(uri, now.attempts(), wait, now.cause());
            clock.pause(wait);
            connection.reopen();
            attach();
            try {
                askStates();
                mended();
                return;
            } catch (StatusRuntimeException e) {
                if (!WireErrors.isLost(e) && !WireErrors.isLate(e)) {
                    throw now.ended(WireErrors.rebuild(e, null, peer()));
                }
                now.failed(e);
            }
        }
    }

    private synchronized Outage outage() {
        if (outage == null) {
            outage = new Outage(uri, patience, clock, new Backoff(new SplittableRandom()));
        }
        outage.failed(broken);
        return outage;
    }

    /** The server has done something for this session, also if it was about to stop. */
    void progress() {
        Outage over;
        synchronized (this) {
            if (outage == null || mending || broken != null) {
                return;
            }
            over = outage;
            outage = null;
        }
        listener.back(uri, over.duration(), 0);
    }

    /** The first answer shows that the server is there and knows the session; it also tells what became of everything. */
    private void askStates() {
        ListSubmissionsRequest request =
                ListSubmissionsRequest.newBuilder().setSessionId(id).build();
        blocking(Connection.CALL_LIMIT)
                .listSubmissions(request)
                .getSubmissionsList()
                .forEach(news::state);
    }

    private void mended() {
        List<UUID> late;
        Outage over = null;
        synchronized (this) {
            generation++;
            reconnects++;
            broken = lostAgain;
            late = List.copyOf(unwanted);
            unwanted.clear();
            // a server that answers and refuses, because it is about to stop, is not back
            if (!outage.isRefusal()) {
                over = outage;
                outage = null;
            }
        }
        late.forEach(this::sendCancel);
        if (over != null) {
            listener.back(uri, over.duration(), 0);
        }
    }

    private void attach() {
        Attachment fresh;
        synchronized (this) {
            if (attachment != null) {
                attachment.leave();
            }
            Attachment[] self = new Attachment[1];
            lostAgain = null;
            fresh = new Attachment(clock, news::event, (cause, silent) -> attachmentEnded(self[0], cause, silent));
            self[0] = fresh;
            attachment = fresh;
        }
        connection
                .streaming()
                .attach(
                        AttachRequest.newBuilder()
                                .setSessionId(id)
                                .setResumeToken(token)
                                .setFromEvent(news.next())
                                .build(),
                        fresh);
    }

    private void attachmentEnded(Attachment which, Throwable cause, boolean silent) {
        synchronized (this) {
            if (closed || which != attachment) {
                return;
            }
            if (!WireErrors.isLost(cause)) {
                ChipException error = WireErrors.rebuild(cause, null, peer());
                // an unknown session shows at the next call as well, with what it means for that call
                refused = error instanceof SessionUnknownException ? null : error;
                return;
            }
            if (mending) {
                lostAgain = cause;
                return;
            }
            broken = cause;
        }
        if (silent) {
            // calls in flight would wait for ever
            connection.drop();
        }
    }

    /** What happened since this was asked last. */
    synchronized SessionChanges takeChanges() {
        SessionChanges taken = new SessionChanges(reconnects, news.takeTurns());
        reconnects = 0;
        return taken;
    }

    /** Asks for the end of a submission, at once or as soon as there is a connection; nobody waits for the answer. */
    void cancel(UUID submission) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (mending || broken != null) {
                unwanted.add(submission);
                return;
            }
        }
        sendCancel(submission);
    }

    private void sendCancel(UUID submission) {
        connection
                .later()
                .cancel(CancelRequest.newBuilder()
                        .setSessionId(id)
                        .setSubmissionId(submission.toString())
                        .build());
    }

    /** Ends the session and its connection; repeated calls have no effect. */
    void close() {
        boolean reachable;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            attachment.leave();
            reachable = broken == null && !mending;
            notifyAll();
        }
        if (reachable) {
            try {
                connection
                        .blocking(LAST_CALL)
                        .closeSession(CloseSessionRequest.newBuilder()
                                .setSessionId(id)
                                .build());
            } catch (StatusRuntimeException e) {
                LOG.debug("session {} of {} not closed: {}", id, uri, e.getStatus());
            }
        }
        connection.close();
    }
}
