package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The receiver of an open session on virtual time; after the handshake the FPGA's next frame has number 2. */
class ReceiverTest {

    private static final long MICRO = OneClient.MICRO;
    private static final long MILLI = OneClient.MILLI;
    private static final int FIRST = 2;

    @Test
    @DisplayName("W093 every data frame is acknowledged within 500 us, the last one of a burst too")
    void acknowledgesTheLastFrame() {
        OneClient client = new OneClient(true).opened();
        client.now = 10 * MILLI;
        for (int i = 0; i < 40; i++) {
            client.receive(Datagrams.data(0, FIRST + i, Frames.WORDS, i));
            client.runTo(client.now + 30 * MICRO);
        }
        long end = client.now;
        client.runTo(end + 500 * MICRO);
        ByteBuffer last = client.sent.get(client.sent.size() - 1);
        assertThat(Frames.ack(last)).isEqualTo(FIRST + 39);
        assertThat(client.session.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("W094 at most one ACK-only frame per 500 us, whatever arrives; ACK-only frames are not acknowledged")
    void acknowledgesSparingly() {
        OneClient client = new OneClient(true).opened();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            client.runTo(client.now + random.nextInt(200) * MICRO);
            client.receive(Datagrams.data(0, random.nextInt(256), Frames.WORDS, i));
        }
        long last = Long.MIN_VALUE / 2;
        for (int i = 0; i < client.sent.size(); i++) {
            if (client.sent.get(i).remaining() == Frames.ACK_BYTES) {
                assertThat(client.sentAt.get(i) - last).isGreaterThanOrEqualTo(500 * MICRO);
                last = client.sentAt.get(i);
            }
        }
        assertThat(client.session.counters().acksSent()).isGreaterThan(1_000);
        client.runTo(client.now + MILLI);

        client.sent.clear();
        for (int i = 0; i < 100; i++) {
            client.receive(Datagrams.ack(i));
            client.runTo(client.now + MILLI);
        }
        assertThat(client.sent).isEmpty();
    }

    @Test
    @DisplayName("W095 a duplicate with other content changes nothing of what was or will be delivered")
    void keepsTheFirstContent() {
        OneClient client = new OneClient(true).opened();
        client.receive(Datagrams.data(0, FIRST + 1, Frames.WORDS, 11));
        client.receive(Datagrams.data(0, FIRST + 1, 0x1234, 99, 98));
        client.receive(Datagrams.data(0, FIRST, Frames.WORDS, 10));
        client.receive(Datagrams.data(0, FIRST, Frames.WORDS, 97));
        client.receive(Datagrams.data(0, FIRST + 1, Frames.WORDS, 96));
        assertThat(client.delivered).containsExactly(new long[] {Frames.WORDS, 10}, new long[] {Frames.WORDS, 11});
        assertThat(client.session.counters().duplicates()).isEqualTo(3);
        assertThat(client.session.counters().outOfOrder()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "W096 receive queue full: dropped, not acknowledged; after the consumer resumes everything arrives once and in order")
    void holdsTheOtherSideBack() {
        VirtualPair pair = new VirtualPair(Impairments.none(), 1, true);
        pair.open();
        pair.hostReads(false);
        int frames = 8_192 + 2_000;
        pair.offer(frames, 1);
        pair.run(200 * VirtualPair.MILLI);
        HostArqCounters stopped = pair.client.counters();
        assertThat(stopped.framesAccepted()).isEqualTo(8_192 + 2);
        assertThat(stopped.congestionDrops()).isGreaterThan(100);
        assertThat(pair.endpoint.free()).isLessThanOrEqualTo(1);
        assertThat(pair.wordsAtHost()).isZero();

        pair.hostReads(true);
        pair.run(100 * VirtualPair.MILLI);
        assertThat(pair.wordsAtHost()).isEqualTo(frames);
        assertThat(pair.failure()).isNull();
        PairUnderImpairmentTest.consistent(pair.client.counters());
    }

    @Test
    @DisplayName("W096 memory of the receive queue: at most 8,192 frames, and none beyond what was needed")
    void boundsMemory() {
        ReceiveWindow window = new ReceiveWindow();
        for (int i = 0; i < 10_000; i++) {
            window.offer(Datagrams.data(0, i & 255, Frames.WORDS, i));
            window.take((type, words, count) -> {});
        }
        assertThat(window.capacity()).isEqualTo(256);
        List<Long> taken = new ArrayList<>();
        long accepted = 0;
        for (int i = 10_000; i < 30_000; i++) {
            ReceiveWindow.Outcome outcome = window.offer(Datagrams.data(0, i & 255, Frames.WORDS, i));
            accepted += outcome == ReceiveWindow.Outcome.IN_ORDER ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(ReceiveWindow.QUEUE);
        assertThat(window.capacity()).isEqualTo(ReceiveWindow.QUEUE);
        while (window.take((type, words, count) -> taken.add(words[0]))) {
            // collects
        }
        assertThat(taken).hasSize(ReceiveWindow.QUEUE).startsWith(10_000L).endsWith(18_191L);
    }

    @Test
    @DisplayName("W097 frames ahead of the window, 127 or more, are dropped and not acknowledged as received")
    void refusesFramesBeyondTheWindow() {
        OneClient client = new OneClient(true).opened();
        client.receive(Datagrams.data(0, FIRST + 127, Frames.WORDS, 1));
        client.runTo(client.now + MILLI);
        assertThat(client.session.counters().duplicates()).isEqualTo(1);
        assertThat(client.sent)
                .allSatisfy(frame -> assertThat(Frames.ack(frame)).isEqualTo(FIRST - 1));
        client.receive(Datagrams.data(0, FIRST + 126, Frames.WORDS, 1));
        assertThat(client.session.counters().outOfOrder()).isEqualTo(1);
        assertThat(client.delivered).isEmpty();
    }

    @Test
    void agreesWithASimpleModel() {
        SplittableRandom random = new SplittableRandom(11);
        ReceiveWindow window = new ReceiveWindow();
        List<Integer> model = new ArrayList<>();
        int next = 0;
        boolean[] held = new boolean[100_000];
        for (int i = 0; i < 50_000; i++) {
            int frame = Math.max(0, next + random.nextInt(-200, 200));
            boolean fits = frame >= next - 128 && frame < next + 127;
            if (!fits) {
                continue;
            }
            ReceiveWindow.Outcome outcome = window.offer(Datagrams.data(0, frame & 255, Frames.WORDS, frame));
            assertThat(outcome != ReceiveWindow.Outcome.DUPLICATE).isEqualTo(frame >= next && !held[frame]);
            held[frame] = held[frame] || frame >= next;
            while (held[next]) {
                model.add(next++);
            }
            if (random.nextInt(50) == 0) {
                List<Integer> taken = new ArrayList<>();
                while (window.take((type, words, count) -> taken.add((int) words[0]))) {
                    // collects
                }
                assertThat(taken).isEqualTo(model);
                model.clear();
            }
        }
        assertThat(next).isGreaterThan(1_000);
    }
}
