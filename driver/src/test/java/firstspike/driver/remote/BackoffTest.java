package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Waits before attempts to connect again (playback.md 14.7). */
class BackoffTest {

    @Test
    @DisplayName("without jitter waits double from 100 ms and stay at 5 s; a connection that worked begins anew")
    void doublesUpToTheLongest() {
        Backoff backoff = new Backoff(always(0.5));

        assertThat(Stream.generate(backoff::next).limit(8).map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("jitter moves a wait by a fifth at most, and does not grow into the next one")
    void jitter() {
        Backoff shortest = new Backoff(always(0));
        Backoff longest = new Backoff(always(1));

        assertThat(shortest.next()).isEqualTo(Duration.ofMillis(80));
        assertThat(shortest.next()).isEqualTo(Duration.ofMillis(160));
        assertThat(longest.next()).isEqualTo(Duration.ofMillis(120));
        assertThat(longest.next()).isEqualTo(Duration.ofMillis(240));
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("only nextDouble is asked for");
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
