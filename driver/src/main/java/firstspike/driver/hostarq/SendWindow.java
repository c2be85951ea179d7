package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;

/**
 * Frames of one HostARQ session on their way out (wire.md 13). Positions count frames from 0 without end; the sequence number is
 * the position modulo 256. One ring of 512 encoded frames holds what waits and what is in flight.
 *
 * <pre>
 *    low                high                      tail
 *     | in flight, <= 128 | queued, not sent so far |
 *     |<------------------- at most 512 ----------->|
 * </pre>
 *
 * {@link #offer} and {@link #free} may be called from any thread; everything else belongs to the owner. Times in ns.
 */
final class SendWindow {

    /** Frames queued or in flight at most. */
    static final int QUEUE = 512;

    /** Retransmission time-out: half the time of a full window at line rate, ns. */
    static final long RTO_NANOS = 756_000;

    /** Transmissions of one frame at most. */
    static final int MAX_TRANSMISSIONS = 9_999;

    /** Time from the first transmission of a frame until the session is given up (D19), ns. */
    static final long GIVE_UP_NANOS = 10_000_000_000L;

    /** After a pause of the process resends that were missed are made up for no faster than this, ns; no burst. */
    private static final long CATCH_UP_NANOS = RTO_NANOS / 2;

    /** Bytes of a place in the ring: a frame, rounded up to cache lines. */
    private static final int PLACE = 1472;

    private static final int LAST_SEQUENCE = Frames.SEQUENCES - 1;
    private static final long MICRO = 1_000;

    private final String peer;
    private final CongestionControl congestion;
    private final ArqCounters counters;
    private final byte[] frames = new byte[QUEUE * PLACE];
    private final int[] counts = new int[QUEUE];
    private final int[] transmissions = new int[QUEUE];
    private final long[] firstSent = new long[QUEUE];
    private volatile long low;
    private volatile long tail;
    private long high;
    private long nextScan = Long.MAX_VALUE;

    /**
     * @param peer as errors name it
     * @param congestion how many may be in flight
     * @param counters what is counted
     */
    SendWindow(String peer, CongestionControl congestion, ArqCounters counters) {
        this.peer = peer;
        this.congestion = congestion;
        this.counters = counters;
    }

    /** As at the beginning of a session; what was queued is lost. */
    synchronized void reset() {
        tail = 0;
        high = 0;
        low = 0;
        nextScan = Long.MAX_VALUE;
        congestion.reset();
    }

    /**
     * Queues a frame. Any thread.
     *
     * @return false when 512 frames wait
     * @throws WireException {@code FRAME_LENGTH}, {@code FIELD_RANGE}
     */
    synchronized boolean offer(int packetType, long[] words, int from, int count) {
        long position = tail;
        if (position - low >= QUEUE) {
            counters.stalled();
            return false;
        }
        int place = place(position);
        Frames.encodeBody(frames, place * PLACE, packetType, words, from, count);
        counts[place] = count;
        tail = position + 1;
        return true;
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        // low first: what is acknowledged meanwhile is seen by the next call
        long oldest = low;
        return (int) Math.max(0, QUEUE - (tail - oldest));
    }

    /** Frames that are queued and were not sent so far. */
    int waiting() {
        return (int) (tail - high);
    }

    /** Frames sent and not acknowledged. */
    int inFlight() {
        return (int) (high - low);
    }

    /** Whether one more frame may leave now. */
    boolean isOpen() {
        return congestion.allows(inFlight());
    }

    /**
     * Sends queued frames as far as the window allows.
     *
     * @param ack to carry
     * @param now ns
     * @param sink where they leave
     * @return how many left
     */
    int transmit(int ack, long now, DatagramSink sink) {
        int sent = 0;
        while (transmitOne(ack, now, sink) > 0) {
            sent++;
        }
        return sent;
    }

    /**
     * Sends the next queued frame if the window allows.
     *
     * @param ack to carry
     * @param at when it leaves, ns; its resends count from here
     * @param sink where it leaves
     * @return its words, 0 when none left
     */
    int transmitOne(int ack, long at, DatagramSink sink) {
        if (high >= tail || !isOpen()) {
            return 0;
        }
        int place = place(high);
        firstSent[place] = at;
        transmissions[place] = 1;
        nextScan = Math.min(nextScan, at + RTO_NANOS);
        long position = high++;
        send(position, ack, sink);
        counters.sent(counts[place]);
        return counts[place];
    }

    /**
     * Sends again what is due: resend k of a frame k × 756 µs after its first transmission.
     *
     * @param ack to carry
     * @param now ns
     * @param sink where they leave
     * @return how many left
     * @throws WireException {@code MAX_RESENDS}
     */
    int scan(int ack, long now, DatagramSink sink) {
        int resent = 0;
        long earliest = Long.MAX_VALUE;
        for (long position = low; position < high; position++) {
            int place = place(position);
            long age = now - firstSent[place];
            long soonest = now;
            if (age / RTO_NANOS >= transmissions[place]) {
                if (age >= GIVE_UP_NANOS || transmissions[place] >= MAX_TRANSMISSIONS) {
                    throw givenUp(position, age);
                }
                transmissions[place]++;
                congestion.resent();
                counters.resent();
                send(position, ack, sink);
                resent++;
                soonest = now + CATCH_UP_NANOS;
            }
            earliest = Math.min(earliest, Math.max(soonest, firstSent[place] + transmissions[place] * RTO_NANOS));
        }
        nextScan = earliest;
        return resent;
    }

    /**
     * Takes an acknowledgement.
     *
     * @param ack last frame that the other side has in order; anything but a frame in flight is ignored
     * @param now ns
     * @return frames released; 0 when ignored
     */
    int acknowledge(int ack, long now) {
        int ahead = ack - (int) low & LAST_SEQUENCE;
        if (!Frames.isSequence(ack) || ahead >= inFlight()) {
            return 0;
        }
        long last = low + ahead;
        int place = place(last);
        if (transmissions[place] == 1) {
            counters.roundTrip(Math.max(0, now - firstSent[place]));
        }
        low = last + 1;
        congestion.acknowledged(low == high);
        if (low == high) {
            nextScan = Long.MAX_VALUE;
        }
        return ahead + 1;
    }

    /** When {@link #scan} has something to do, at the earliest, ns; {@code Long.MAX_VALUE} when nothing is in flight. */
    long nextScanNanos() {
        return nextScan;
    }

    /** Sequence number of the oldest frame in flight, or of the next one. */
    int lowSequence() {
        return (int) low & LAST_SEQUENCE;
    }

    /** Sequence number of the next new frame. */
    int highSequence() {
        return (int) high & LAST_SEQUENCE;
    }

    private void send(long position, int ack, DatagramSink sink) {
        int place = place(position);
        Frames.stamp(frames, place * PLACE, ack, (int) position & LAST_SEQUENCE);
        sink.datagram(frames, place * PLACE, Frames.HEADER_BYTES + Long.BYTES * counts[place]);
    }

    private static int place(long position) {
        return (int) position & QUEUE - 1;
    }

    private WireException givenUp(long position, long age) {
        int seq = (int) position & LAST_SEQUENCE;
        int sent = transmissions[place(position)];
        return new WireException(
                WireException.Code.MAX_RESENDS,
                ErrorDetail.of(
                                "frame " + seq + " to " + peer,
                                "not acknowledged after " + sent + " transmissions in " + age / MICRO + " us",
                                MAX_TRANSMISSIONS + " transmissions or " + GIVE_UP_NANOS / MICRO + " us",
                                "check power, cable and whether another client reset the FPGA, then open again")
                        .with("seq", seq)
                        .with("transmissions", sent)
                        .with("timeUs", age / MICRO));
    }
}
