package firstspike.runtime.recording.replay;

import java.util.OptionalLong;

/**
 * A spike that was recorded and did not come again, or that came and was not recorded.
 *
 * @param program number in the log
 * @param label 16 bit
 * @param expected tick at which it was recorded; empty when it was not
 * @param got tick at which it came; empty when it did not
 */
public record SpikeDifference(long program, int label, OptionalLong expected, OptionalLong got) {

    /** When it happened, in either. */
    public long tick() {
        return expected.isPresent() ? expected.getAsLong() : got.getAsLong();
    }
}
