package firstspike.driver.server.turn;

import java.util.TreeSet;

/**
 * Numbers of the ordered submissions of a session (playback.md 14.3): every number is taken once, in any order, and
 * submissions start in the order of their numbers.
 */
final class SequenceOrder {

    private final TreeSet<Long> ahead = new TreeSet<>();
    private final TreeSet<Long> notBegun = new TreeSet<>();
    private long expected;

    SequenceOrder(long first) {
        this.expected = first;
    }

    /** Smallest number that nobody has taken. */
    long expected() {
        return expected;
    }

    /** Whether a number is taken. */
    boolean taken(long number) {
        return number < expected || ahead.contains(number);
    }

    /** Takes a free number. */
    void take(long number) {
        notBegun.add(number);
        ahead.add(number);
        while (ahead.remove(expected)) {
            expected++;
        }
    }

    /** Whether numbers before this one are missing. */
    boolean behindGap(long number) {
        return number > expected;
    }

    /** Whether all before it have begun or ended. */
    boolean mayStart(long number) {
        return !behindGap(number) && notBegun.first() == number;
    }

    /** The submission of this number has begun, or ended without. */
    void begun(long number) {
        notBegun.remove(number);
    }
}
