package firstspike.emulator.fpga;

/**
 * Answers that wait for their due tick, one queue a kind; among those due at one tick the order of the kinds decides.
 * Mutable; one owner thread.
 */
final class Responses {

    /** Kinds in the order in which answers of one tick leave (playback.md 6.2). */
    enum Kind {
        SYSTIME,
        SYSTIME_OF_SYNC,
        JTAG,
        OMNIBUS,
        LOOPBACK,
        LINK_NOTIFICATION,
        TIMEOUT
    }

    private static final Kind[] KINDS = Kind.values();

    private final TimedQueue[] queues = new TimedQueue[KINDS.length];
    private int first;

    Responses() {
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new TimedQueue();
        }
    }

    /** Queue of a kind; due ticks never descend in it, an entry with tick NEVER holds those behind it. */
    TimedQueue of(Kind kind) {
        return queues[kind.ordinal()];
    }

    /**
     * Looks for the answer that is due first; {@link #first} then says which kind it has.
     *
     * @return its due tick, NEVER when nothing is due
     */
    long nextDue() {
        int best = 0;
        long due = queues[0].headTick();
        for (int i = 1; i < queues.length; i++) {
            long tick = queues[i].headTick();
            if (tick < due) {
                best = i;
                due = tick;
            }
        }
        first = best;
        return due;
    }

    /** Kind of the answer that {@link #nextDue} found. */
    Kind first() {
        return KINDS[first];
    }

    /** Gives back the room that a large program took. */
    void trim() {
        for (TimedQueue queue : queues) {
            queue.trim();
        }
    }

    /** Removes everything that is left when a program ends and counts the answers among it. */
    long discard() {
        long answers = 0;
        for (Kind kind : KINDS) {
            TimedQueue queue = of(kind);
            if (kind == Kind.JTAG || kind == Kind.OMNIBUS || kind == Kind.LOOPBACK) {
                answers += queue.size();
            }
            queue.clear();
        }
        return answers;
    }
}
