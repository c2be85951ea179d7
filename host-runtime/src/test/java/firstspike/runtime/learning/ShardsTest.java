package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void everyItemIsDoneOnceInEveryOfManyRounds(int threads) {
        try (Shards shards = new Shards(threads)) {
            for (int round = 0; round < 3000; round++) {
                int items = round % 41;
                AtomicIntegerArray done = new AtomicIntegerArray(41);
                shards.forEach(items, (shard, from, to) -> {
                    for (int i = from; i < to; i++) {
                        done.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < 41; i++) {
                    assertThat(done.get(i)).as("item %d of round %d", i, round).isEqualTo(i < items ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theLowestShardsFailureIsThrownAndTheNextRoundIsWhole(int threads) {
        try (Shards shards = new Shards(threads)) {
            for (int round = 0; round < 50; round++) {
                assertThatThrownBy(() -> shards.forEach(80, (shard, from, to) -> {
                            if (shard >= 3) {
                                throw new IllegalStateException("shard " + shard);
                            }
                        }))
                        .hasMessage("shard 3");
                AtomicIntegerArray done = new AtomicIntegerArray(Shards.COUNT);
                shards.forEach(80, (shard, from, to) -> done.incrementAndGet(shard));
                for (int shard = 0; shard < Shards.COUNT; shard++) {
                    assertThat(done.get(shard)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptWaitsUntilTheWorkIsDone(int threads) {
        try (Shards shards = new Shards(threads)) {
            AtomicIntegerArray done = new AtomicIntegerArray(Shards.COUNT);
            Thread.currentThread().interrupt();

            shards.forEach(80, (shard, from, to) -> done.incrementAndGet(shard));

            assertThat(Thread.interrupted()).isTrue();
            for (int shard = 0; shard < Shards.COUNT; shard++) {
                assertThat(done.get(shard)).isEqualTo(1);
            }
        }
    }
}
