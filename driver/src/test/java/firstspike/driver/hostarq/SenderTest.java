package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The sender of an open session on virtual time; after the handshake the next frame of either side has number 1 or 2. */
class SenderTest {

    private static final long MICRO = OneClient.MICRO;
    private static final long MILLI = OneClient.MILLI;
    private static final long SECOND = 1_000 * MILLI;
    private static final long RTO = ResendTimer.LEAST_NANOS;

    @Test
    @DisplayName("W081 never more than 127 frames in flight; with congestion control at most floor(cwnd / 1452)")
    void limitsFramesInFlight() {
        OneClient off = new OneClient(false).opened();
        offer(off, 300);
        assertThat(off.dataFrames()).hasSize(127);

        CongestionControl congestion = new CongestionControl(true);
        SendWindow window = new SendWindow("peer", congestion, new ArqCounters());
        SplittableRandom random = new SplittableRandom(1);
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            window.offer(Frames.WORDS, new long[1], 0, 1);
            window.transmit(0, now, (bytes, from, length) -> assertThat(window.inFlight())
                    .isLessThanOrEqualTo(Math.min(127, congestion.windowBytes() / 1452)));
            if (random.nextInt(20) == 0) {
                now += RTO;
                window.scan(0, now, (bytes, from, length) -> {});
            }
            if (random.nextInt(3) == 0 && window.inFlight() > 0) {
                window.acknowledge(window.lowSequence() + random.nextInt(window.inFlight()) & 255, now);
            }
        }
        assertThat(congestion.windowBytes()).isBetween(1452, 128 * 1452);
    }

    @Test
    @DisplayName("W082 first resend not before 756 us and within 2.8 ms, the k-th not before k x 756 us")
    void resendsOnTime() {
        OneClient client = new OneClient(true).opened();
        client.now = 10 * MILLI;
        offer(client, 1);
        client.runTo(client.now + 66 * RTO);
        for (int k = 0; k <= 66; k++) {
            long age = client.sentAt.get(k) - 10 * MILLI;
            assertThat(age).as("transmission %d", k).isEqualTo(k * RTO);
        }
    }

    @Test
    @DisplayName("W082 resends of a burst count from when a line of 1 Gbit/s has carried each frame")
    void burst() {
        OneClient client = new OneClient(false).opened();
        client.now = 10 * MILLI;
        for (int i = 0; i < 100; i++) {
            client.session.offer(Frames.WORDS, new long[Frames.MAX_WORDS], 0, Frames.MAX_WORDS);
        }
        client.session.pump(client.now);
        assertThat(client.dataFrames()).hasSize(100);

        client.runTo(10 * MILLI + 2 * RTO - MICRO);

        long frame = 12_144;
        for (int i = 0; i < 60; i++) {
            long age = client.sentAt.get(100 + i) - 10 * MILLI;
            // resent by the scan that follows, never early
            assertThat(age).as("resend of frame %d", i).isBetween(RTO + i * frame, RTO + i * frame + 800 * MICRO);
        }
    }

    @Test
    @DisplayName("W083 resent frames have the same seq, type and words, and the present ack")
    void resendsTheSame() {
        OneClient client = new OneClient(true).opened();
        client.now = MILLI;
        client.session.offer(Frames.WORDS, new long[] {1, 2, 3}, 0, 3);
        client.session.pump(client.now);
        client.now = MILLI + 600 * MICRO;
        client.receive(Datagrams.data(0, 2, Frames.WORDS, 9));
        client.runTo(MILLI + RTO);
        ByteBuffer first = client.dataFrames().get(0);
        ByteBuffer second = client.dataFrames().get(1);
        assertThat(Frames.seq(second)).isEqualTo(Frames.seq(first));
        assertThat(Frames.type(second)).isEqualTo(Frames.type(first));
        assertThat(Datagrams.words(second)).containsExactly(1, 2, 3);
        assertThat(Frames.ack(first)).isEqualTo(1);
        assertThat(Frames.ack(second)).isEqualTo(2);
    }

    @Test
    @DisplayName("W084 an ACK outside low to high - 1 changes nothing: old, repeated, beyond, above 255")
    void ignoresForeignAcks() {
        SendWindow window = new SendWindow("peer", new CongestionControl(true), new ArqCounters());
        assertThat(window.acknowledge(255, 0)).isZero();
        for (int i = 0; i < 3; i++) {
            window.offer(Frames.WORDS, new long[1], 0, 1);
            window.transmit(255, 0, (bytes, from, length) -> {});
            window.acknowledge(i, 0);
        }
        window.offer(Frames.WORDS, new long[1], 0, 1);
        window.transmit(255, 0, (bytes, from, length) -> {});
        for (int ack : new int[] {2, 1, 0, 255, 4, 130, 256 + 3, -253, Integer.MIN_VALUE | 3}) {
            assertThat(window.acknowledge(ack, 0)).as("ack %d", ack).isZero();
            assertThat(window.lowSequence()).isEqualTo(3);
        }
        assertThat(window.acknowledge(3, 0)).isEqualTo(1);
        assertThat(window.acknowledge(3, 0)).isZero();
    }

    @Test
    @DisplayName("W085 sequence numbers wrap from 255 to 0; 100,000 frames arrive in order")
    void wraps() {
        ArrayDeque<ByteBuffer> toReceiver = new ArrayDeque<>();
        ArrayDeque<ByteBuffer> toSender = new ArrayDeque<>();
        ArqMachine sender = machine(toReceiver);
        ArqMachine receiver = machine(toSender);
        long[] next = {0};
        FrameSink inOrder = (type, words, count) -> {
            if (words[0] != next[0]++) {
                throw new AssertionError("word " + words[0] + " (expected: " + (next[0] - 1) + ")");
            }
        };
        long now = 0;
        for (long offered = 0; next[0] < 100_000; now += 10 * MICRO) {
            while (offered < 100_000 && sender.offer(Frames.WORDS, new long[] {offered}, 0, 1)) {
                offered++;
            }
            sender.tick(now);
            receiver.tick(now);
            while (!toReceiver.isEmpty()) {
                receiver.datagram(toReceiver.poll(), now);
            }
            while (receiver.take(inOrder)) {
                // compares
            }
            while (!toSender.isEmpty()) {
                sender.datagram(toSender.poll(), now);
            }
        }
        assertThat(next[0]).isEqualTo(100_000);
        assertThat(now).isLessThan(2 * SECOND);
    }

    private static ArqMachine machine(ArrayDeque<ByteBuffer> out) {
        return new ArqMachine(
                "peer",
                false,
                (bytes, from, length) -> out.add(Datagrams.copy(bytes, from, length)),
                new ArqCounters());
    }

    @Test
    @DisplayName(
            "W086 silent partner: MAX_RESENDS between 5 and 11 s, naming seq, transmissions and time; every later call gets it")
    void givesUp() {
        OneClient client = new OneClient(true).opened();
        client.now = SECOND;
        offer(client, 1);
        client.runTo(12 * SECOND);

        WireException failure = client.failure();
        assertThat(failure.code()).isEqualTo(Code.MAX_RESENDS);
        long timeUs = Long.parseLong(failure.detail().fields().get("timeUs"));
        assertThat(timeUs).isBetween(5_000_000L, 11_000_000L);
        assertThat(failure.detail().fields()).containsEntry("seq", "1").containsEntry("silentMs", "10000");
        assertThat(failure.getMessage())
                .contains("no answer since 10000 ms")
                .contains("the line is down, or another host has opened the FPGA");
        // 66 in the first 50 ms, then 7 intervals from 756 us to 48 ms, then one every 100 ms
        assertThat(client.dataFrames()).hasSizeBetween(160, 180);
        assertThatThrownBy(() -> client.session.offer(Frames.WORDS, new long[1], 0, 1))
                .isSameAs(failure);
        assertThat(client.endings()).isEqualTo(1);
        client.session.close(client.now);
        assertThat(client.endings()).isEqualTo(1);
    }

    @Test
    void givesUpAfterTenSecondsWhenScansAreSlow() {
        OneClient client = new OneClient(true).opened();
        client.now = MILLI;
        offer(client, 1);
        // an owner that wakes only every 20 ms
        while (client.failure() == null) {
            client.now += 20 * MILLI;
            client.session.tick(client.now);
        }
        assertThat(client.now).isEqualTo(10 * SECOND + MILLI);
        assertThat(client.dataFrames()).hasSizeLessThan(501);
    }

    @Test
    @DisplayName("W087 a partner that is silent for 60 s while nothing is in flight: the session stays open")
    void staysOpenWhenIdle() {
        OneClient client = new OneClient(true).opened();
        client.runTo(60 * SECOND);
        assertThat(client.failure()).isNull();
        assertThat(client.session.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
        offer(client, 1);
        assertThat(client.dataFrames()).hasSize(1);
    }

    @Test
    @DisplayName("W088 with 512 frames queued the next finds no room; TX_STALLED names window, RTO and last ACK")
    void stalls() {
        OneClient client = new OneClient(true).opened();
        assertThat(client.session.free()).isEqualTo(512);
        int offered = 0;
        while (client.session.offer(Frames.WORDS, new long[1], 0, 1)) {
            offered++;
        }
        assertThat(offered).isEqualTo(512);
        assertThat(client.session.free()).isZero();
        assertThat(client.session.counters().stalls()).isEqualTo(1);
        client.session.pump(client.now);
        assertThat(client.session.offer(Frames.WORDS, new long[1], 0, 1)).isFalse();

        WireException stalled = client.session.stalled(10_000, 10 * SECOND);
        assertThat(stalled.code()).isEqualTo(Code.TX_STALLED);
        assertThat(stalled.getMessage())
                .contains(
                        "10000 ms", "2 frames in flight from 1 on", "510 queued", "RTO 756 us", "last ACK 10000000 us");

        client.receive(Datagrams.ack(1));
        assertThat(client.session.offer(Frames.WORDS, new long[1], 0, 1)).isTrue();
    }

    @Test
    @DisplayName("W089 after a resend no new frame leaves until everything in flight is acknowledged")
    void waitsAfterLoss() {
        OneClient client = new OneClient(true).opened();
        for (int i = 1; i <= 10; i++) {
            offer(client, 1);
            client.receive(Datagrams.ack(i));
        }
        client.sent.clear();
        client.now += MILLI;
        offer(client, 20);
        List<ByteBuffer> first = client.dataFrames();
        assertThat(first).hasSizeBetween(8, 12);
        int last = Frames.seq(first.get(first.size() - 1));
        client.runTo(client.now + RTO);
        client.sent.clear();
        client.receive(Datagrams.ack(last - 1));
        assertThat(client.dataFrames()).isEmpty();
        client.receive(Datagrams.ack(last));
        assertThat(client.dataFrames()).hasSize(1);
        assertThat(Frames.seq(client.dataFrames().get(0))).isEqualTo(last + 1);
    }

    @Test
    void makesUpForAPauseWithoutABurst() {
        OneClient client = new OneClient(false).opened();
        offer(client, 127);
        client.sent.clear();
        client.now = SECOND;
        client.session.tick(client.now);
        assertThat(client.dataFrames())
                .as("so late that acknowledgements may come first")
                .isEmpty();
        assertThat(client.session.nextWakeNanos()).isEqualTo(SECOND + 8 * MILLI);

        client.now = client.session.nextWakeNanos();
        client.session.tick(client.now);
        client.session.tick(client.now);
        assertThat(client.dataFrames()).as("the oldest asks for all of them").hasSize(1);
        assertThat(client.session.nextWakeNanos()).isEqualTo(client.now + 2 * RTO);
    }

    @Test
    void measuresTheRoundTripOfFramesSentOnce() {
        OneClient client = new OneClient(false).opened();
        client.now = MILLI;
        offer(client, 2);
        client.now += 300 * MICRO;
        client.receive(Datagrams.ack(1));
        assertThat(client.session.counters().minRoundTripUs()).isEqualTo(300);
        client.runTo(client.now + MILLI);
        client.receive(Datagrams.ack(2));
        HostArqCounters counters = client.session.counters();
        assertThat(counters.framesResent()).isEqualTo(1);
        assertThat(counters.roundTripUs()).isEqualTo(300);
        assertThat(counters.currentRtoUs()).isEqualTo(900);
    }

    private static void offer(OneClient client, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(client.session.offer(Frames.WORDS, new long[] {i}, 0, 1)).isTrue();
        }
        client.session.pump(client.now);
    }
}
