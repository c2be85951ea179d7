package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;

/**
 * Frames of one HostARQ session on their way out (wire.md 13). Positions count frames from 0 without end; the sequence number is
 * the position modulo 256. One ring of 512 encoded frames holds what waits and what is in flight.
 *
 * <pre>
 *    low                high                      tail
 *     | in flight, <= 127 | queued, not sent so far |
 *     |<------------------- at most 512 ----------->|
 * </pre>
 *
 * {@link #offer} and {@link #free} may be called from any thread; everything else belongs to the owner. Times in ns.
 */
final class SendWindow {

    /** Frames queued or in flight at most. */
    static final int QUEUE = 512;

    /** Transmissions of one frame at most. */
    static final int MAX_TRANSMISSIONS = 9_999;

    /** Time from the first transmission of a frame until the session is given up (D19), ns. */
    static final long GIVE_UP_NANOS = 10_000_000_000L;

    /** With nothing at all from the partner for so long only the oldest frame is sent again, ns ... */
    static final long SILENCE_NANOS = 50_000_000;

    /** ... at intervals that double up to this, ns. */
    static final long LONGEST_INTERVAL_NANOS = 100_000_000;

    /** After a pause of the process resends that were missed are made up for no faster than this, ns; no burst. */
    private static final long CATCH_UP_NANOS = ResendTimer.LEAST_NANOS / 2;

    /** Bytes of a place in the ring: a frame, rounded up to cache lines. */
    private static final int PLACE = 1472;

    private static final int LAST_SEQUENCE = Frames.SEQUENCES - 1;
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final String peer;
    private final CongestionControl congestion;
    private final ArqCounters counters;
    private final byte[] frames = new byte[QUEUE * PLACE];
    private final int[] counts = new int[QUEUE];
    private final int[] transmissions = new int[QUEUE];
    private final long[] firstSent = new long[QUEUE];
    private final long[] lastSent = new long[QUEUE];
    /** The next resend of a frame is due one time-out after this. */
    private final long[] countedFrom = new long[QUEUE];

    private final ResendTimer timer = new ResendTimer();
    private volatile long low;
    private volatile long tail;
    private long high;
    private long nextScan = Long.MAX_VALUE;
    private long heardAt;
    /** Time from the last resend of the oldest frame to the next while the partner is silent; 0 while it is not. */
    private long interval;

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
        heardAt = 0;
        interval = 0;
        timer.reset();
        counters.resendTime(timer.timeoutNanos());
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
        lastSent[place] = at;
        countedFrom[place] = at;
        transmissions[place] = 1;
        nextScan = Math.min(nextScan, at + timer.timeoutNanos());
        long position = high++;
        send(position, ack, sink);
        counters.sent(counts[place]);
        return counts[place];
    }

    /**
     * Sends again what is due: resend k of a frame k time-outs after its first transmission. While the partner is silent only the
     * oldest frame, less and less often: whoever is there answers one frame as well as all of them.
     *
     * @param ack to carry
     * @param now ns
     * @param sink where they leave
     * @return how many left
     * @throws WireException {@code MAX_RESENDS}
     */
    int scan(int ack, long now, DatagramSink sink) {
        if (low == high) {
            return 0;
        }
        giveUp(now);
        if (now - quietSince() >= SILENCE_NANOS) {
            return knock(ack, now, sink);
        }
        int resent = 0;
        long timeout = timer.timeoutNanos();
        long earliest = Long.MAX_VALUE;
        for (long position = low; position < high; position++) {
            int place = place(position);
            long soonest = now;
            if (now - countedFrom[place] >= timeout) {
                resend(position, ack, now, sink);
                countedFrom[place] += timeout;
                resent++;
                soonest = now + CATCH_UP_NANOS;
            }
            earliest = Math.min(earliest, Math.max(soonest, countedFrom[place] + timeout));
        }
        nextScan = earliest;
        return resent;
    }

    private long quietSince() {
        return Math.max(heardAt, firstSent[place(low)]);
    }

    private int knock(int ack, long now, DatagramSink sink) {
        if (interval == 0) {
            interval = timer.timeoutNanos();
        }
        int place = place(low);
        int resent = 0;
        if (now - lastSent[place] >= interval) {
            resend(low, ack, now, sink);
            countedFrom[place] = now;
            interval = Math.min(2 * interval, LONGEST_INTERVAL_NANOS);
            resent = 1;
        }
        nextScan = Math.min(lastSent[place] + interval, firstSent[place] + GIVE_UP_NANOS);
        return resent;
    }

    /**
     * Sends one frame in flight again, whenever that would be due.
     *
     * @param ahead its place behind the oldest, 0 to {@link #inFlight} - 1
     * @param ack to carry
     * @param now ns
     * @param sink where it leaves
     */
    void resendOne(int ahead, int ack, long now, DatagramSink sink) {
        resend(low + ahead, ack, now, sink);
    }

    private void resend(long position, int ack, long now, DatagramSink sink) {
        int place = place(position);
        transmissions[place]++;
        lastSent[place] = now;
        congestion.resent();
        counters.resent();
        send(position, ack, sink);
    }

    private void giveUp(long now) {
        int place = place(low);
        long age = now - firstSent[place];
        boolean worn = transmissions[place] >= MAX_TRANSMISSIONS && now - countedFrom[place] >= timer.timeoutNanos();
        if (age >= GIVE_UP_NANOS || worn) {
            throw givenUp(age, now - heardAt);
        }
    }

    /**
     * Something came from the partner. After a silence the frames in flight are given one time-out more, since acknowledgements of
     * what it has are on their way.
     *
     * @param now ns
     */
    void heard(long now) {
        heardAt = now;
        if (interval == 0) {
            return;
        }
        interval = 0;
        for (long position = low; position < high; position++) {
            countedFrom[place(position)] = now;
        }
        nextScan = low == high ? Long.MAX_VALUE : now + timer.timeoutNanos();
    }

    /**
     * Puts off what is due: the time in which this process did not run is not the partner's.
     *
     * @param nanos by how much
     */
    void postpone(long nanos) {
        for (long position = low; position < high; position++) {
            countedFrom[place(position)] += nanos;
        }
        nextScan += low == high ? 0 : nanos;
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
        learn(place(low), now);
        low = low + ahead + 1;
        congestion.acknowledged(low == high);
        if (low == high) {
            nextScan = Long.MAX_VALUE;
        }
        return ahead + 1;
    }

    /** The oldest frame tells the time: no gap before it has held its acknowledgement back. */
    private void learn(int place, long now) {
        long before = timer.timeoutNanos();
        if (transmissions[place] == 1) {
            long roundTrip = Math.max(0, now - firstSent[place]);
            timer.measured(roundTrip);
            counters.roundTrip(roundTrip);
        } else {
            timer.ambiguous(now - lastSent[place], now);
        }
        long after = timer.timeoutNanos();
        if (after != before) {
            counters.resendTime(after);
        }
        if (after < before) {
            nextScan = Math.min(nextScan, now + CATCH_UP_NANOS);
        }
    }

    /** Time after which a frame is sent again now, ns. */
    long timeoutNanos() {
        return timer.timeoutNanos();
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

    private WireException givenUp(long age, long silence) {
        int seq = lowSequence();
        int sent = transmissions[place(low)];
        long silentMs = Math.min(age, silence) / MILLI;
        String what = silentMs >= SILENCE_NANOS / MILLI
                ? "no answer since " + silentMs + " ms"
                : "answers, but none to this frame since " + age / MILLI + " ms";
        return new WireException(
                WireException.Code.MAX_RESENDS,
                ErrorDetail.of(
                                "frame " + seq + " to " + peer,
                                what + " (" + sent + " transmissions)",
                                GIVE_UP_NANOS / MILLI + " ms or " + MAX_TRANSMISSIONS + " transmissions",
                                "the line is down, or another host has opened the FPGA: check power and cable, and who uses"
                                        + " it, then open again")
                        .with("seq", seq)
                        .with("transmissions", sent)
                        .with("timeUs", age / MICRO)
                        .with("silentMs", silentMs));
    }
}
