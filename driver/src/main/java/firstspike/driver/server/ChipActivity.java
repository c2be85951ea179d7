package firstspike.driver.server;

import firstspike.driver.link.ChipId;
import firstspike.driver.server.turn.UnitState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What goes on at a chip of a server, of all its users together and without their names.
 *
 * @param chip which
 * @param available whether what stands behind the server is there
 * @param sessions that are open
 * @param queued submissions that wait; those that run are not counted
 * @param ended submissions by the state that they came to, since the server started
 * @param lastMinute submissions that ran and ended in the last 60 s
 * @param leased whether a user has it for himself
 * @param largestWait of a submission at the head of its session since the server started
 * @param waitBound what turns allow with the users that were there (playback.md 14.2); empty: nobody waited
 */
public record ChipActivity(
        ChipId chip,
        boolean available,
        long sessions,
        long queued,
        Map<UnitState, Long> ended,
        long lastMinute,
        boolean leased,
        Duration largestWait,
        Optional<Duration> waitBound) {}
