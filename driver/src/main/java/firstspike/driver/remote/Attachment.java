package firstspike.driver.remote;

import firstspike.driver.link.WallClock;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.SessionEvent;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One {@code Attach} call: what the server tells of a session over one connection, and by whose silence a dead connection
 * is found (playback.md 14.1). Any thread; both consumers are called on the transport's or the clock's thread.
 */
final class Attachment implements ClientResponseObserver<AttachRequest, SessionEvent> {

    /** The server sends something at least every 5 s; three times nothing is no accident. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final WallClock clock;
    private final Consumer<SessionEvent> events;
    private final BiConsumer<Throwable, Boolean> ended;
    private WallClock.Alarm alarm = () -> {};
    private long lastHeard;
    private boolean over;

    /**
     * @param clock by which silence is measured
     * @param events gets whatever comes
     * @param ended is told once why the call failed, and whether that was found by silence; not after {@link #leave}
     */
    Attachment(WallClock clock, Consumer<SessionEvent> events, BiConsumer<Throwable, Boolean> ended) {
        this.clock = clock;
        this.events = events;
        this.ended = ended;
        lastHeard = clock.nanoTime();
        watch(LONGEST_SILENCE);
    }

    private synchronized void watch(Duration wait) {
        if (!over) {
            alarm = clock.after(wait, this::listen);
        }
    }

    private void listen() {
        Duration silence;
        synchronized (this) {
            silence = Duration.ofNanos(clock.nanoTime() - lastHeard);
        }
        if (silence.compareTo(LONGEST_SILENCE) < 0) {
            watch(LONGEST_SILENCE.minus(silence));
            return;
        }
        Status gone = Status.UNAVAILABLE.withDescription("no sign of life for " + silence.toSeconds() + " s");
        end(gone.asRuntimeException(), true);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AttachRequest> requestStream) {
        // events are few and small: the transport may deliver them as they come
    }

    @Override
    public void onNext(SessionEvent event) {
        synchronized (this) {
            if (over) {
                // what a server says of an end that this side asked for is no news
                return;
            }
            lastHeard = clock.nanoTime();
        }
        events.accept(event);
    }

    @Override
    public void onError(Throwable cause) {
        end(cause, false);
    }

    @Override
    public void onCompleted() {
        leave();
    }

    private void end(Throwable cause, boolean silent) {
        if (leave()) {
            ended.accept(cause, silent);
        }
    }

    /**
     * Stops listening.
     *
     * @return false when that had happened before
     */
    synchronized boolean leave() {
        boolean first = !over;
        over = true;
        alarm.cancel();
        return first;
    }
}
