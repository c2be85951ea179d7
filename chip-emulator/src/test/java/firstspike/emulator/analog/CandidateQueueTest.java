package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateQueueTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void equalsAnArrayThatIsSearchedWhole(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CandidateQueue queue = new CandidateQueue(512);
        long[] model = new long[512];
        Arrays.fill(model, CandidateQueue.NEVER);
        for (int step = 0; step < 20_000; step++) {
            int node = random.nextInt(512);
            model[node] = random.nextInt(3) == 0 ? CandidateQueue.NEVER : random.nextInt(5000);
            queue.set(node, model[node]);
            if (step % 7 == 0) {
                String at = "seed " + seed + ", step " + step;
                long h = random.nextInt(6000);
                int first = -1;
                for (int k = 511; k >= 0; k--) {
                    first = model[k] <= h ? k : first;
                }
                assertThat(queue.earliest())
                        .as(at)
                        .isEqualTo(Arrays.stream(model).min().orElseThrow());
                assertThat(queue.firstDue(h)).as(at).isEqualTo(first);
                assertThat(queue.size()).as(at).isEqualTo((int) Arrays.stream(model)
                        .filter(d -> d != CandidateQueue.NEVER)
                        .count());
            }
        }
        assertThat(queue.copy().earliest()).isEqualTo(queue.earliest());
    }
}
