package firstspike.runtime.recording.log;

import java.util.Objects;

/**
 * A moment with a meaning.
 *
 * @param sequence of the record
 * @param program it belongs to
 * @param what it says
 * @param tick when
 * @param number of the sample in its data set, or of the epoch
 * @param text of a note, at most 4096 characters
 * @param systime 43-bit systime of tick 0 on {@link Kind#PROGRAM_START}, 0 when unknown
 */
public record Mark(long sequence, long program, Kind what, long tick, long number, String text, long systime)
        implements LogRecord {

    /** Most characters of a note. */
    public static final int MAX_TEXT = 4096;

    /** Checks the text. */
    public Mark {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "text of a mark: " + text.length() + " characters (limit: " + MAX_TEXT + "); shorten it");
        }
    }

    @Override
    public RecordKind kind() {
        return RecordKind.MARK;
    }

    @Override
    public long firstTick() {
        return tick;
    }

    /** What a mark says. */
    public enum Kind {
        /** A program begins. */
        PROGRAM_START(firstspike.proto.log.v1.MarkKind.PROGRAM_START_VALUE),
        /** A program ended; all that it answered stands before. */
        PROGRAM_END(firstspike.proto.log.v1.MarkKind.PROGRAM_END_VALUE),
        /** The window of a sample opens. */
        SAMPLE(firstspike.proto.log.v1.MarkKind.SAMPLE_VALUE),
        /** An epoch begins. */
        EPOCH(firstspike.proto.log.v1.MarkKind.EPOCH_VALUE),
        /** A remark in words. */
        NOTE(firstspike.proto.log.v1.MarkKind.NOTE_VALUE);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        /** The kind of a number, or null. */
        static Kind of(int number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            return null;
        }
    }
}
