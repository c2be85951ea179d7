package firstspike.driver.server;

import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.link.WallClock;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.SessionEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All clients that watch their sessions, and the heartbeat that they hear. Any thread. */
final class Attachments {

    /** At least one in 5 s is promised (playback.md 14.1). */
    private static final long BEAT_NS = TimeUnit.SECONDS.toNanos(4);

    private final Sessions sessions;
    private final ServerTime time;
    private final Set<AttachCall> calls = ConcurrentHashMap.newKeySet();
    private WallClock.Alarm alarm = () -> {};
    private boolean beating;
    private boolean ended;

    Attachments(Sessions sessions, ServerTime time) {
        this.sessions = sessions;
        this.time = time;
    }

    /**
     * Lets a client watch its session.
     *
     * @param request with the token of the session
     * @param call to tell
     * @throws AccessDeniedException when the token is another one
     */
    void attach(AttachRequest request, ServerCallStreamObserver<SessionEvent> call) {
        Session session = sessions.require(request.getSessionId());
        if (!session.hasToken(request.getResumeToken().toByteArray())) {
            throw new AccessDeniedException(
                    "resume token of session " + session.id(),
                    "another one",
                    "that of OpenSession",
                    "open a new session");
        }
        session.connected(CallGate.CONNECTION.get());
        AttachCall attached = new AttachCall(call, session, time, request.getFromEvent());
        call.setOnCancelHandler(() -> leave(attached));
        call.setOnCloseHandler(() -> leave(attached));
        calls.add(attached);
        beat();
        attached.start();
    }

    private void leave(AttachCall attached) {
        calls.remove(attached);
        attached.stop();
    }

    private synchronized void beat() {
        if (!beating && !ended) {
            beating = true;
            alarm = time.at(time.now() + BEAT_NS, this::beaten);
        }
    }

    private void beaten() {
        calls.forEach(AttachCall::beat);
        synchronized (this) {
            beating = false;
            if (!calls.isEmpty() && !ended) {
                beat();
            }
        }
    }

    /** Ends all calls: the server goes. */
    void end() {
        synchronized (this) {
            ended = true;
            alarm.cancel();
        }
        calls.forEach(AttachCall::end);
    }
}
