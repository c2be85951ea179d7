package firstspike.runtime.recording;

import java.util.Locale;

/** What a result is worth. */
public enum Verdict {
    /** Nothing to remark. */
    OK,
    /** Something happened that a reader should know. */
    DEGRADED,
    /** Something happened that makes the result worthless. */
    FALSIFIED;

    /** The verdict as files show it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
