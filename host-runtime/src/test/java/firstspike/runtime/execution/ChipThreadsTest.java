package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChipThreadsTest {

    @Test
    @DisplayName("targets 2: all chips work at the same time, and results are in their order")
    void together() {
        CyclicBarrier all = new CyclicBarrier(3);
        try (ChipThreads threads = new ChipThreads()) {
            // nobody passes the barrier unless all three are at work
            assertThat(threads.each(3, chip -> {
                        meet(all);
                        return 10 * chip;
                    }))
                    .containsExactly(0, 10, 20);
        }
    }

    @Test
    @DisplayName("targets 2: the failure of the first chip that failed is thrown when all are done")
    void failures() {
        try (ChipThreads threads = new ChipThreads()) {
            int[] done = new int[1];
            assertThatThrownBy(() -> threads.each(4, chip -> {
                        if (chip % 2 == 1) {
                            throw new IllegalStateException("chip " + chip);
                        }
                        synchronized (done) {
                            done[0]++;
                        }
                        return chip;
                    }))
                    .hasMessage("chip 1")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThat(done[0]).isEqualTo(2);
        }
    }

    @Test
    void anInterruptWaitsUntilAllAreDone() {
        try (ChipThreads threads = new ChipThreads()) {
            Thread.currentThread().interrupt();

            assertThat(threads.each(2, chip -> chip)).containsExactly(0, 1);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the chips wait for each other", e);
        }
    }
}
