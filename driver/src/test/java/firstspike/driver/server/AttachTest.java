package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.SessionEvent;
import firstspike.proto.chip.v1.SubmissionState;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that watch their sessions and come back to them, over sockets. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class AttachTest {

    private final TestClock clock = TestClock.stopped();
    private final MemoryChip chip = new MemoryChip(clock);
    private final UUID id = new UUID(0x4000, 1);
    private final PlaybackProgram program =
            PlaybackProgram.builder().write(1, 1).done();
    private ChipServer server;
    private TransferClient client;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(
                chip,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults().withClock(clock));
        client = TransferClient.open(server.port(), "ada");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** What an attached client hears. */
    private static final class Listener implements StreamObserver<SessionEvent> {

        private final BlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void onNext(SessionEvent event) {
            heard.add(event);
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }

        SessionEvent next() {
            try {
                SessionEvent event = heard.poll(20, TimeUnit.SECONDS);
                assertThat(event).as("next event").isNotNull();
                return event;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void ended() {
            end.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private Listener attach(TransferClient from, ByteString token, long first) {
        Listener listener = new Listener();
        from.streams()
                .attach(
                        AttachRequest.newBuilder()
                                .setSessionId(client.session())
                                .setResumeToken(token)
                                .setFromEvent(first)
                                .build(),
                        listener);
        return listener;
    }

    /** Submits a program that may take a day. */
    private void submitLong(PlaybackProgram slow) {
        client.submitting(
                        client.header(id, slow).toBuilder()
                                .setExecutionLimitMs(86_400_000)
                                .build(),
                        Uploads.chunks(1 << 16, slow))
                .one();
    }

    private ByteString token() {
        return client.opened().getResumeToken();
    }

    @Test
    @DisplayName(
            "An attached client hears the states of its submissions and its turn, numbered, and a heartbeat within 5 s")
    void events() {
        Listener listener = attach(client, token(), 0);
        assertThat(listener.next().hasHeartbeat()).isTrue();
        client.submit(id, program);

        List<SessionEvent> events =
                List.of(listener.next(), listener.next(), listener.next(), listener.next(), listener.next());
        clock.advance(Duration.ofSeconds(4));
        SessionEvent beat = listener.next();

        assertThat(events).extracting(SessionEvent::getEvent).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events.get(0).getSubmission().getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_UPLOADING);
        assertThat(events.get(1).getSubmission().getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_QUEUED);
        assertThat(events.get(2).getTurn().getGained()).isTrue();
        assertThat(events.get(3).getSubmission().getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_RUNNING);
        assertThat(events.get(4).getSubmission().getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_DONE);
        assertThat(beat.hasHeartbeat()).isTrue();
        assertThat(beat.getEvent()).isEqualTo(5);
        assertThat(beat.getEpochMs()).isEqualTo(clock.epochMillis());
    }

    @Test
    @DisplayName(
            "What happened before is heard from the event on that is asked for; the end of the session is the last word")
    void late() {
        client.submit(id, program);
        client.awaitState(id, SubmissionState.SUBMISSION_STATE_DONE);

        Listener listener = attach(client, token(), 4);
        assertThat(listener.next().hasHeartbeat()).isTrue();
        assertThat(listener.next().getEvent()).isEqualTo(4);
        assertThat(listener.next().getEvent()).isEqualTo(5);
        client.calls()
                .closeSession(firstspike.proto.chip.v1.CloseSessionRequest.newBuilder()
                        .setSessionId(client.session())
                        .build());

        assertThat(listener.next().getWarning()).contains("closed by client");
        listener.ended();
    }

    @Test
    @DisplayName("T254 another token is refused, whatever is wrong with it")
    void wrongToken() {
        for (ByteString wrong : List.of(
                ByteString.EMPTY,
                ByteString.copyFrom(new byte[16]),
                token().substring(0, 15),
                token().concat(token()))) {
            Listener listener = attach(client, wrong, 0);
            assertThat(TransferClient.failure(Status.Code.PERMISSION_DENIED, listener::ended)
                            .getCode())
                    .isEqualTo("ACCESS_DENIED");
        }
        assertThat(token().size()).isEqualTo(16);
    }

    @Test
    @DisplayName("T252 a session survives 10 s without a connection: attached again with its token, its work is kept")
    void survives() {
        submitLong(chip.taking(Duration.ofHours(1), program));
        chip.awaitRunning(1);
        UUID queued = new UUID(0x4000, 2);
        client.submit(queued, PlaybackProgram.builder().write(1, 2).done());
        client.close();
        while (server.isConnected(client.session())) {
            Thread.onSpinWait();
        }
        clock.advance(Duration.ofSeconds(10));

        try (TransferClient again = TransferClient.join(server.port(), client.session())) {
            Listener listener = attach(again, token(), 1);
            assertThat(listener.next().hasHeartbeat()).isTrue();
            clock.advance(Duration.ofHours(1));
            again.awaitState(id, SubmissionState.SUBMISSION_STATE_DONE);
            again.awaitState(queued, SubmissionState.SUBMISSION_STATE_DONE);
            assertThat(again.result(queued, 0).join()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("Without a connection what waits expires after 30 s; what runs goes on")
    void queueExpires() {
        submitLong(chip.taking(Duration.ofMinutes(1), program));
        chip.awaitRunning(1);
        UUID queued = new UUID(0x4000, 2);
        client.submit(queued, PlaybackProgram.builder().write(1, 2).done());
        client.close();
        while (server.isConnected(client.session())) {
            Thread.onSpinWait();
        }
        clock.advance(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));

        try (TransferClient again = TransferClient.join(server.port(), client.session())) {
            again.awaitState(id, SubmissionState.SUBMISSION_STATE_DONE);
            assertThat(again.status(queued).getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_EXPIRED);
        }
        assertThat(chip.programs()).hasSize(1);
    }
}
