package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The FPGA's side of HostARQ (wire.md 17), without thread, clock or socket: one session after the other, each begun by a reset
 * frame, whose sender is the peer. Congestion control is off. The counters go on over all sessions.
 *
 * <p>One thread owns it; {@link #words}, {@link #flush}, {@link #free} and {@link #counters} may be called from any. Times are ns of a
 * monotonic clock, 0 or more. The owner calls {@link #pump} after words were queued, {@link #tick} not before and soon after
 * {@link #nextWakeNanos}, and {@link #deliver} after each datagram and tick.
 */
final class EndpointSession {

    /**
     * A reset frame of the peer itself, in a session in which it has answered, is either a late copy made by the network or meant. The
     * peer is probed for so long; when it shows that it goes on with the session the reset is ignored, else it counts, ns. Nothing
     * but probes leaves meanwhile: other frames would carry numbers that the peer's next session expects. (Not in
     * the sources: without it 20 % duplication kills every fifth opening. Hosts that open anew use another port, D15, and are
     * answered at once.)
     */
    static final long DOUBT_NANOS = 25_000_000;

    /** What comes so shortly after the reset may be late itself and is no sign that the session goes on, ns. */
    static final long LATE_NANOS = 4_000_000;

    /** Time between probes, ns. */
    private static final long PROBE_NANOS = 2_000_000;

    /** Probes of one doubt; the line is quiet for the second half of it, so that none comes after the new session's answer. */
    private static final int PROBES = 5;

    /** A partial frame leaves so long after its last word (D27), ns. */
    static final long PARTIAL_NANOS = 100_000;

    private static final String PEER = "host";

    private final long[] answer;
    private final EndpointPort port;
    private final EndpointEvents events;
    private final ArqCounters counters = new ArqCounters();
    private final ArqMachine machine;
    private final FrameSink consumer = this::frame;
    private final long[] partial = new long[Frames.MAX_WORDS];
    private int partialWords;
    private volatile long partialDue = Long.MAX_VALUE;
    private volatile int session;
    private volatile boolean live;
    private SocketAddress peer;
    private boolean peerAnswered;
    private long nextProbe = Long.MAX_VALUE;
    private int probes;
    private long doubtUntil = Long.MAX_VALUE;

    /**
     * An endpoint that waits for a reset frame.
     *
     * @param informationText what the configuration answer says, at most 65,536 bytes of UTF-8
     * @param port where datagrams leave
     * @param events what is told
     */
    EndpointSession(String informationText, EndpointPort port, EndpointEvents events) {
        this.answer = ConfigurationAnswer.words(informationText);
        this.port = port;
        this.events = events;
        this.machine = new ArqMachine(PEER, false, this::send, counters);
    }

    private void send(byte[] bytes, int from, int length) {
        port.datagram(peer, bytes, from, length);
    }

    /**
     * Takes a datagram of the reset port. A correct one begins a session; others are counted.
     *
     * @param from sender
     * @param datagram from position to limit
     * @param now ns
     */
    void reset(SocketAddress from, ByteBuffer datagram, long now) {
        boolean correct = Frames.isReset(datagram);
        counters.reset(correct);
        if (!correct) {
            return;
        }
        if (!live || !from.equals(peer) || !peerAnswered) {
            restart(from, now);
        } else if (doubtUntil == Long.MAX_VALUE) {
            doubtUntil = now + DOUBT_NANOS;
            probes = 0;
            nextProbe = now + LATE_NANOS;
            machine.hold(true);
        }
    }

    private void probe(long now) {
        probes++;
        nextProbe = probes < PROBES ? now + PROBE_NANOS : Long.MAX_VALUE;
        machine.probe(now);
    }

    private void goesOn() {
        peerAnswered = true;
        if (probes > 0 || doubtUntil == Long.MAX_VALUE) {
            trust();
        }
    }

    private void trust() {
        nextProbe = Long.MAX_VALUE;
        doubtUntil = Long.MAX_VALUE;
        machine.hold(false);
    }

    private void restart(SocketAddress from, long now) {
        trust();
        peer = from;
        peerAnswered = false;
        int number = begin();
        machine.offerAll(Frames.CONFIGURATION, answer, 0, answer.length);
        machine.pump(now);
        events.sessionStarted(number);
    }

    private synchronized int begin() {
        machine.reset();
        partialWords = 0;
        partialDue = Long.MAX_VALUE;
        live = true;
        return ++session;
    }

    /**
     * Takes a datagram of the data port. Bytes from position to limit, which are left as they were.
     *
     * @param from sender
     * @param datagram big endian
     * @param now ns
     */
    void datagram(SocketAddress from, ByteBuffer datagram, long now) {
        if (!live) {
            counters.beforeOpen();
        } else if (!from.equals(peer)) {
            counters.foreignPeer();
        } else {
            ArqMachine.Reception reception = machine.datagram(datagram, now);
            switch (reception) {
                case ACCEPTED, ACK -> goesOn();
                // a late copy says nothing
                case REFUSED, MALFORMED -> {}
            }
        }
    }

    /** The system said that nobody received a datagram: counted, ignored (wire.md 15). */
    void refused() {
        counters.refused();
    }

    /** Sends queued frames as far as the window allows. */
    void pump(long now) {
        if (live) {
            machine.pump(now);
        }
    }

    /** Does what is due: resends, delayed ACKs, a partial frame after 100 µs. */
    void tick(long now) {
        if (!live) {
            return;
        }
        if (now >= doubtUntil) {
            restart(peer, now);
        } else if (now >= nextProbe) {
            probe(now);
        }
        if (now >= partialDue) {
            flush(session);
        }
        try {
            machine.tick(now);
        } catch (WireException e) {
            live = false;
            events.stopped(e);
        }
    }

    /** When {@link #tick} is due, ns; {@code Long.MAX_VALUE} when nothing waits. */
    long nextWakeNanos() {
        // a partial frame that finds the queue full leaves with the words or the flush that follow an acknowledgement
        long flushAt = machine.free() > 0 ? partialDue : Long.MAX_VALUE;
        long doubt = Math.min(nextProbe, doubtUntil);
        return live ? Math.min(Math.min(flushAt, doubt), machine.nextWakeNanos()) : Long.MAX_VALUE;
    }

    /**
     * Hands received words on and answers loopback frames, while there is room for the answers.
     *
     * @param max frames at most
     * @return how many were handled
     */
    int deliver(int max) {
        int delivered = 0;
        while (live && delivered < max && machine.available() > 0 && deliverOne()) {
            delivered++;
        }
        return delivered;
    }

    private boolean deliverOne() {
        return machine.nextType() == Frames.LOOPBACK ? echo() : machine.take(consumer);
    }

    /** Whether there was room for the echo and for the partial frame before it; no other thread may take it meanwhile. */
    private synchronized boolean echo() {
        return flush(session) && machine.free() > 0 && machine.take(consumer);
    }

    private void frame(int packetType, long[] words, int count) {
        switch (packetType) {
            case Frames.WORDS -> events.words(words, count);
            case Frames.FLUSH -> events.flushRequested();
            case Frames.LOOPBACK -> {
                if (count > 0) {
                    machine.offer(Frames.LOOPBACK, words, 0, count);
                }
            }
            default -> counters.unsupportedType();
        }
    }

    /**
     * Queues words for the host; full frames leave with the next {@link #pump}. Any thread.
     *
     * @param number of the session, of {@link EndpointEvents#sessionStarted}
     * @param words the array is copied
     * @param from first word
     * @param count how many
     * @param now ns
     * @return how many were taken; fewer than count when 512 frames wait
     * @throws WireException {@code CLOSED} when that session is over
     */
    synchronized int words(int number, long[] words, int from, int count, long now) {
        check(number);
        int taken = 0;
        while (taken < count && (partialWords < Frames.MAX_WORDS || queuePartial())) {
            int some = Math.min(count - taken, Frames.MAX_WORDS - partialWords);
            System.arraycopy(words, from + taken, partial, partialWords, some);
            partialWords += some;
            taken += some;
            partialDue = now + PARTIAL_NANOS;
            if (partialWords == Frames.MAX_WORDS) {
                queuePartial();
            }
        }
        return taken;
    }

    /**
     * Queues the partial frame, if there is one. Any thread.
     *
     * @param number of the session
     * @return false when 512 frames wait
     * @throws WireException {@code CLOSED} when that session is over
     */
    synchronized boolean flush(int number) {
        check(number);
        return partialWords == 0 || queuePartial();
    }

    private boolean queuePartial() {
        if (!machine.offer(Frames.WORDS, partial, 0, partialWords)) {
            return false;
        }
        partialWords = 0;
        partialDue = Long.MAX_VALUE;
        return true;
    }

    private void check(int number) {
        if (!live || number != session) {
            throw new WireException(
                    WireException.Code.CLOSED,
                    ErrorDetail.of(
                            "session " + number + " of the endpoint",
                            live ? "the host began session " + session : "the host went silent",
                            "the present session",
                            "wait for the next reset frame"));
        }
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        return machine.free();
    }

    /** The counters since the endpoint began. Any thread. */
    HostArqCounters counters() {
        return counters.snapshot();
    }
}
