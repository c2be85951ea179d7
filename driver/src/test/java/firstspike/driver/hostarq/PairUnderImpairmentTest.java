package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Chapter H on virtual time: each seed exactly once, in order, bit identical, within the stated virtual time. */
class PairUnderImpairmentTest {

    private static final long SECOND = VirtualPair.SECOND;
    private static final long HOLD = 3 * VirtualPair.MILLI;
    private static final int FRAMES = 500;
    private static final int WORDS = 20;
    private static final Impairments NONE = Impairments.none();

    @Test
    @DisplayName("W069 a pair without impairment opens within 250 ms")
    void opens() {
        VirtualPair pair = new VirtualPair(NONE, 1, true);
        assertThat(pair.open()).isLessThanOrEqualTo(250 * VirtualPair.MILLI);
        assertThat(pair.information()).isEqualTo(new BitfileInformation(1, 2, OneClient.INFORMATION));
    }

    @Test
    @DisplayName("W070 with 20 % loss at least 95 of 100 seeds open within 6 s, the others end with a typed error")
    void opensUnderLoss() {
        int opened = 0;
        for (long seed = 1; seed <= 100; seed++) {
            VirtualPair pair = new VirtualPair(NONE.withLoss(0.2), seed, true);
            long took = pair.open();
            if (pair.information() != null && took <= 6 * SECOND) {
                opened++;
            } else {
                assertThat(pair.failure()).as("seed %d", seed).isNotNull();
            }
        }
        assertThat(opened).isGreaterThanOrEqualTo(95);
    }

    @Test
    @DisplayName("W100 500 frames each way without impairment: at most 1 s, resends at most 5 %")
    void clean() {
        for (boolean congestionControl : new boolean[] {true, false}) {
            VirtualPair pair = new VirtualPair(NONE, 1, congestionControl);
            pair.open();
            assertThat(pair.exchange(FRAMES, WORDS)).isLessThanOrEqualTo(SECOND);
            assertThat(pair.client.counters().framesResent()).isLessThanOrEqualTo(FRAMES / 20);
            assertThat(pair.endpoint.counters().framesResent()).isLessThanOrEqualTo(FRAMES / 20);
        }
    }

    @Test
    @DisplayName("W101 5 % loss: at most 5 s for each of 10 seeds")
    void loss() {
        check(NONE.withLoss(0.05), 10, 5);
    }

    @Test
    @DisplayName("W102 20 % duplication: at most 3 s for each of 10 seeds")
    void duplication() {
        check(NONE.withDuplication(0.2), 10, 3);
    }

    @Test
    @DisplayName("W103 30 % reordering by up to 3 ms: at most 5 s for each of 10 seeds")
    void reordering() {
        check(NONE.withReordering(0.3, HOLD), 10, 5);
    }

    @Test
    @DisplayName("W104 5 % loss, 10 % duplication, 20 % reordering: at most 8 s for each of 20 seeds")
    void everything() {
        check(NONE.withLoss(0.05).withDuplication(0.1).withReordering(0.2, HOLD), 20, 8);
    }

    @Test
    @DisplayName("W105 30 % loss: at most 30 s for each of 3 seeds")
    void heavyLoss() {
        check(NONE.withLoss(0.3), 3, 30);
    }

    @Test
    void jitterAndVisibleDamageChangeNothing() {
        check(NONE.withLoss(0.05).withDelay(0, 5 * VirtualPair.MILLI).withCorruption(0.05), 5, 60);
    }

    private static void check(Impairments impairments, int seeds, int seconds) {
        for (long seed = 1; seed <= seeds; seed++) {
            for (boolean congestionControl : new boolean[] {true, false}) {
                VirtualPair pair = opened(impairments, seed, congestionControl);
                long took = pair.exchange(FRAMES, WORDS);
                assertThat(took)
                        .as("seed %d, congestion control %s", seed, congestionControl)
                        .isLessThanOrEqualTo(seconds * SECOND);
                pair.run(100 * VirtualPair.MILLI);
                consistent(pair.client.counters());
                consistent(pair.endpoint.counters());
            }
        }
    }

    private static VirtualPair opened(Impairments impairments, long seed, boolean congestionControl) {
        VirtualPair pair = new VirtualPair(impairments, seed, congestionControl);
        pair.open();
        assertThat(pair.failure()).as("seed %d opens", seed).isNull();
        return pair;
    }

    static void consistent(HostArqCounters counters) {
        assertThat(counters.framesReceived())
                .isEqualTo(counters.framesAccepted()
                        + counters.duplicates()
                        + counters.dropped()
                        + counters.acksReceived());
        assertThat(counters.framesSent()).isGreaterThanOrEqualTo(counters.framesResent());
    }

    @Test
    @DisplayName("W106 total loss for 3 s in the middle: completes after it")
    void recoversFromCut() {
        VirtualPair pair = opened(NONE.withLoss(0.02), 1, true);
        pair.cut(2 * VirtualPair.MILLI, 3 * SECOND);
        long took = pair.exchange(FRAMES, WORDS);
        assertThat(took).isBetween(3 * SECOND, 8 * SECOND);
        assertThat(pair.stageToFpga().counts().lost()).isGreaterThan(100);
    }

    @Test
    @DisplayName("W107 frames of a dead session from another port are not delivered and counted as foreignPeer")
    void ignoresStaleFrames() {
        VirtualPair pair = opened(NONE.withLoss(0.01), 1, true);
        SplittableRandom random = new SplittableRandom(7);
        InetSocketAddress dead = InetSocketAddress.createUnresolved("host", 39_999);
        int injected = 100;
        pair.offer(FRAMES, WORDS);
        for (int i = 0; i < injected; i++) {
            pair.endpoint.datagram(
                    dead,
                    Datagrams.data(random.nextInt(256), random.nextInt(256), Frames.WORDS, random.nextLong()),
                    pair.now());
            pair.client.datagram(
                    0,
                    Datagrams.data(random.nextInt(256), random.nextInt(256), Frames.WORDS, random.nextLong()),
                    pair.now());
            pair.run(VirtualPair.MILLI / 20);
        }
        pair.finish();
        assertThat(pair.endpoint.counters().foreignPeer()).isEqualTo(injected);
        assertThat(pair.client.counters().droppedBeforeOpen()).isGreaterThanOrEqualTo(injected);
    }
}
