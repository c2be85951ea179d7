package firstspike.runtime.recording.log;

import firstspike.runtime.framing.RecordFrame;
import java.io.IOException;

/**
 * Looks for the next valid record behind damage (formats.md 2.7): a right checksum of a length that fits, then a right checksum
 * of the payload. The window of eight length bytes slides; payloads are read only where it matches, and of a hostile file at
 * most a fixed multiple of its size.
 */
final class Resync {

    /** Offset when there is none. */
    static final long NONE = -1;
    /** Offset when there may be one, and looking on would take too long. */
    static final long GIVEN_UP = -2;

    private static final int STEP = 1 << 16;
    private static final long PAYLOADS = 4;
    private static final long FREE = 64L << 20;

    private Resync() {}

    static long after(FrameWindow window, long damaged) throws IOException {
        long budget = FREE + PAYLOADS * (window.size() - damaged);
        long last = window.size() - RecordFrame.OVERHEAD;
        for (long from = damaged + 1; from <= last; from += STEP) {
            int starts = (int) Math.min(STEP, last - from + 1);
            for (int i = 0; i < starts; i++) {
                int at = window.load(from, starts + RecordFrame.HEADER - 1);
                if (at < 0) {
                    return NONE;
                }
                i = candidate(window.bytes(), at, i, starts);
                if (i < starts) {
                    budget -= RecordFrame.length(window.bytes(), at + i);
                    if (budget < 0) {
                        return GIVEN_UP;
                    }
                    if (window.look(from + i) == FrameWindow.State.WHOLE) {
                        return from + i;
                    }
                }
            }
        }
        return NONE;
    }

    /** The first place from {@code i} on with a possible length and its checksum; {@code starts} when there is none. */
    private static int candidate(byte[] bytes, int at, int i, int starts) {
        int place = i;
        while (place < starts) {
            long length = RecordFrame.length(bytes, at + place);
            // a checksum is worth computing only for lengths that a record can have, which few eight bytes are
            if (length >= 0 && length <= Limits.RECORD && RecordFrame.lengthHolds(bytes, at + place)) {
                return place;
            }
            place++;
        }
        return place;
    }
}
