package firstspike.driver.hostarq;

/**
 * The counters of one side while it runs; mutable. Any thread: each method counts one event whole, so that a snapshot is
 * consistent (W136). The lock is uncontended but for snapshots.
 */
final class ArqCounters {

    private static final long MICRO = 1_000;

    /** The share of a new round trip in the smoothed one is 1 / 8, as in TCP. */
    private static final int SMOOTHING = 8;

    private long sent;
    private long resent;
    private long received;
    private long accepted;
    private long wordsSent;
    private long wordsReceived;
    private long duplicates;
    private long outOfOrder;
    private long tooShort;
    private long lengthMismatch;
    private long seqRange;
    private long ackRange;
    private long beforeOpen;
    private long queueFull;
    private long foreignPeer;
    private long acksIgnored;
    private long resets;
    private long badReset;
    private long unsupportedType;
    private long acksSent;
    private long acksReceived;
    private long stalls;
    private long refusals;
    private long roundTripNanos;
    private long minRoundTripNanos;
    private long resendNanos = ResendTimer.LEAST_NANOS;

    /** A frame left for the first time. */
    synchronized void sent(int words) {
        sent++;
        wordsSent += words;
    }

    /** A frame left again. */
    synchronized void resent() {
        sent++;
        resent++;
    }

    /** A datagram that is not a data frame: an ACK, or malformed. */
    synchronized void received(Frames.Kind kind) {
        received++;
        switch (kind) {
            case ACK -> acksReceived++;
            case SHORT -> tooShort++;
            case LENGTH_MISMATCH -> lengthMismatch++;
            case SEQ_RANGE -> seqRange++;
            case ACK_RANGE -> ackRange++;
            case DATA -> throw new IllegalArgumentException("kind DATA has an outcome");
        }
    }

    /** A data frame. */
    synchronized void received(ReceiveWindow.Outcome outcome, int words) {
        received++;
        switch (outcome) {
            case IN_ORDER, AHEAD -> {
                accepted++;
                wordsReceived += words;
                outOfOrder += outcome == ReceiveWindow.Outcome.AHEAD ? 1 : 0;
            }
            case DUPLICATE -> duplicates++;
            case QUEUE_FULL -> queueFull++;
        }
    }

    /** A datagram while no session was there. */
    synchronized void beforeOpen() {
        received++;
        beforeOpen++;
    }

    /** A datagram of somebody else. */
    synchronized void foreignPeer() {
        received++;
        foreignPeer++;
    }

    /** A data frame was used and its acknowledgement was not. */
    synchronized void ackIgnored() {
        acksIgnored++;
    }

    /** A datagram of the reset port. */
    synchronized void reset(boolean correct) {
        if (correct) {
            resets++;
        } else {
            badReset++;
        }
    }

    /** A frame of a type that nobody handles. */
    synchronized void unsupportedType() {
        unsupportedType++;
    }

    /** An ACK left alone. */
    synchronized void ackSent() {
        acksSent++;
    }

    /** A frame found the send queue full. */
    synchronized void stalled() {
        stalls++;
    }

    /** The system said that nobody received a datagram. */
    synchronized void refused() {
        refusals++;
    }

    /** A frame that was sent once was acknowledged. */
    synchronized void roundTrip(long nanos) {
        minRoundTripNanos = minRoundTripNanos == 0 ? nanos : Math.min(minRoundTripNanos, nanos);
        roundTripNanos = roundTripNanos == 0 ? nanos : roundTripNanos + (nanos - roundTripNanos) / SMOOTHING;
    }

    /** The time after which a frame is sent again changed. */
    synchronized void resendTime(long nanos) {
        resendNanos = nanos;
    }

    /** All of them now. */
    synchronized HostArqCounters snapshot() {
        return new HostArqCounters(
                sent,
                resent,
                received,
                accepted,
                wordsSent,
                wordsReceived,
                duplicates,
                outOfOrder,
                tooShort,
                lengthMismatch,
                seqRange,
                ackRange,
                beforeOpen,
                queueFull,
                foreignPeer,
                acksIgnored,
                resets,
                badReset,
                unsupportedType,
                acksSent,
                acksReceived,
                stalls,
                refusals,
                resendNanos / MICRO,
                roundTripNanos / MICRO,
                minRoundTripNanos / MICRO);
    }
}
