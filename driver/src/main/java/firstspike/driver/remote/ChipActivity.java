package firstspike.driver.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes on at a served chip, of all its users together.
 *
 * @param health whether it takes work
 * @param queued submissions that wait
 * @param sessions that are open on it
 * @param programsLastMinute programs that ended in the last 60 s
 * @param largestWait of a submission at the head of its session since the server started
 * @param waitBound what turns allow that to be (playback.md 14.2); empty where nothing waited
 */
public record ChipActivity(
        Health health,
        long queued,
        long sessions,
        long programsLastMinute,
        Duration largestWait,
        Optional<Duration> waitBound) {

    /** Whether a chip takes work. */
    public enum Health {
        /** It does. */
        SERVING("serving"),
        /** What stands behind the server is gone. */
        NOT_SERVING("not serving"),
        /** The server finishes what runs and takes nothing new. */
        DRAINING("draining");

        private final String text;

        Health(String text) {
            this.text = text;
        }

        /** For people and in JSON. */
        @Override
        public String toString() {
            return text;
        }
    }
}
