package firstspike.driver.server;

import firstspike.driver.link.WallClock;
import firstspike.driver.server.turn.UnitState;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the submissions of one chip since the server started. Any thread. */
final class ChipCounts {

    private final Map<UnitState, LongAdder> ended = new EnumMap<>(UnitState.class);
    private final RecentCount recent;

    ChipCounts(WallClock clock) {
        recent = new RecentCount(clock);
        for (UnitState state : UnitState.values()) {
            if (state.terminal()) {
                ended.put(state, new LongAdder());
            }
        }
    }

    /** A submission came to a terminal state; whether it had run. */
    void ended(UnitState state, boolean ran) {
        ended.get(state).increment();
        if (ran) {
            recent.increment();
        }
    }

    /** By terminal state, those that never happened included. */
    Map<UnitState, Long> byState() {
        Map<UnitState, Long> counts = new EnumMap<>(UnitState.class);
        ended.forEach((state, count) -> counts.put(state, count.sum()));
        return counts;
    }

    /** Submissions that ran and ended in the last 60 s. */
    long lastMinute() {
        return recent.lastMinute();
    }
}
