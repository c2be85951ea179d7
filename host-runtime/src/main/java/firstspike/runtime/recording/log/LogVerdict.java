package firstspike.runtime.recording.log;

import java.util.Locale;

/** What a file is (formats.md 2.7). */
public enum LogVerdict {
    /** Whole, with index and footer. */
    CLOSED(false),
    /** Whole, without a footer: being written, or its writer died between records. */
    OPEN(false),
    /** The last record is cut; all before it is whole. */
    TORN(false),
    /** A damaged record with sound ones after it. */
    CORRUPT(true),
    /** Records are missing between others. */
    GAP(true),
    /** Bytes after the footer. */
    TRAILING(true),
    /** No spike log. */
    NOT_A_LOG(true),
    /** Written by a newer program. */
    NEWER_VERSION(true),
    /** A record above the limit. */
    TOO_LARGE(true),
    /** A chunk whose columns contradict each other. */
    MALFORMED_CHUNK(true);

    private final boolean error;

    LogVerdict(boolean error) {
        this.error = error;
    }

    /** Whether a reader that is not told to salvage stops with an error. */
    public boolean isError() {
        return error;
    }

    /** As it is printed, such as {@code not-a-log}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
