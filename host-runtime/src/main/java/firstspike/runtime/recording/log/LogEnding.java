package firstspike.runtime.recording.log;

import java.util.Locale;

/** How a log ends (formats.md 2.4, 2.7). */
public enum LogEnding {
    /** By the footer of its writer. */
    CLOSED,
    /** By a footer that a recovery wrote: what the writer would have added is missing. */
    RECOVERED,
    /** Not yet: a living process holds its lock, or closed it while it was read. */
    BEING_WRITTEN,
    /** Without a footer, and nobody writes it: its writer was killed, or the file was cut. */
    NOT_ENDED;

    /** As it is printed, such as {@code not-ended}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
