package firstspike.driver.hostarq;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A bad network for the datagrams of one direction: loses, doubles, delays, reorders and damages them, by a seed. Without thread,
 * clock or socket: {@link #offer} takes a datagram, {@link #drain} hands on what is due. One thread; {@link #cut} and
 * {@link #restore} may come from others.
 *
 * <p>It keeps the lateness rule of wire.md 15 (D29), without which HostARQ cannot work: a held datagram is discarded once one whose
 * sequence number or acknowledgement is 128 or more ahead of its own has passed.
 */
public final class ImpairmentStage {

    private static final int SEQUENCE_AT = 4;
    private static final int HEADER = 12;
    private static final int LATEST = 128;

    private final Impairments impairments;
    private final SplittableRandom random;
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private final Numbering sequences = new Numbering();
    private final Numbering acknowledgements = new Numbering();
    private volatile boolean cut;
    private long cutFrom = Long.MAX_VALUE;
    private long cutTo = Long.MAX_VALUE;
    private long arrivals;
    private long lost;
    private long doubled;
    private long delayed;
    private long damaged;
    private long late;
    private long passed;

    /**
     * @param impairments what happens
     * @param seed the same datagrams at the same times with the same seed meet the same fate
     */
    public ImpairmentStage(Impairments impairments, long seed) {
        this.impairments = impairments;
        this.random = new SplittableRandom(seed);
    }

    /** Where datagrams come out. */
    @FunctionalInterface
    public interface Exit {

        /**
         * One datagram.
         *
         * @param datagram of its own, from position to limit
         */
        void datagram(ByteBuffer datagram);
    }

    /**
     * What happened so far, in datagrams.
     *
     * @param offered by the sender
     * @param lost on purpose, by a cut too
     * @param doubled given a second copy
     * @param delayed held or delayed, second copies included
     * @param damaged on purpose
     * @param late discarded because one 128 ahead had passed
     * @param passed handed on
     */
    public record Counts(long offered, long lost, long doubled, long delayed, long damaged, long late, long passed) {}

    /**
     * Takes a datagram of the sender.
     *
     * @param datagram from position to limit; copied
     * @param now ns, never earlier than before
     */
    public void offer(ByteBuffer datagram, long now) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        // the same number of draws for each datagram, so that one share does not change the fate of the others
        double loss = random.nextDouble();
        double duplication = random.nextDouble();
        double reordering = random.nextDouble();
        double corruption = random.nextDouble();
        double hold = random.nextDouble();
        double jitter = random.nextDouble();
        double copyHold = random.nextDouble();
        long damage = random.nextLong();
        arrivals++;
        long sequence = bytes.length < HEADER ? Numbering.NONE : sequences.of(field(bytes, SEQUENCE_AT));
        long acknowledgement = bytes.length < SEQUENCE_AT ? Numbering.NONE : acknowledgements.of(field(bytes, 0));
        if (cut || now >= cutFrom && now < cutTo || loss < impairments.loss()) {
            lost++;
            return;
        }
        if (corruption < impairments.corruption()) {
            damaged++;
            bytes = damage(bytes, damage);
        }
        long due = now + impairments.latencyNanos() + (long) (jitter * impairments.jitterNanos());
        long longer = reordering < impairments.reordering() ? (long) (hold * impairments.holdNanos()) : 0;
        hold(new Held(due + longer, arrivals, bytes, sequence, acknowledgement), now);
        if (duplication < impairments.duplication()) {
            doubled++;
            long copyDue = due + (long) (copyHold * impairments.holdNanos());
            hold(new Held(copyDue, arrivals, bytes, sequence, acknowledgement), now);
        }
    }

    private void hold(Held datagram, long now) {
        delayed += datagram.due > now ? 1 : 0;
        held.add(datagram);
    }

    /**
     * Hands on what is due, in order of time.
     *
     * @param now ns
     * @param exit called once for each datagram
     */
    public void drain(long now, Exit exit) {
        while (!held.isEmpty() && held.peek().due <= now) {
            Held datagram = held.poll();
            if (sequences.isLate(datagram.sequence) || acknowledgements.isLate(datagram.acknowledgement)) {
                late++;
                continue;
            }
            sequences.passed(datagram.sequence);
            acknowledgements.passed(datagram.acknowledgement);
            passed++;
            exit.datagram(ByteBuffer.wrap(datagram.bytes.clone()));
        }
    }

    /** When the next datagram is due, ns; {@code Long.MAX_VALUE} when none is held. */
    public long nextNanos() {
        return held.isEmpty() ? Long.MAX_VALUE : held.peek().due;
    }

    /** Loses everything offered from now on; what is held still arrives. */
    public void cut() {
        cut = true;
    }

    /** Ends a {@link #cut}. */
    public void restore() {
        cut = false;
    }

    /**
     * Loses everything offered in an interval.
     *
     * @param fromNanos begin
     * @param toNanos end, not included
     */
    public void cutBetween(long fromNanos, long toNanos) {
        cutFrom = fromNanos;
        cutTo = toNanos;
    }

    /** What happened so far. */
    public Counts counts() {
        return new Counts(arrivals, lost, doubled, delayed, damaged, late, passed);
    }

    /** Cuts the end off, adds a byte, or sets a bit that no acknowledgement or sequence number has. */
    private static byte[] damage(byte[] bytes, long choice) {
        int which = (int) (choice >>> 8 & 0xff);
        switch ((int) (choice & 3)) {
            case 0 -> {
                return Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - which % 3));
            }
            case 1 -> {
                return Arrays.copyOf(bytes, bytes.length + 1);
            }
            default -> {
                byte[] damaged = bytes.clone();
                int field = bytes.length >= HEADER && (choice & 1) == 1 ? SEQUENCE_AT : 0;
                if (damaged.length >= SEQUENCE_AT) {
                    damaged[field + which % 3] ^= (byte) (1 << (choice >>> 16 & 7));
                }
                return damaged;
            }
        }
    }

    private static int field(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    /** Eight-bit numbers counted on without end, and the furthest that passed. */
    private static final class Numbering {

        static final long NONE = Long.MIN_VALUE;

        private long newest = NONE;
        private long furthest = NONE;

        /** The number's place in the count, at most 128 before or 128 after the newest one offered. */
        long of(int number) {
            if (number < 0 || number > 0xff) {
                return NONE;
            }
            if (newest == NONE) {
                newest = number;
                return newest;
            }
            int ahead = number - (int) newest & 0xff;
            long place = newest + (ahead <= LATEST ? ahead : ahead - 256);
            newest = Math.max(newest, place);
            return place;
        }

        void passed(long place) {
            furthest = Math.max(furthest, place);
        }

        boolean isLate(long place) {
            return place != NONE && furthest != NONE && furthest - place >= LATEST;
        }
    }

    private record Held(long due, long arrival, byte[] bytes, long sequence, long acknowledgement)
            implements Comparable<Held> {

        @Override
        public int compareTo(Held other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
