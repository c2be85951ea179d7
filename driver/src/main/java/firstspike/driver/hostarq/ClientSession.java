package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The host's side of one HostARQ session: handshake, windows, close (wire.md 11 to 16), without thread, clock or socket.
 *
 * <p>One thread owns it; {@link #offer}, {@link #free}, {@link #failure} and {@link #counters} may be called from any. Times are
 * nanoseconds of a monotonic clock that the caller chooses, 0 or more. The owner calls {@link #open} once, {@link #datagram} for
 * each datagram, {@link #tick} not before and soon after {@link #nextWakeNanos}, {@link #pump} after frames were offered, and
 * {@link #deliver} after each of them.
 */
final class ClientSession {

    /** Attempts to reset, each with a fresh socket (D15). */
    static final int ATTEMPTS = 3;

    /** Time for the last acknowledgement at close, ms. */
    static final long DRAIN_MILLIS = 500;

    private static final long MILLI = 1_000_000;
    private static final long MICRO = 1_000;
    private static final long[] FAREWELL = {0};

    private final SessionSettings settings;
    private final SessionErrors errors;
    private final ClientPort port;
    private final ClientEvents events;
    private final long loopbackWord;
    private final ArqCounters counters = new ArqCounters();
    private final ArqMachine machine;
    private volatile State state = State.NEW;
    private volatile WireException failure;
    private volatile long lastAckNanos = -1;
    private Handshake handshake;
    private boolean loopbackSent;
    private boolean farewellQueued;
    private int attempt;
    private long deadline = Long.MAX_VALUE;
    private long now;

    /**
     * A session that is not open.
     *
     * @param settings peer and limits
     * @param port sockets
     * @param events what is told
     * @param loopbackWord the random word of the handshake, another one for each session
     */
    ClientSession(SessionSettings settings, ClientPort port, ClientEvents events, long loopbackWord) {
        this.settings = settings;
        this.errors = new SessionErrors(settings);
        this.port = port;
        this.events = events;
        this.loopbackWord = loopbackWord;
        this.machine = new ArqMachine(settings.peer(), settings.congestionControl(), port, counters);
    }

    private enum State {
        NEW,
        BINDING,
        OPENING,
        OPEN,
        CLOSING,
        CLOSED,
        FAILED
    }

    /** Asks the port for the first socket. */
    void open() {
        if (state != State.NEW) {
            throw new IllegalStateException("session: opened before (limit: once); make another one");
        }
        begin(1);
    }

    private void begin(int number) {
        attempt = number;
        machine.reset();
        loopbackSent = false;
        deadline = Long.MAX_VALUE;
        state = State.BINDING;
        port.open(number);
    }

    /**
     * The socket of an attempt is bound: sends the reset frame.
     *
     * @param boundAttempt as given to {@link ClientPort#open}
     * @param at now, ns
     */
    void socketReady(int boundAttempt, long at) {
        if (state != State.BINDING || boundAttempt != attempt) {
            return;
        }
        handshake = new Handshake(settings, loopbackWord, at);
        state = State.OPENING;
        deadline = handshake.deadlineNanos();
        port.reset(Frames.reset(), Frames.ACK_BYTES);
    }

    /**
     * Takes one datagram. Bytes from position to limit; the buffer's position and limit are left as they were.
     *
     * @param fromAttempt the socket that it came from; datagrams of an earlier socket are dropped
     * @param datagram big endian
     * @param at now, ns
     */
    void datagram(int fromAttempt, ByteBuffer datagram, long at) {
        now = at;
        switch (state) {
            case NEW, BINDING, CLOSED, FAILED -> counters.beforeOpen();
            case OPENING, OPEN, CLOSING -> {
                // until the answer comes everything is of an earlier session
                if (fromAttempt != attempt || isAwaitingAnswer() && !isConfiguration(datagram)) {
                    counters.beforeOpen();
                    return;
                }
                try {
                    receive(datagram);
                } catch (WireException e) {
                    fail(e);
                }
            }
        }
    }

    private boolean isAwaitingAnswer() {
        return state == State.OPENING && handshake.step() == Handshake.Step.ANSWER;
    }

    private static boolean isConfiguration(ByteBuffer datagram) {
        return Frames.kind(datagram) == Frames.Kind.DATA && Frames.type(datagram) == Frames.CONFIGURATION;
    }

    private void receive(ByteBuffer datagram) {
        int unfinished = machine.unfinished();
        boolean accepted = machine.datagram(datagram, now) == ArqMachine.Reception.ACCEPTED;
        if (machine.unfinished() < unfinished) {
            lastAckNanos = now;
        }
        if (state == State.OPENING) {
            shakeHands();
        } else if (accepted && isConfiguration(datagram)) {
            throw errors.lost();
        } else {
            progressClosing();
        }
    }

    /** Takes everything that is in order; what stands behind the loopback frame already is dropped too. */
    private void shakeHands() {
        handshake.at(now);
        while (machine.take(handshake)) {
            if (handshake.step() == Handshake.Step.LOOPBACK && !loopbackSent) {
                loopbackSent = true;
                machine.offer(Frames.LOOPBACK, new long[] {loopbackWord}, 0, 1);
                machine.pump(now);
            }
        }
        deadline = handshake.deadlineNanos();
        if (handshake.step() == Handshake.Step.DONE) {
            state = State.OPEN;
            events.opened(handshake.information());
        }
    }

    /** The system said that nobody received a datagram: counted, nothing else (wire.md 15). */
    void refused() {
        counters.refused();
    }

    /**
     * A socket does not work: the session fails with {@code SOCKET}.
     *
     * @param text of the system
     * @param cause may be null
     */
    void socketFailed(String text, Throwable cause) {
        fail(errors.socket(text, cause));
    }

    /**
     * Ends the session with an error, for example one that the consumer of the frames found. Does nothing when it ended before.
     *
     * @param cause what every later call gets
     */
    void fail(WireException cause) {
        if (state == State.CLOSED || state == State.FAILED) {
            return;
        }
        failure = cause;
        state = State.FAILED;
        deadline = Long.MAX_VALUE;
        events.failed(cause);
    }

    /**
     * Queues a frame. Any thread. It leaves with the next {@link #pump}, {@link #datagram} or {@link #tick}.
     *
     * @param packetType 0 to 65535
     * @param words the array is copied
     * @param from first word
     * @param count 1 to 180
     * @return whether there was room: at most 512 frames wait or are unacknowledged
     * @throws WireException the error that ended the session, {@code CLOSED}, or {@code FRAME_LENGTH}
     */
    boolean offer(int packetType, long[] words, int from, int count) {
        checkOpen();
        return machine.offer(packetType, words, from, count);
    }

    /**
     * Queues words in frames of 180, the last one shorter; otherwise like {@link #offer}.
     *
     * @return words taken: fewer than count when 512 frames wait
     */
    int offerAll(int packetType, long[] words, int from, int count) {
        checkOpen();
        return machine.offerAll(packetType, words, from, count);
    }

    private void checkOpen() {
        WireException ended = failure();
        if (ended != null) {
            throw ended;
        }
        if (state != State.OPEN) {
            throw new IllegalStateException("session: " + state + " (limit: OPEN); wait until it is open");
        }
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        return machine.free();
    }

    /** What ended the session, {@code CLOSED} included; null while it lives. Any thread. */
    WireException failure() {
        return switch (state) {
            case CLOSING, CLOSED -> errors.closed();
            case FAILED -> failure;
            case NEW, BINDING, OPENING, OPEN -> null;
        };
    }

    /**
     * The error for a call that found no room for 10 s (D17); the owner's thread.
     *
     * @param blockedMillis how long it waited
     * @param at now, ns
     * @return {@code TX_STALLED}
     */
    WireException stalled(long blockedMillis, long at) {
        long last = lastAckNanos;
        return errors.stalled(machine.sending(), blockedMillis, last < 0 ? -1 : (at - last) / MICRO);
    }

    /** Sends queued frames as far as the window allows. */
    void pump(long at) {
        if (state == State.OPEN || state == State.CLOSING) {
            machine.pump(at);
        }
    }

    /** Does what is due: resends, delayed ACKs, time-outs. */
    void tick(long at) {
        now = at;
        switch (state) {
            case NEW, BINDING, CLOSED, FAILED -> {}
            case OPENING, OPEN, CLOSING -> {
                try {
                    machine.tick(at);
                    progressClosing();
                    if (at >= deadline) {
                        expire();
                    }
                } catch (WireException e) {
                    fail(e);
                }
            }
        }
    }

    private void expire() {
        if (state == State.CLOSING) {
            closed(Optional.of(errors.closeIncomplete(machine.unfinished(), DRAIN_MILLIS)));
        } else if (isAwaitingAnswer() && attempt < ATTEMPTS) {
            begin(attempt + 1);
        } else {
            throw handshake.expired(attempt);
        }
    }

    /** When {@link #tick} is due, ns; {@code Long.MAX_VALUE} when nothing waits. */
    long nextWakeNanos() {
        return switch (state) {
            case NEW, BINDING, CLOSED, FAILED -> Long.MAX_VALUE;
            case OPENING, OPEN, CLOSING -> Math.min(deadline, machine.nextWakeNanos());
        };
    }

    /**
     * Hands received frames to {@link ClientEvents#frame}. What is not fetched waits in a queue of 8,192 frames; beyond it the other
     * side has to send again. A {@link WireException} of the consumer ends the session.
     *
     * @param max how many frames at most
     * @return how many were handed on
     */
    int deliver(int max) {
        int delivered = 0;
        try {
            while (state == State.OPEN && delivered < max && machine.take(events)) {
                delivered++;
            }
        } catch (WireException e) {
            fail(e);
        }
        return delivered;
    }

    /** Says good-bye and waits at most 500 ms for its acknowledgement (wire.md 16). A second call does nothing. */
    void close(long at) {
        now = at;
        switch (state) {
            case CLOSING, CLOSED, FAILED -> {}
            case NEW, BINDING, OPENING -> closed(Optional.empty());
            case OPEN -> {
                state = State.CLOSING;
                deadline = at + DRAIN_MILLIS * MILLI;
                progressClosing();
            }
        }
    }

    private void progressClosing() {
        if (state != State.CLOSING) {
            return;
        }
        if (!farewellQueued) {
            farewellQueued = machine.offer(Frames.FLUSH, FAREWELL, 0, FAREWELL.length);
            machine.pump(now);
        }
        if (farewellQueued && machine.unfinished() == 0) {
            closed(Optional.empty());
        }
    }

    private void closed(Optional<WireException> warning) {
        state = State.CLOSED;
        deadline = Long.MAX_VALUE;
        events.closed(warning);
    }

    /** The number of the last frame that arrived in order, 255 before the first. */
    int acknowledgement() {
        return machine.receiving().ack();
    }

    /** The counters now. Any thread. */
    HostArqCounters counters() {
        return counters.snapshot();
    }
}
