package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.TestClock;
import firstspike.driver.server.turn.UnitState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChipCountsTest {

    private final TestClock clock = TestClock.stopped();

    @Test
    void countsByStateAndOnlyWhatRanByMinute() {
        ChipCounts counts = new ChipCounts(clock);
        counts.ended(UnitState.DONE, true);
        counts.ended(UnitState.DONE, true);
        counts.ended(UnitState.CANCELLED, false);

        assertThat(counts.byState())
                .isEqualTo(Map.of(
                        UnitState.DONE, 2L, UnitState.FAILED, 0L, UnitState.CANCELLED, 1L, UnitState.EXPIRED, 0L));
        assertThat(counts.lastMinute()).isEqualTo(2);
    }

    @Test
    void theMinuteIsThatOfAListOfTimes() {
        RecentCount recent = new RecentCount(clock);
        Deque<Long> seconds = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int step = 0; step < 2000; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(20) == 0 ? random.nextLong(100_000) : random.nextLong(700)));
            long now = clock.nanoTime() / 1_000_000_000;
            while (!seconds.isEmpty() && seconds.peekFirst() <= now - 60) {
                seconds.removeFirst();
            }
            if (random.nextBoolean()) {
                recent.increment();
                seconds.addLast(now);
            }
            assertThat(recent.lastMinute()).as("step %d", step).isEqualTo(seconds.size());
        }
    }
}
