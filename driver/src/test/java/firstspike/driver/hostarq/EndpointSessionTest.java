package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The FPGA's side on virtual time, the test being its hosts. */
class EndpointSessionTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final SocketAddress HOST = InetSocketAddress.createUnresolved("host", 40_001);
    private static final SocketAddress OTHER = InetSocketAddress.createUnresolved("other", 40_002);

    private final List<ByteBuffer> sent = new ArrayList<>();
    private final List<SocketAddress> receivers = new ArrayList<>();
    private final List<long[]> words = new ArrayList<>();
    private final List<WireException> stopped = new ArrayList<>();
    private int session;
    private int flushes;
    private long now;
    private final EndpointSession endpoint =
            new EndpointSession(OneClient.INFORMATION, this::keep, new EndpointEvents() {
                @Override
                public void sessionStarted(int number) {
                    session = number;
                }

                @Override
                public void words(long[] array, int count) {
                    words.add(Arrays.copyOf(array, count));
                }

                @Override
                public void flushRequested() {
                    flushes++;
                }

                @Override
                public void stopped(WireException cause) {
                    stopped.add(cause);
                }
            });

    private void keep(SocketAddress to, byte[] bytes, int from, int length) {
        sent.add(Datagrams.copy(bytes, from, length));
        receivers.add(to);
    }

    private void receive(SocketAddress from, ByteBuffer datagram) {
        endpoint.datagram(from, datagram, now);
        endpoint.deliver(Integer.MAX_VALUE);
        endpoint.pump(now);
    }

    private void runTo(long end) {
        while (endpoint.nextWakeNanos() <= end) {
            now = Math.max(now, endpoint.nextWakeNanos());
            endpoint.tick(now);
            endpoint.deliver(Integer.MAX_VALUE);
        }
        now = end;
    }

    private void reset(SocketAddress from) {
        endpoint.reset(from, Datagrams.reset(), now);
    }

    /** A session whose answer is acknowledged; frame 0 of the host is next. */
    private void opened() {
        reset(HOST);
        receive(HOST, Datagrams.ack(0));
        sent.clear();
        receivers.clear();
    }

    @Test
    void answersACorrectResetWithItsConfiguration() {
        reset(HOST);
        assertThat(sent).hasSize(1);
        assertThat(Datagrams.hex(sent.get(0)))
                .isEqualTo(Datagrams.hex(Datagrams.configuration(0, OneClient.INFORMATION)));
        assertThat(receivers).containsExactly(HOST);
        assertThat(session).isEqualTo(1);
    }

    @Test
    void ignoresWrongResets() {
        for (String hex : List.of("", "abab", "abababac", "ababababab")) {
            endpoint.reset(HOST, Datagrams.ofHex(hex), 0);
        }
        assertThat(sent).isEmpty();
        assertThat(endpoint.counters().badReset()).isEqualTo(4);
        assertThat(endpoint.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void dropsEverythingBeforeAResetAndFromOthers() {
        receive(HOST, Datagrams.data(255, 0, Frames.WORDS, 1));
        opened();
        receive(OTHER, Datagrams.data(0, 0, Frames.WORDS, 2));
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 3));
        assertThat(words).containsExactly(new long[] {3});
        assertThat(endpoint.counters().droppedBeforeOpen()).isEqualTo(1);
        assertThat(endpoint.counters().foreignPeer()).isEqualTo(1);
    }

    @Test
    void echoesLoopbackFramesInOrderWithWordsBeforeThem() {
        opened();
        endpoint.words(session, new long[] {7, 8}, 0, 2, now);
        receive(HOST, Datagrams.data(0, 0, Frames.LOOPBACK, 5, 6));
        endpoint.pump(now);
        List<ByteBuffer> frames = dataFrames();
        assertThat(frames.stream().map(Frames::type)).containsExactly(Frames.WORDS, Frames.LOOPBACK);
        assertThat(Datagrams.words(frames.get(1))).containsExactly(5, 6);
    }

    @Test
    void holdsLoopbackFramesUntilThereIsRoomForTheirEcho() {
        opened();
        int queued = 0;
        while (endpoint.words(session, new long[180], 0, 180, now) == 180) {
            queued++;
        }
        receive(HOST, Datagrams.data(0, 0, Frames.LOOPBACK, 5));
        receive(HOST, Datagrams.data(0, 1, Frames.WORDS, 6));
        assertThat(words).isEmpty();
        for (int i = 1; i <= queued + 1; i++) {
            receive(HOST, Datagrams.ack(i & 255));
            endpoint.pump(now);
        }
        assertThat(words).containsExactly(new long[] {6});
        assertThat(Frames.type(sent.get(sent.size() - 1))).isEqualTo(Frames.LOOPBACK);
    }

    @Test
    void tellsOfFlushFramesAndCountsUnknownTypes() {
        opened();
        receive(HOST, Datagrams.data(0, 0, Frames.FLUSH, 0));
        receive(HOST, Datagrams.data(0, 1, 0x8003, 0));
        receive(HOST, Datagrams.data(0, 2, Frames.LOOPBACK));
        assertThat(flushes).isEqualTo(1);
        assertThat(endpoint.counters().unsupportedType()).isEqualTo(1);
        assertThat(dataFrames()).isEmpty();
    }

    @Test
    void packsWordsIntoFramesOf180AndSendsTheRestAfter100Microseconds() {
        opened();
        now = MILLI;
        long[] many = LongStream.range(0, 400).toArray();
        assertThat(endpoint.words(session, many, 0, 400, now)).isEqualTo(400);
        endpoint.pump(now);
        assertThat(dataFrames().stream().map(Frames::count)).containsExactly(180, 180);
        now += 60 * MICRO;
        endpoint.words(session, many, 0, 1, now);
        assertThat(endpoint.nextWakeNanos()).isEqualTo(now + 100 * MICRO);
        runTo(now + 100 * MICRO - 1);
        assertThat(dataFrames()).hasSize(2);
        runTo(now + 1);
        assertThat(Frames.count(dataFrames().get(2))).isEqualTo(41);

        endpoint.words(session, many, 0, 3, now);
        assertThat(endpoint.flush(session)).isTrue();
        endpoint.pump(now);
        assertThat(Frames.count(dataFrames().get(3))).isEqualTo(3);
        assertThat(endpoint.flush(session)).isTrue();
        endpoint.pump(now);
        assertThat(dataFrames()).hasSize(4);
    }

    @Test
    void takesNoMoreWordsThanItHasRoomForAndLosesNone() {
        opened();
        long[] many = LongStream.range(0, 200_000).toArray();
        int taken = endpoint.words(session, many, 0, many.length, now);
        assertThat(taken).isEqualTo(513 * 180);
        assertThat(endpoint.words(session, many, taken, 1, now)).isZero();
        assertThat(endpoint.flush(session)).isFalse();
        endpoint.pump(now);
        int ack = 0;
        while (taken < many.length || endpoint.free() < SendWindow.QUEUE) {
            receive(HOST, Datagrams.ack(++ack & 255));
            taken += endpoint.words(session, many, taken, many.length - taken, now);
            if (taken == many.length) {
                endpoint.flush(session);
            }
            endpoint.pump(now);
        }
        long[] received = dataFrames().stream()
                .flatMapToLong(frame -> Arrays.stream(Datagrams.words(frame)))
                .toArray();
        assertThat(received).isEqualTo(many);
    }

    @Test
    void aFullPartialFrameLeavesByItselfWhenThereIsRoomAgain() {
        opened();
        endpoint.words(session, new long[200_000], 0, 200_000, now);
        endpoint.pump(now);
        runTo(now + 100 * MICRO);
        receive(HOST, Datagrams.ack(1));
        assertThat(endpoint.nextWakeNanos()).isLessThanOrEqualTo(now);
        endpoint.tick(now);
        assertThat(endpoint.free()).isZero();
    }

    @Test
    void aNewSessionForgetsTheOldOneAndItsSender() {
        opened();
        int old = session;
        endpoint.words(old, new long[] {1}, 0, 1, now);
        receive(HOST, Datagrams.data(0, 1, Frames.WORDS, 2));
        reset(OTHER);
        assertThatThrownBy(() -> endpoint.words(old, new long[] {1}, 0, 1, now))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
        assertThatThrownBy(() -> endpoint.flush(old)).isInstanceOf(WireException.class);
        sent.clear();
        receive(OTHER, Datagrams.data(0, 0, Frames.WORDS, 3));
        runTo(now + 10 * MILLI);
        assertThat(words).containsExactly(new long[] {3});
        assertThat(dataFrames()).isEmpty();
    }

    @Test
    @DisplayName("W108 five resets from alternating hosts: each gets its answer, the last one is the peer")
    void theLastHostWins() {
        for (SocketAddress host : List.of(HOST, OTHER, HOST, OTHER, HOST)) {
            sent.clear();
            receivers.clear();
            reset(host);
            assertThat(Frames.type(sent.get(0))).isEqualTo(Frames.CONFIGURATION);
            assertThat(receivers).containsExactly(host);
            receive(host, Datagrams.ack(0));
            receive(host, Datagrams.data(0, 0, Frames.LOOPBACK, 1));
        }
        assertThat(session).isEqualTo(5);
        receive(OTHER, Datagrams.data(1, 1, Frames.WORDS, 8));
        receive(HOST, Datagrams.data(1, 1, Frames.WORDS, 9));
        assertThat(words).containsExactly(new long[] {9});
        assertThat(endpoint.counters().foreignPeer()).isEqualTo(1);
    }

    @Test
    @DisplayName("W108 the hosts that lost get MAX_RESENDS, LOOPBACK_TIMEOUT or RESET_TIMEOUT")
    void losersNotice() {
        OneClient early = new OneClient(true);
        early.open();
        OneClient configured = new OneClient(true);
        configured.open();
        configured.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        OneClient open = new OneClient(true).opened();
        open.session.offer(Frames.WORDS, new long[1], 0, 1);
        open.session.pump(0);
        for (OneClient client : List.of(early, configured, open)) {
            client.runTo(12_000 * MILLI);
        }
        assertThat(early.failure().code()).isEqualTo(Code.RESET_TIMEOUT);
        assertThat(configured.failure().code()).isEqualTo(Code.LOOPBACK_TIMEOUT);
        assertThat(open.failure().code()).isEqualTo(Code.MAX_RESENDS);
    }

    @Test
    void aLateCopyOfTheResetFrameDoesNotEndASessionThatGoesOn() {
        opened();
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 1));
        sent.clear();
        reset(HOST);
        assertThat(session).isEqualTo(1);
        runTo(EndpointSession.LATE_NANOS);
        ByteBuffer probe = dataFrames().get(0);
        OneClient host = new OneClient(true).opened();
        host.receive(probe);
        host.runTo(AckTimer.DELAY_NANOS);
        assertThat(host.sent).as("the host acknowledges the probe").hasSize(1);
        assertThat(host.delivered).isEmpty();
        now += MILLI;
        receive(HOST, host.sent.get(0));
        runTo(now + 100 * MILLI);
        assertThat(session).isEqualTo(1);
        receive(HOST, Datagrams.data(0, 1, Frames.WORDS, 2));
        assertThat(words).hasSize(2);
    }

    @ParameterizedTest(name = "{0} acknowledged, {1} in flight")
    @MethodSource("windows")
    @DisplayName("the probe of a doubtful reset is one frame that the old session acknowledges and a new one drops")
    void probesOutsideNewSessions(int acknowledged, int inFlight) {
        opened();
        for (int i = 1; i <= acknowledged; i++) {
            words(1);
            receive(HOST, Datagrams.ack(i & 255));
        }
        for (int i = 0; i < inFlight; i++) {
            words(1);
        }
        sent.clear();
        reset(HOST);
        runTo(now + EndpointSession.LATE_NANOS);

        assertThat(sent).as("nothing but the probe").hasSize(1);
        int seq = Frames.seq(sent.get(0));
        assertThat(seq).isBetween(128, 255);
        for (int received = 0; received <= inFlight; received++) {
            ReceiveWindow peer = new ReceiveWindow();
            for (int i = 0; i <= acknowledged + received; i++) {
                peer.offer(Datagrams.data(255, i & 255, Frames.WORDS, i));
                peer.take((type, words, count) -> {});
            }
            boolean fresh = peer.offer(sent.get(0)) != ReceiveWindow.Outcome.DUPLICATE;
            boolean missing = (seq - (1 + acknowledged + received) & 255) < inFlight - received;
            assertThat(fresh).as("%d of those in flight received", received).isEqualTo(missing);
        }
    }

    private void words(int count) {
        endpoint.words(session, new long[count], 0, count, now);
        endpoint.flush(session);
        endpoint.pump(now);
    }

    static Stream<Arguments> windows() {
        return IntStream.rangeClosed(0, 260).boxed().flatMap(low -> IntStream.of(0, 1, 2, 63, 126, 127)
                .mapToObj(n -> Arguments.of(low, n)));
    }

    @Test
    void framesInFlightWaitUntilTheDoubtIsOver() {
        opened();
        endpoint.words(session, new long[180 * 200], 0, 180 * 200, now);
        endpoint.pump(now);
        assertThat(dataFrames()).hasSize(127);
        sent.clear();
        reset(HOST);
        runTo(EndpointSession.DOUBT_NANOS / 2);
        assertThat(dataFrames().stream().mapToInt(Frames::seq)).isNotEmpty().allMatch(seq -> seq > 127);
        receive(HOST, Datagrams.ack(127));
        assertThat(dataFrames().stream().mapToInt(Frames::seq)).contains(128);
        runTo(now + 100 * MILLI);
        assertThat(session).isEqualTo(1);
    }

    @Test
    void whatTheHostOfTheEndedSessionSentLateDoesNotHideTheReset() {
        opened();
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 1));
        reset(HOST);
        now += MILLI;
        receive(HOST, Datagrams.ack(0));
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 1));
        runTo(EndpointSession.DOUBT_NANOS);
        assertThat(session).isEqualTo(2);
    }

    @Test
    void aResetOfThePeerItselfCountsWhenItDoesNotGoOn() {
        opened();
        reset(HOST);
        reset(HOST);
        runTo(EndpointSession.DOUBT_NANOS - 1);
        assertThat(session).isEqualTo(1);
        runTo(EndpointSession.DOUBT_NANOS);
        assertThat(session).isEqualTo(2);
        assertThat(Frames.type(sent.get(sent.size() - 1))).isEqualTo(Frames.CONFIGURATION);
        OneClient host = new OneClient(true);
        host.open();
        sent.forEach(host::receive);
        host.echoLoopback();
        assertThat(host.information()).isNotNull();
    }

    @Test
    void aResetBeforeThePeerAnsweredIsAnsweredAgainAtOnce() {
        reset(HOST);
        reset(HOST);
        assertThat(session).isEqualTo(2);
        assertThat(dataFrames()).hasSize(2);
    }

    @Test
    void stopsWhenThePeerIsSilentAndWorksAfterTheNextReset() {
        opened();
        endpoint.words(session, new long[] {1}, 0, 1, now);
        endpoint.flush(session);
        endpoint.pump(now);
        runTo(11_000 * MILLI);
        assertThat(stopped).hasSize(1);
        assertThat(stopped.get(0).code()).isEqualTo(Code.MAX_RESENDS);
        assertThat(endpoint.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> endpoint.words(session, new long[] {1}, 0, 1, now))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("silent");
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 1));
        assertThat(words).isEmpty();
        reset(HOST);
        receive(HOST, Datagrams.data(0, 0, Frames.WORDS, 2));
        assertThat(words).containsExactly(new long[] {2});
    }

    private List<ByteBuffer> dataFrames() {
        return sent.stream()
                .filter(frame -> frame.remaining() > Frames.ACK_BYTES)
                .toList();
    }
}
