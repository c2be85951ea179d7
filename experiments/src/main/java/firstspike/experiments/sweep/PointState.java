package firstspike.experiments.sweep;

import java.util.Locale;

/** Where a point of a sweep stands. */
public enum PointState {
    /** It was not begun. */
    WAITING,
    /** It was stopped and goes on where it is. */
    INTERRUPTED,
    /** It has a result, whatever that is worth. */
    DONE,
    /** It has none. */
    FAILED;

    /** As tables show it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
