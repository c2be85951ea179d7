package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import firstspike.driver.link.NoLeaks;
import firstspike.driver.message.WireException;
import firstspike.driver.message.WireException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over real sockets, against an FPGA whose every datagram the test says. */
@ExtendWith(NoLeaks.class)
class HostArqClientTest {

    private static final HostArqOptions OPTIONS = HostArqOptions.defaults().withCongestionControl(false);

    private final Arrivals arrivals = new Arrivals();
    private BareFpga fpga;

    @BeforeEach
    void openSockets() throws Exception {
        fpga = new BareFpga();
    }

    @AfterEach
    void closeSockets() {
        fpga.close();
    }

    @ParameterizedTest(name = "W060 W061 W067 opens, epoll allowed: {0}")
    @DisplayName("W060 W061 W067 opens: reset frame alone first, from the data socket; one random word comes back")
    @ValueSource(booleans = {true, false})
    void opens(boolean nativeTransport) throws Exception {
        CompletableFuture<HostArqClient> opening = fpga.opening(OPTIONS.withNativeTransport(nativeTransport), arrivals);
        assertThat(Frames.isReset(fpga.awaitReset())).isTrue();
        assertThat(BareFpga.isSilent(fpga.data)).isTrue();
        // before the answer everything is of an earlier session
        fpga.send(Datagrams.data(255, 0, Frames.WORDS, 1, 2, 3));
        fpga.configure(OneClient.INFORMATION);
        ByteBuffer loopback = fpga.receiveData();
        assertThat(Frames.type(loopback)).isEqualTo(Frames.LOOPBACK);
        assertThat(opening).isNotDone();
        fpga.send(Datagrams.data(0, 1, Frames.LOOPBACK, Datagrams.words(loopback)));

        try (HostArqClient client = opening.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            assertThat(client.information()).isEqualTo(new BitfileInformation(1, 2, OneClient.INFORMATION));
            assertThat(arrivals.count()).isZero();
            acknowledgeFarewell();
        }
    }

    @Test
    @DisplayName("W065 W066 other settings or a newer bitfile refuse the session, with both values")
    void refusesOtherSettings() throws Exception {
        CompletableFuture<HostArqClient> settings = fpga.opening(OPTIONS, arrivals);
        fpga.awaitReset();
        fpga.send(Datagrams.data(255, 0, Frames.CONFIGURATION, 256, 64, 180, 0));
        assertThat(failureOf(settings))
                .returns(Code.SETTINGS_MISMATCH, WireException::code)
                .hasMessageContaining("64")
                .hasMessageContaining("128");

        CompletableFuture<HostArqClient> bitfile = fpga.opening(OPTIONS, arrivals);
        fpga.awaitReset();
        fpga.configure("version: 1\ncompatible_until: 3\n");
        assertThat(failureOf(bitfile)).returns(Code.BITFILE_INCOMPATIBLE, WireException::code);
        assertThat(arrivals.hasFailed()).as("never was open").isFalse();
    }

    @Test
    @DisplayName("W071 a second session with the same FPGA is busy and sends nothing; after the first one it opens")
    void refusesSecondSession() throws Exception {
        HostArqClient first = fpga.opened(OPTIONS, arrivals);

        assertThatThrownBy(() -> HostArqClient.open(fpga.address(), OPTIONS, new Arrivals()))
                .asInstanceOf(type(WireException.class))
                .returns(Code.ENDPOINT_BUSY, WireException::code);
        assertThat(BareFpga.isSilent(fpga.reset)).isTrue();

        acknowledgeFarewell();
        first.close();
        HostArqClient second = fpga.opened(OPTIONS, new Arrivals());
        acknowledgeFarewell();
        second.close();
    }

    @Test
    @DisplayName("W130 W131 close says good-bye and waits for its acknowledgement; closing again and using it after")
    void closes() throws Exception {
        HostArqClient client = fpga.opened(OPTIONS, arrivals);
        CountDownLatch closed = new CountDownLatch(1);
        Thread closing = new Thread(() -> {
            client.close();
            closed.countDown();
        });
        closing.start();

        ByteBuffer farewell = fpga.receiveData();
        assertThat(Frames.type(farewell)).isEqualTo(Frames.FLUSH);
        assertThat(Datagrams.words(farewell)).containsExactly(0);
        fpga.send(Datagrams.ack(Frames.seq(farewell)));

        assertThat(closed.await(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        client.close();
        client.resume();
        assertThatThrownBy(() -> client.send(Frames.WORDS, new long[1], 0, 1))
                .asInstanceOf(type(WireException.class))
                .returns(Code.CLOSED, WireException::code);
        assertThatThrownBy(client::flush)
                .asInstanceOf(type(WireException.class))
                .returns(Code.CLOSED, WireException::code);
        assertThat(arrivals.hasFailed()).as("a close is no failure").isFalse();
    }

    @Test
    @DisplayName(
            "W132 W088 a full queue blocks the sender; close lets it go with CLOSED, a silent FPGA does not hold close up")
    void closeEndsBlockedSender() throws Exception {
        HostArqClient client = fpga.opened(OPTIONS, arrivals);
        CompletableFuture<Throwable> sender = blockedSender(client);

        client.close();

        assertThat(sender.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .asInstanceOf(type(WireException.class))
                .returns(Code.CLOSED, WireException::code);
    }

    @Test
    @DisplayName("a blocked sender that is interrupted stops, and the session stays")
    void interruptEndsBlockedSender() throws Exception {
        HostArqClient client = fpga.opened(OPTIONS, arrivals);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread sender = new Thread(() -> failure.complete(failureOf(() ->
                client.send(Frames.WORDS, new long[180 * (SendWindow.QUEUE + 1)], 0, 180 * (SendWindow.QUEUE + 1)))));
        sender.start();
        Arrivals.until("the queue is full", () -> client.counters().stalls() > 0);

        sender.interrupt();

        assertThat(failure.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(arrivals.hasFailed()).isFalse();
        client.close();
    }

    @Test
    @DisplayName("another configuration answer in an open session is SESSION_LOST, for the listener and for every call")
    void sessionLost() throws Exception {
        try (HostArqClient client = fpga.opened(OPTIONS, arrivals)) {
            CompletableFuture<Throwable> sender = blockedSender(client);

            fpga.send(Datagrams.data(0, 2, Frames.CONFIGURATION, 256, 128, 180, 0));

            WireException lost = arrivals.failure();
            assertThat(lost.code()).isEqualTo(Code.SESSION_LOST);
            assertThat(sender.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(lost);
            assertThatThrownBy(client::flush).isSameAs(lost);
        }
    }

    @Test
    @DisplayName("a port that nobody listens at is counted and is no reason to give up")
    void countsRefusals() throws Exception {
        HostArqClient client = fpga.opened(OPTIONS, arrivals);
        fpga.data.close();

        client.send(Frames.WORDS, new long[1], 0, 1);

        Arrivals.until("a refusal", () -> client.counters().refusals() > 0);
        assertThat(arrivals.hasFailed()).isFalse();
        client.close();
    }

    @Test
    @DisplayName("a listener that fails ends the session with its reason")
    void failingListener() throws Exception {
        CompletableFuture<WireException> failure = new CompletableFuture<>();
        FrameListener failing = new FrameListener() {
            @Override
            public void frame(int packetType, long[] words, int count) {
                throw new IllegalStateException("no room for " + count);
            }

            @Override
            public void failed(WireException cause) {
                failure.complete(cause);
            }
        };
        try (HostArqClient client = fpga.opened(OPTIONS, failing)) {
            fpga.send(Datagrams.data(0, 2, Frames.WORDS, 1));

            assertThat(failure.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS)).hasMessageContaining("no room for 1");
            assertThatThrownBy(client::flush).isInstanceOf(WireException.class);
        }
    }

    @Test
    @DisplayName("the tap sees each datagram with its two ends, the reset frame first")
    void taps() throws Exception {
        StringBuilder seen = new StringBuilder();
        DatagramTap tap = (from, to, payload) -> seen.append(from.getPort() == fpga.data.getLocalPort() ? "<" : ">")
                .append(to.getPort() == fpga.reset.getLocalPort() ? "reset " : "")
                .append(payload.remaining())
                .append(' ');
        HostArqClient client = fpga.opened(OPTIONS.withTap(tap), arrivals);
        acknowledgeFarewell();
        client.close();

        assertThat(seen.toString()).startsWith(">reset 4 <76 >").contains(">20 ", "<20 ");
    }

    private CompletableFuture<Throwable> blockedSender(HostArqClient client) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        int words = Frames.MAX_WORDS * (SendWindow.QUEUE + 1);
        Thread sender = new Thread(
                () -> failure.complete(failureOf(() -> client.send(Frames.WORDS, new long[words], 0, words))));
        sender.setDaemon(true);
        sender.start();
        Arrivals.until("the queue is full", () -> client.counters().stalls() > 0);
        return failure;
    }

    private static Throwable failureOf(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static WireException failureOf(CompletableFuture<HostArqClient> opening) throws Exception {
        try {
            opening.get(Arrivals.PATIENCE_SECONDS, TimeUnit.SECONDS).close();
        } catch (ExecutionException e) {
            return (WireException) e.getCause();
        }
        throw new AssertionError("the session opened");
    }

    /** Acknowledges the next frame, which is the good-bye, on another thread. */
    private void acknowledgeFarewell() {
        Thread answering = new Thread(() -> {
            try {
                fpga.send(Datagrams.ack(Frames.seq(fpga.receiveData())));
            } catch (IOException e) {
                throw new UncheckedIOException("farewell", e);
            }
        });
        answering.setDaemon(true);
        answering.start();
    }
}
