package firstspike.driver.playback;

/**
 * How much later than requested an item of a schedule may issue (playback.md 4.3).
 *
 * @param warnAbove ticks above which the program gets a note
 * @param failAbove ticks above which the schedule is refused
 */
public record LatePolicy(long warnAbove, long failAbove) {

    /** Notes any lateness, refuses more than 10 microseconds. */
    public static final LatePolicy DEFAULT = new LatePolicy(0, 1250);

    /** Checks the order. */
    public LatePolicy {
        if (warnAbove < 0 || failAbove < warnAbove) {
            throw new IllegalArgumentException("late policy: warn above " + warnAbove + ", fail above " + failAbove
                    + " ticks (limit: 0 or more, ascending); choose ascending limits");
        }
    }
}
