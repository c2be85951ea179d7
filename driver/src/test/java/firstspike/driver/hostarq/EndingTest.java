package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Closing, failing, and what is said about it. */
class EndingTest {

    private static final long MILLI = OneClient.MILLI;

    @Test
    @DisplayName(
            "W130 close sends 0x8000 with one zero word and waits for its ACK; silent partner: CLOSE_INCOMPLETE after 500 ms")
    void closes() {
        OneClient client = new OneClient(true).opened();
        client.session.offer(Frames.WORDS, new long[] {1}, 0, 1);
        client.session.close(client.now);
        assertThat(client.warning()).isNull();
        client.receive(Datagrams.ack(1));
        List<ByteBuffer> frames = client.dataFrames();
        assertThat(frames).hasSize(2);
        assertThat(Frames.type(frames.get(1))).isEqualTo(Frames.FLUSH);
        assertThat(Datagrams.words(frames.get(1))).containsExactly(0);
        assertThat(client.endings()).isZero();
        client.receive(Datagrams.ack(2));
        assertThat(client.warning()).isEmpty();
        assertThat(client.endings()).isEqualTo(1);

        OneClient silent = new OneClient(true).opened();
        silent.now = MILLI;
        silent.session.offer(Frames.WORDS, new long[] {1}, 0, 1);
        silent.session.close(silent.now);
        silent.runTo(501 * MILLI - 1);
        assertThat(silent.warning()).isNull();
        silent.runTo(501 * MILLI);
        assertThat(silent.warning()).isPresent();
        assertThat(silent.warning().orElseThrow().code()).isEqualTo(Code.CLOSE_INCOMPLETE);
        assertThat(silent.warning().orElseThrow().detail().fields()).containsEntry("frames", "2");
    }

    @Test
    @DisplayName("W130 close with a full queue still says good-bye when it drains")
    void closesWithFullQueue() {
        VirtualPair pair = new VirtualPair(Impairments.none(), 1, false);
        pair.open();
        pair.offer(512, 1);
        pair.client.close(pair.now());
        pair.run(400 * MILLI);
        assertThat(pair.warning()).isEmpty();
        assertThat(pair.flushes()).isEqualTo(1);
    }

    @Test
    @DisplayName("W131 close twice: no error; use after close: CLOSED")
    void closesOnce() {
        OneClient client = new OneClient(true).opened();
        client.session.close(client.now);
        client.session.close(client.now);
        client.receive(Datagrams.ack(1));
        client.session.close(client.now);
        assertThat(client.endings()).isEqualTo(1);
        assertThat(client.dataFrames()).hasSize(1);
        assertThatThrownBy(() -> client.session.offer(Frames.WORDS, new long[1], 0, 1))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
        client.receive(Datagrams.data(1, 2, Frames.WORDS, 5));
        assertThat(client.delivered).isEmpty();
    }

    @Test
    @DisplayName("W132 from the moment of close on, sending ends with CLOSED")
    void refusesWhileClosing() {
        OneClient client = new OneClient(true).opened();
        client.session.close(client.now);
        assertThat(client.warning()).isNull();
        assertThatThrownBy(() -> client.session.offer(Frames.WORDS, new long[1], 0, 1))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
        assertThat(client.session.deliver(10)).isZero();
    }

    @Test
    void closingWhileOpeningEndsAtOnce() {
        OneClient client = new OneClient(true);
        client.open();
        client.session.close(0);
        assertThat(client.warning()).isEmpty();
        client.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        assertThat(client.sent).isEmpty();
        assertThat(client.information()).isNull();
    }

    @Test
    @DisplayName(
            "W134 W135 every error of a session has code, subject, value, limit and remedy, and one line without foreign text")
    void errorsAreComplete() {
        SessionErrors errors = new SessionErrors(SessionSettings.of(OneClient.PEER, true));
        SendWindow window = new SendWindow(OneClient.PEER, new CongestionControl(true), new ArqCounters());
        List<WireException> all = List.of(
                errors.resetTimeout(3, 2000),
                errors.loopbackTimeout(400),
                errors.loopbackMismatch("2 words", "1 word"),
                errors.lost(),
                errors.closeIncomplete(4, 500),
                errors.closed(),
                errors.stalled(window, 10_000, -1),
                errors.socket("Network is unreachable", null),
                errors.settingsMismatch("maxWinSize", 64, 128),
                errors.malformedAnswer("len", "3", "min", "4"),
                errors.noInformation(),
                errors.incompleteInformation("version", null),
                errors.tooOld(1),
                errors.incompatible(3),
                givenUp());
        for (WireException error : all) {
            ErrorDetail detail = error.detail();
            assertThat(List.of(detail.thing(), detail.value(), detail.limit(), detail.remedy()))
                    .as(error.code().name())
                    .allSatisfy(part -> {
                        assertThat(part).isNotBlank().doesNotContain("\n", "/home", "\tat ");
                        assertThat(error.getMessage()).contains(part);
                    });
            assertThat(error.getMessage()).startsWith(error.code().name()).contains("192.0.2.1");
        }
        assertThat(all.stream().map(WireException::code)).doesNotHaveDuplicates();
    }

    private static WireException givenUp() {
        OneClient client = new OneClient(true).opened();
        client.session.offer(Frames.WORDS, new long[1], 0, 1);
        client.session.pump(0);
        client.now = 11_000 * MILLI;
        client.session.tick(client.now);
        client.now = client.session.nextWakeNanos();
        client.session.tick(client.now);
        return client.failure();
    }

    @Test
    @DisplayName("W136 counters are readable at any time and consistent")
    void countersAddUp() {
        VirtualPair pair = new VirtualPair(
                Impairments.none().withLoss(0.1).withDuplication(0.2).withCorruption(0.1), 5, true);
        pair.open();
        pair.offer(200, 5);
        for (int i = 0; i < 300; i++) {
            pair.run(MILLI / 3);
            PairUnderImpairmentTest.consistent(pair.client.counters());
            PairUnderImpairmentTest.consistent(pair.endpoint.counters());
        }
        HostArqCounters host = pair.client.counters();
        HostArqCounters fpga = pair.endpoint.counters();
        assertThat(host.framesAccepted()).isEqualTo(202);
        assertThat(host.payloadWordsReceived()).isEqualTo(fpga.payloadWordsSent());
        assertThat(fpga.payloadWordsReceived()).isEqualTo(host.payloadWordsSent());
        assertThat(host.dropped()).isPositive();
        assertThat(host.duplicates()).isPositive();
        assertThat(host.framesResent()).isPositive();
        assertThat(fpga.acksSent()).isPositive();
        assertThat(fpga.acksReceived()).isLessThanOrEqualTo(host.acksSent() * 2);
    }

    @Test
    void aConfigurationAnswerInAnOpenSessionMeansThatSomebodyElseResetTheFpga() {
        OneClient late = new OneClient(true).opened();
        late.receive(Datagrams.configuration(0, OneClient.INFORMATION));
        assertThat(late.failure()).as("a late copy").isNull();

        OneClient client = new OneClient(true).opened();
        client.receive(Datagrams.configuration(7, OneClient.INFORMATION));
        assertThat(client.failure().code()).isEqualTo(Code.SESSION_LOST);
    }

    @Test
    void anErrorOfTheConsumerEndsTheSession() {
        OneClient client = new OneClient(true).opened();
        WireException refused = new WireException(
                Code.UNKNOWN_PACKET_TYPE, ErrorDetail.of("packet type", "0x1234", "0x0010", "update the bitfile"));
        client.refuseWith(refused);
        client.receive(Datagrams.data(0, 2, 0x1234, 1));
        assertThat(client.failure()).isSameAs(refused);
        assertThatThrownBy(() -> client.session.offer(Frames.WORDS, new long[1], 0, 1))
                .isSameAs(refused);
    }
}
