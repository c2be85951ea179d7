package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImpairmentStageTest {

    private static final long MILLI = 1_000_000;
    private static final int MANY = 20_000;
    private static final long SEED_THAT_HOLDS_THE_FIRST = seedThatHoldsTheFirst();

    @Test
    @DisplayName("W109 a datagram held until one 128 ahead has passed is discarded, one 127 ahead lets it through")
    void discardsLateDatagrams() {
        for (int first : new int[] {0, 1, 100, 200, 255}) {
            assertThat(passesAfter(first, 127)).as("frame %d, 127 ahead", first).isTrue();
            assertThat(passesAfter(first, 128)).as("frame %d, 128 ahead", first).isFalse();
            assertThat(ackPassesAfter(first, 127))
                    .as("ACK %d, 127 ahead", first)
                    .isTrue();
            assertThat(ackPassesAfter(first, 128))
                    .as("ACK %d, 128 ahead", first)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("W109 a held data frame goes too when acknowledgements 128 ahead of its own have passed")
    void discardsFramesWithLateAcknowledgements() {
        for (int ahead : new int[] {127, 128}) {
            ImpairmentStage stage = holdingFirst();
            stage.offer(Datagrams.data(7, 0, Frames.WORDS, 1), 0);
            for (int i = 1; i <= ahead; i++) {
                stage.offer(Datagrams.ack(7 + i & 255), 1);
                stage.drain(1, datagram -> {});
            }
            assertThat(passedAtEnd(stage)).hasSize(ahead == 127 ? 1 : 0);
        }
    }

    private static boolean passesAfter(int first, int ahead) {
        ImpairmentStage stage = holdingFirst();
        stage.offer(Datagrams.data(255, first, Frames.WORDS, 1), 0);
        for (int i = 1; i <= ahead; i++) {
            stage.offer(Datagrams.data(255, first + i & 255, Frames.WORDS, 1), 1);
            stage.drain(1, datagram -> {});
        }
        return !passedAtEnd(stage).isEmpty();
    }

    private static boolean ackPassesAfter(int first, int ahead) {
        ImpairmentStage stage = holdingFirst();
        stage.offer(Datagrams.ack(first), 0);
        for (int i = 1; i <= ahead; i++) {
            stage.offer(Datagrams.ack(first + i & 255), 1);
            stage.drain(1, datagram -> {});
        }
        return !passedAtEnd(stage).isEmpty();
    }

    private static List<ByteBuffer> passedAtEnd(ImpairmentStage stage) {
        List<ByteBuffer> passed = new ArrayList<>();
        stage.drain(Long.MAX_VALUE, passed::add);
        assertThat(passed.size() + stage.counts().late()).isEqualTo(1);
        return passed;
    }

    /** Holds what is offered first for long; the next 200 pass at once. */
    private static ImpairmentStage holdingFirst() {
        return new ImpairmentStage(Impairments.none().withReordering(0.004, MILLI), SEED_THAT_HOLDS_THE_FIRST);
    }

    private static long seedThatHoldsTheFirst() {
        for (long seed = 0; ; seed++) {
            ImpairmentStage stage = new ImpairmentStage(Impairments.none().withReordering(0.004, MILLI), seed);
            stage.offer(Datagrams.ack(0), 0);
            boolean fits = stage.nextNanos() > 2;
            for (int i = 0; i < 200; i++) {
                stage.offer(Datagrams.ack(0), 0);
            }
            if (fits && stage.counts().delayed() == 1) {
                return seed;
            }
        }
    }

    @Test
    void losesDoublesHoldsAndDamagesTheSharesAskedFor() {
        Impairments impairments = Impairments.none()
                .withLoss(0.05)
                .withDuplication(0.1)
                .withReordering(0.2, 3 * MILLI)
                .withCorruption(0.01);
        ImpairmentStage stage = new ImpairmentStage(impairments, 7);
        for (int i = 0; i < MANY; i++) {
            stage.offer(Datagrams.data(255, i & 255, Frames.WORDS, i), i * MILLI);
            stage.drain(i * MILLI, datagram -> {});
        }
        stage.drain(Long.MAX_VALUE, datagram -> {});
        ImpairmentStage.Counts counts = stage.counts();
        assertThat(counts.lost()).isBetween(900L, 1100L);
        assertThat(counts.doubled()).isBetween(1800L, 2000L);
        assertThat(counts.delayed()).isBetween(5400L, 6000L);
        assertThat(counts.damaged()).isBetween(150L, 230L);
        assertThat(counts.passed() + counts.late() + counts.lost()).isEqualTo(MANY + counts.doubled());
    }

    @Test
    void theSameSeedGivesTheSameFate() {
        assertThat(run(3)).isEqualTo(run(3)).isNotEqualTo(run(4));
    }

    private static List<String> run(long seed) {
        Impairments impairments = Impairments.none()
                .withLoss(0.2)
                .withDuplication(0.2)
                .withDelay(MILLI, 5 * MILLI)
                .withCorruption(0.1);
        ImpairmentStage stage = new ImpairmentStage(impairments, seed);
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stage.offer(Datagrams.data(255, i & 255, Frames.WORDS, i), i * MILLI / 10);
            stage.drain(i * MILLI / 10, datagram -> passed.add(Datagrams.hex(datagram)));
        }
        stage.drain(Long.MAX_VALUE, datagram -> passed.add(Datagrams.hex(datagram)));
        return passed;
    }

    @Test
    void damageIsVisibleOrHarmless() {
        ImpairmentStage stage = new ImpairmentStage(Impairments.none().withCorruption(1), 1);
        for (int i = 0; i < 1000; i++) {
            stage.offer(Datagrams.data(9, i & 255, Frames.WORDS, i), 0);
        }
        stage.drain(0, datagram -> assertThat(
                        Frames.kind(datagram) != Frames.Kind.DATA || !Frames.isSequence(Frames.ack(datagram)))
                .isTrue());
        assertThat(stage.counts().passed()).isEqualTo(1000);
    }

    @Test
    void aCutLosesWhatIsOfferedInIt() {
        ImpairmentStage stage = new ImpairmentStage(Impairments.none(), 1);
        stage.cutBetween(10, 20);
        for (int now = 0; now < 30; now++) {
            stage.offer(Datagrams.ack(0), now);
        }
        stage.cut();
        stage.offer(Datagrams.ack(0), 30);
        stage.restore();
        stage.offer(Datagrams.ack(0), 30);
        assertThat(stage.counts().lost()).isEqualTo(11);
    }
}
