package firstspike.driver.hostarq;

import java.nio.ByteBuffer;

/**
 * The windows of one side of a session, the same for host and FPGA (wire.md 11, 13, 14), without thread, clock or socket.
 *
 * <p>One thread owns it; {@link #offer} and {@link #free} may be called from any. Times are ns of one monotonic clock, 0 or more.
 */
final class ArqMachine {

    private static final int LAST = Frames.SEQUENCES - 1;

    /** No new session has this number or a later one in its window. */
    private static final int OUTSIDE_NEW_SESSIONS = 128;

    private static final long[] PROBE = {0};

    /** A resend so late says that the machine is under load, ns; on an idle one it is a tenth of that. */
    private static final long LATE_NANOS = 500_000;

    /** Under load resends pause for so many times the delay, since the acknowledgements wait for the same processor, ... */
    private static final long PAUSE = 4;

    /** ... but not longer than this, ns. */
    private static final long LONGEST_PAUSE_NANOS = 8_000_000;

    private final DatagramSink sink;
    private final ArqCounters counters;
    private final CongestionControl congestion;
    private final SendWindow sending;
    private final ReceiveWindow receiving = new ReceiveWindow();
    private final AckTimer ackTimer = new AckTimer();
    private final byte[] ackFrame = new byte[Frames.ACK_BYTES];
    private long resendNotBefore;
    private boolean paused;
    private boolean held;
    private long lineFree;
    /** Time of a frame without words on a line of 1 Gbit/s, headers and gap included, ns (wire.md 20). */
    private static final long FRAME_NANOS = 624;

    /** Time of a word on it, ns. */
    private static final long WORD_NANOS = 64;

    /** A resend shall not come later than 2 ms after it is due, whatever was sent before. */
    private static final long LONGEST_BURST_NANOS = 1_500_000;

    private final byte[] probeFrame = new byte[Frames.HEADER_BYTES + Long.BYTES];

    /**
     * @param peer as errors name it
     * @param congestionControl whether a lost frame narrows the window
     * @param sink where datagrams leave
     * @param counters what is counted
     */
    ArqMachine(String peer, boolean congestionControl, DatagramSink sink, ArqCounters counters) {
        this.sink = sink;
        this.counters = counters;
        this.congestion = new CongestionControl(congestionControl);
        this.sending = new SendWindow(peer, congestion, counters);
    }

    /** What became of a datagram. */
    enum Reception {
        /** A new frame, in order or held. */
        ACCEPTED,
        /** An acknowledgement alone. */
        ACK,
        /** A data frame that is a duplicate or finds no room; counted. */
        REFUSED,
        /** Neither; counted. */
        MALFORMED
    }

    /** As at the beginning of a session; the counters go on. */
    void reset() {
        sending.reset();
        receiving.reset();
        ackTimer.reset();
        resendNotBefore = 0;
        paused = false;
        held = false;
        lineFree = 0;
    }

    /**
     * Queues a frame. Any thread.
     *
     * @return false when 512 frames wait
     * @throws firstspike.driver.message.WireException {@code FRAME_LENGTH}, {@code FIELD_RANGE}
     */
    boolean offer(int packetType, long[] words, int from, int count) {
        return sending.offer(packetType, words, from, count);
    }

    /**
     * Queues words in frames of 180, the last one shorter. Any one thread at a time.
     *
     * @return words taken: fewer than count when 512 frames wait
     * @throws firstspike.driver.message.WireException {@code FIELD_RANGE}
     */
    int offerAll(int packetType, long[] words, int from, int count) {
        int taken = 0;
        while (taken < count) {
            int some = Math.min(Frames.MAX_WORDS, count - taken);
            if (!offer(packetType, words, from + taken, some)) {
                break;
            }
            taken += some;
        }
        return taken;
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        return sending.free();
    }

    /** Frames queued or not acknowledged. Any thread. */
    int unfinished() {
        return SendWindow.QUEUE - sending.free();
    }

    /**
     * Takes a datagram of the data port, sends what its acknowledgement made room for, and acknowledges it.
     *
     * @param datagram from position to limit, which stay as they are
     * @param now ns
     * @return what became of it
     */
    Reception datagram(ByteBuffer datagram, long now) {
        Frames.Kind kind = Frames.kind(datagram);
        if (kind == Frames.Kind.DATA) {
            return data(datagram, now);
        }
        counters.received(kind);
        if (kind == Frames.Kind.ACK) {
            sending.acknowledge(Frames.ack(datagram), now);
            sending.heard(now);
            pump(now);
            return Reception.ACK;
        }
        return Reception.MALFORMED;
    }

    private Reception data(ByteBuffer frame, long now) {
        ReceiveWindow.Outcome outcome = receiving.offer(frame);
        counters.received(outcome, Frames.count(frame));
        if (outcome != ReceiveWindow.Outcome.QUEUE_FULL) {
            ackTimer.received(now);
        }
        if (Frames.isSequence(Frames.ack(frame))) {
            sending.acknowledge(Frames.ack(frame), now);
        } else {
            counters.ackIgnored();
        }
        sending.heard(now);
        // new frames first: they carry the acknowledgement, which then needs no datagram of its own
        pump(now);
        acknowledge(now);
        return switch (outcome) {
            case IN_ORDER, AHEAD -> Reception.ACCEPTED;
            case DUPLICATE, QUEUE_FULL -> Reception.REFUSED;
        };
    }

    /**
     * Sends queued frames as far as the window allows. A burst leaves a line of 1 Gbit/s one frame behind the other, so resends of
     * a frame count from when the line can have carried it: counted from the call, the end of a full window would be sent again
     * before anybody could have received it.
     */
    void pump(long now) {
        if (held) {
            return;
        }
        long at = Math.max(now, Math.min(lineFree, now + LONGEST_BURST_NANOS));
        int words = sending.transmitOne(receiving.ack(), at, sink);
        if (words == 0) {
            return;
        }
        do {
            at = Math.min(at + FRAME_NANOS + words * WORD_NANOS, now + LONGEST_BURST_NANOS);
            words = sending.transmitOne(receiving.ack(), at, sink);
        } while (words > 0);
        lineFree = at;
        ackTimer.sent(now);
    }

    /**
     * Sends again what is due, then new frames, then a delayed acknowledgement. When it comes late itself, resends wait a little more,
     * once: both sides of a loopback session share a machine, and two late threads that resend whole windows leave no time to
     * acknowledge them.
     *
     * @throws firstspike.driver.message.WireException {@code MAX_RESENDS}
     */
    void tick(long now) {
        if (!held && resendsAreDue(now) && sending.scan(receiving.ack(), now, sink) > 0) {
            ackTimer.sent(now);
        }
        pump(now);
        acknowledge(now);
    }

    /**
     * Holds everything back but probes, or no longer. A partner that has reset must not get frames of this session, since they
     * carry numbers that its own session expects.
     *
     * @param back whether nothing leaves
     */
    void hold(boolean back) {
        held = back;
    }

    /**
     * Provokes a sign of life: a partner in this session acknowledges a frame that it has already or that is in flight, one that has
     * reset drops it. Its number is 128 or more, outside the window of any new session, in case the network delivers it after the
     * new session's answer; 128 or more before all that the partner may expect, or, where there is no such number, 127.
     *
     * @param now ns
     */
    void probe(long now) {
        for (int least = Frames.WINDOW; least >= Frames.IN_FLIGHT; least--) {
            for (int seq = LAST; seq >= OUTSIDE_NEW_SESSIONS; seq--) {
                int ahead = seq - sending.lowSequence() & LAST;
                if (ahead < sending.inFlight()) {
                    sending.resendOne(ahead, receiving.ack(), now, sink);
                    return;
                }
                if (ahead >= sending.inFlight() + least) {
                    int length =
                            Frames.encode(probeFrame, 0, receiving.ack(), seq, Frames.WORDS, PROBE, 0, PROBE.length);
                    sink.datagram(probeFrame, 0, length);
                    return;
                }
            }
        }
    }

    /** When {@link #tick} is due, ns; {@code Long.MAX_VALUE} when nothing waits. */
    long nextWakeNanos() {
        return held ? Long.MAX_VALUE : Math.min(nextResendNanos(), ackTimer.dueNanos());
    }

    private long nextResendNanos() {
        return Math.max(sending.nextScanNanos(), resendNotBefore);
    }

    private boolean resendsAreDue(long now) {
        long late = now - nextResendNanos();
        if (late < 0) {
            return false;
        }
        if (late > LATE_NANOS && !paused) {
            long pause = Math.min(PAUSE * late, LONGEST_PAUSE_NANOS);
            sending.postpone(late + pause);
            resendNotBefore = now + pause;
            paused = true;
            return false;
        }
        paused = false;
        return true;
    }

    /** Received frames that wait. */
    int available() {
        return receiving.available();
    }

    /** Packet type of the oldest of them. */
    int nextType() {
        return receiving.nextType();
    }

    /**
     * Hands the oldest received frame on.
     *
     * @return whether there was one
     */
    boolean take(FrameSink consumer) {
        return receiving.take(consumer);
    }

    /** The window outwards, for errors and tests. */
    SendWindow sending() {
        return sending;
    }

    /** The window inwards, for tests. */
    ReceiveWindow receiving() {
        return receiving;
    }

    private void acknowledge(long now) {
        if (!held && ackTimer.isDue(now)) {
            Frames.encodeAck(ackFrame, receiving.ack());
            sink.datagram(ackFrame, 0, Frames.ACK_BYTES);
            ackTimer.sent(now);
            counters.ackSent();
        }
    }
}
