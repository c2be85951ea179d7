package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.server.turn.TurnEvent;
import firstspike.proto.chip.v1.SessionEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/**
 * One {@code Attach} call: tells what happens in a session as fast as its reader takes it, and that the server lives when
 * nothing happens (playback.md 14.1). Never waits. Any thread.
 */
final class AttachCall {

    private final ServerCallStreamObserver<SessionEvent> call;
    private final Session session;
    private final ServerTime time;
    private final Runnable watcher = this::send;
    private long next;
    private boolean over;

    /**
     * @param call of the client, whose handlers this sets
     * @param session that it watches
     * @param from first event number wanted; 0: all that are known
     */
    AttachCall(ServerCallStreamObserver<SessionEvent> call, Session session, ServerTime time, long from) {
        this.call = call;
        this.session = session;
        this.time = time;
        this.next = Math.max(1, from);
        call.setOnReadyHandler(this::send);
    }

    /** Begins to tell. */
    void start() {
        session.watch(watcher);
        // at once, so that the client knows that it is attached
        beat();
        send();
    }

    /** The client is gone. */
    synchronized void stop() {
        over = true;
        session.unwatch(watcher);
    }

    /** Says that the server lives, unless the reader has enough to read. */
    synchronized void beat() {
        if (!over && call.isReady()) {
            call.onNext(SessionEvent.newBuilder()
                    .setEvent(session.log().last())
                    .setEpochMs(time.epochMs())
                    .setHeartbeat(SessionEvent.Heartbeat.getDefaultInstance())
                    .build());
        }
    }

    private synchronized void send() {
        // looked at before the events: its last one is among them then
        boolean ended = session.ended();
        long oldest = session.log().oldest();
        if (!over && next < oldest && call.isReady()) {
            call.onNext(message(oldest - 1, time.epochMs())
                    .setWarning("events " + next + " to " + (oldest - 1) + " are not known any more")
                    .build());
            next = oldest;
        }
        List<TurnEvent> events = over ? List.of() : session.log().from(next);
        for (TurnEvent event : events) {
            if (!call.isReady()) {
                return;
            }
            call.onNext(message(event));
            next = event.number() + 1;
        }
        if (ended) {
            end();
        }
    }

    /** Nothing comes any more. */
    synchronized void end() {
        if (!over) {
            over = true;
            session.unwatch(watcher);
            call.onCompleted();
        }
    }

    private static SessionEvent.Builder message(long number, long epochMs) {
        return SessionEvent.newBuilder().setEvent(number).setEpochMs(epochMs);
    }

    private SessionEvent message(TurnEvent event) {
        SessionEvent.Builder message = message(event.number(), time.epochMs(event.atNs()));
        switch (event.kind()) {
            case UNIT -> message.setSubmission(session.message(event.unit().orElseThrow()));
            case TURN_GAINED -> message.setTurn(SessionEvent.Turn.newBuilder().setGained(true));
            case TURN_LOST -> message.setTurn(SessionEvent.Turn.getDefaultInstance());
            case LEASE_LOST, STATE_LOST ->
                message.setWarning(event.cause().map(ChipException::getMessage).orElse("lease or state lost"));
            case ENDED -> message.setWarning("the session was closed by " + session.closedBy());
        }
        return message.build();
    }
}
