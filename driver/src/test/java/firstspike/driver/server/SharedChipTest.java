package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.spool.Uploads;
import firstspike.driver.server.turn.TurnRules;
import firstspike.proto.chip.v1.AcquireLeaseRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ErrorDetail;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.ReleaseLeaseRequest;
import firstspike.proto.chip.v1.RenewLeaseRequest;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.Target;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One chip and its users, over sockets, on a clock that the test moves. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class SharedChipTest {

    private static final SubmissionState DONE = SubmissionState.SUBMISSION_STATE_DONE;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = TestClock.stopped();
    private final MemoryChip chip = new MemoryChip(clock);
    private final List<TransferClient> clients = new ArrayList<>();
    private ChipServer server;
    private int ids;

    private void serve(Duration period, Duration grace) throws IOException {
        server = ChipServer.start(
                chip,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults()
                        .withClock(clock)
                        .withTurns(TurnRules.defaults().withTurns(period, grace)));
    }

    @AfterEach
    void stop() {
        clients.forEach(TransferClient::close);
        server.close();
    }

    private TransferClient session(String user) {
        return session(OpenSessionRequest.newBuilder().setUser(user));
    }

    private TransferClient session(OpenSessionRequest.Builder request) {
        TransferClient client = TransferClient.open(server.port(), request);
        clients.add(client);
        return client;
    }

    private UUID newId() {
        return new UUID(0x4000, ++ids);
    }

    private static PlaybackProgram write(int word, int value) {
        return PlaybackProgram.builder().write(word, value).done();
    }

    private static PlaybackProgram read(int word) {
        var builder = PlaybackProgram.builder();
        builder.read(word);
        return builder.done();
    }

    private long value(TransferClient client, int word) {
        return firstValue(client.executing(newId(), read(word)).all());
    }

    private static long firstValue(List<ResultChunk> chunks) {
        for (ResultChunk chunk : chunks) {
            try {
                ResultRecord record = ResultRecord.parseFrom(chunk.getRecord());
                if (record.hasResponses()) {
                    return record.getResponses()
                            .getValue()
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong();
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no responses");
    }

    /** A set-up program, which says that it writes the whole configuration. */
    private void setUp(TransferClient client, PlaybackProgram program) {
        var header = client.header(newId(), program).toBuilder().setSetup(true).build();
        var call = client.submitting(header, Uploads.chunks(1 << 16, program));
        call.one();
        client.awaitState(UUID.fromString(header.getSubmissionId()), DONE);
    }

    private UUID submitting(TransferClient client, long sequence, PlaybackProgram program) {
        UUID id = newId();
        client.submitting(
                        client.header(id, program).toBuilder()
                                .setSequence(sequence)
                                .build(),
                        Uploads.chunks(1 << 16, program))
                .one();
        return id;
    }

    @Test
    @DisplayName("T225 whoever gets the chip finds what its reinit wrote, over ten changes of turn")
    void reinitOnSwitch() throws IOException {
        serve(Duration.ZERO, Duration.ZERO);
        TransferClient a = session("a");
        TransferClient b = session("b");
        new ReinitClient(a).set(0, write(1, 0xa));
        new ReinitClient(b).set(0, write(1, 0xb));

        for (int i = 0; i < 10; i++) {
            assertThat(value(a, 1)).isEqualTo(0xa);
            assertThat(value(b, 1)).isEqualTo(0xb);
        }
        assertThat(chip.count(write(1, 0xa))).isEqualTo(10);
        assertThat(chip.count(ResetProgram.PROGRAM)).isEqualTo(19);
        assertThat(chip.opened()).isEqualTo(1);
    }

    @Test
    @DisplayName("T226 alone on the chip, the reinit runs once")
    void reinitOnce() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient a = session("a");
        new ReinitClient(a).set(0, write(1, 0xa));

        for (int i = 0; i < 5; i++) {
            assertThat(value(a, 1)).isEqualTo(0xa);
        }
        assertThat(chip.count(write(1, 0xa))).isEqualTo(1);
    }

    @Test
    @DisplayName("T227 what the snapshot program read is written when the chip comes back")
    void snapshotReinit() throws IOException {
        serve(Duration.ZERO, Duration.ZERO);
        TransferClient a = session("a");
        TransferClient b = session("b");
        new ReinitClient(a).set(0, write(1, 1), read(2));

        a.executing(newId(), write(2, 77)).all();
        assertThat(value(b, 2)).isZero();

        assertThat(value(a, 2)).isEqualTo(77);
    }

    @Test
    @DisplayName("T229 an entry below the top cannot be popped, one above the height cannot be set")
    void popOrder() throws IOException {
        serve(SECOND, Duration.ZERO);
        ReinitClient a = new ReinitClient(session("a"));
        assertThat(a.set(0, write(1, 1))).isEqualTo(1);
        assertThat(a.set(1, write(1, 2))).isEqualTo(2);

        ErrorDetail pop = TransferClient.failure(Status.Code.INVALID_ARGUMENT, () -> a.pop(0));
        ErrorDetail set = TransferClient.failure(Status.Code.INVALID_ARGUMENT, () -> a.set(3, write(1, 3)));

        assertThat(pop.getCode()).isEqualTo("REINIT_ORDER");
        assertThat(set.getCode()).isEqualTo("REINIT_ORDER");
        assertThat(a.pop(1)).isEqualTo(1);
        assertThat(a.pop(0)).isZero();
    }

    @Test
    @DisplayName("A snapshot program that reads over JTAG is refused when it is defined")
    void jtagSnapshot() throws IOException {
        serve(SECOND, Duration.ZERO);
        ReinitClient a = new ReinitClient(session("a"));
        var jtag = PlaybackProgram.builder();
        jtag.readJtagIdCode();
        PlaybackProgram snapshot = jtag.done();

        ErrorDetail refused =
                TransferClient.failure(Status.Code.INVALID_ARGUMENT, () -> a.set(0, write(1, 1), snapshot));

        assertThat(refused.getCode()).isEqualTo("ILLEGAL_SNAPSHOT");
        assertThat(a.set(0, write(1, 1))).isEqualTo(1);
    }

    @Test
    @DisplayName("T230 a reinit that times out fails the next submission once; the one after tries again")
    void reinitFails() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient a = session("a");
        chip.failing(1);
        new ReinitClient(a).set(0, read(MemoryChip.BROKEN));

        ErrorDetail failed =
                TransferClient.failure(Status.Code.FAILED_PRECONDITION, () -> a.executing(newId(), write(3, 3))
                        .all());

        assertThat(failed.getCode()).isEqualTo("REINIT_FAILED");
        assertThat(chip.count(write(3, 3))).isZero();
        assertThat(value(a, 3)).isZero();
        assertThat(chip.count(read(MemoryChip.BROKEN))).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "T234 T235 numbered submissions run in their order; a number that was taken is refused with the next one")
    void order() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient a = session("a");
        UUID second = submitting(a, 1, write(1, 1));
        UUID first = submitting(a, 0, write(1, 0));
        a.awaitState(first, DONE);
        a.awaitState(second, DONE);

        ErrorDetail past = TransferClient.failure(Status.Code.FAILED_PRECONDITION, () -> submitting(a, 1, write(1, 5)));

        assertThat(chip.programs()).containsExactly(write(1, 0), write(1, 1));
        assertThat(past.getFieldsMap()).containsEntry("reason", "SEQUENCE_PAST").containsEntry("expected", "2");
    }

    @Test
    @DisplayName("A gap that stays open for 30 s fails what waits behind it, with the missing number")
    void gap() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient a = session(OpenSessionRequest.newBuilder().setUser("a").setFirstSequence(7));
        UUID late = submitting(a, 8, write(1, 1));
        clock.advance(Duration.ofSeconds(29));
        assertThat(a.status(late).getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_QUEUED);

        clock.advance(SECOND);

        ErrorDetail gap = TransferClient.failure(
                Status.Code.FAILED_PRECONDITION, () -> a.result(late, 0).join());
        assertThat(gap.getFieldsMap()).containsEntry("reason", "SEQUENCE_GAP").containsEntry("expected", "7");
    }

    @Test
    @DisplayName("T244 what waits behind another user's program is cancelled at once and never runs")
    void cancelWaiting() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient x = session("x");
        TransferClient y = session("y");
        x.submit(newId(), chip.taking(SECOND, write(1, 1)));
        chip.awaitRunning(1);
        UUID waiting = newId();
        assertThat(y.submit(waiting, write(1, 2)).getQueuePosition()).isEqualTo(1);

        SubmissionState state = y.calls()
                .cancel(CancelRequest.newBuilder()
                        .setSessionId(y.session())
                        .setSubmissionId(waiting.toString())
                        .build())
                .getState();
        clock.advance(SECOND);

        assertThat(state).isEqualTo(SubmissionState.SUBMISSION_STATE_CANCELLED);
        assertThat(value(y, 1)).isZero();
        assertThat(chip.count(write(1, 2))).isZero();
    }

    @Test
    @DisplayName("T249 fair turns: a user who waits starts after at most three programs of the other, within the bound")
    void fairTurns() throws IOException {
        serve(Duration.ofSeconds(2), Duration.ofMillis(20));
        TransferClient x = session("x");
        TransferClient y = session("y");
        PlaybackProgram slow = chip.taking(SECOND, write(1, 1));
        PlaybackProgram other = write(1, 2);
        for (int i = 0; i < 100; i++) {
            x.submit(newId(), slow);
        }
        chip.awaitRunning(1);
        UUID wanted = newId();
        y.submit(wanted, other);

        int begun = 1;
        while (chip.count(other) == 0 && begun < 10) {
            clock.advance(SECOND);
            chip.awaitRunning(++begun);
        }
        y.awaitState(wanted, DONE);

        assertThat(chip.programs().indexOf(other)).isBetween(1, 3);
        Target target = target(y);
        assertThat(target.getTurnPeriodMs()).isEqualTo(2000);
        assertThat(target.getActivity().getLargestWaitUs()).isBetween(1_000_000L, 3_000_000L);
        assertThat(target.getActivity().getWaitBoundUs())
                .isGreaterThanOrEqualTo(target.getActivity().getLargestWaitUs());
        assertThat(target.getActivity().getQueued()).isPositive();
        close(x);
    }

    private static Target target(TransferClient client) {
        return client.calls()
                .listTargets(ListTargetsRequest.getDefaultInstance())
                .getTargets(0);
    }

    /** Ends a session, so that what waits in it does not run any more. */
    private static void close(TransferClient client) {
        client.calls()
                .closeSession(firstspike.proto.chip.v1.CloseSessionRequest.newBuilder()
                        .setSessionId(client.session())
                        .build());
    }

    @Test
    @DisplayName("T250 the turn does not change inside a list")
    void lists() throws IOException {
        serve(Duration.ZERO, Duration.ZERO);
        TransferClient x = session("x");
        TransferClient y = session("y");
        PlaybackProgram slow = chip.taking(SECOND, write(1, 1));
        x.submit(newId(), slow, slow, slow, slow, slow);
        chip.awaitRunning(1);
        UUID waiting = newId();
        y.submit(waiting, write(1, 2));

        for (int begun = 2; begun <= 5; begun++) {
            clock.advance(SECOND);
            chip.awaitRunning(begun);
        }
        clock.advance(SECOND);
        y.awaitState(waiting, DONE);

        assertThat(chip.programs()).containsExactly(slow, slow, slow, slow, slow, write(1, 2));
    }

    @Test
    @DisplayName(
            "T251 a lease of a user outlives the connection that took it; others are refused with no_wait, or wait")
    void lease() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient taking = session("x");
        AcquireLeaseRequest wish = AcquireLeaseRequest.newBuilder()
                .setChipId("mock")
                .setUser("x")
                .setTtlMs(60_000)
                .build();
        long end = taking.calls().acquireLease(wish).getLease().getEndEpochMs();
        taking.close();
        TransferClient x = session("x");
        assertThat(value(x, 1)).isZero();

        ErrorDetail busy = TransferClient.failure(
                Status.Code.UNAVAILABLE,
                () -> session(OpenSessionRequest.newBuilder().setUser("y").setNoWait(true)));
        ErrorDetail second = TransferClient.failure(Status.Code.UNAVAILABLE, () -> x.calls()
                .acquireLease(wish.toBuilder().setUser("y").build()));
        TransferClient y = session("y");
        UUID waiting = newId();
        y.submit(waiting, write(1, 2));

        assertThat(busy.getCode()).isEqualTo("CHIP_BUSY");
        assertThat(busy.getFieldsMap())
                .containsEntry("holder", "x")
                .containsEntry("until", java.time.Instant.ofEpochMilli(end).toString());
        assertThat(second.getFieldsMap()).containsEntry("holder", "x");
        assertThat(target(y).getLease().getHolder()).isEqualTo("x");
        assertThat(target(y).getLease().getEndEpochMs()).isEqualTo(end);
        clock.advance(Duration.ofSeconds(59));
        assertThat(y.status(waiting).getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_QUEUED);
        clock.advance(SECOND);
        y.awaitState(waiting, DONE);
        assertThat(target(y).hasLease()).isFalse();
    }

    @Test
    @DisplayName("A lease is renewed and released by its id; an ended one is lost, one that never was is not known")
    void leaseIds() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient x = session("x");
        String id = x.calls()
                .acquireLease(AcquireLeaseRequest.newBuilder().setUser("x").build())
                .getLease()
                .getLeaseId();
        RenewLeaseRequest renewal =
                RenewLeaseRequest.newBuilder().setLeaseId(id).setTtlMs(10_000).build();
        ReleaseLeaseRequest release =
                ReleaseLeaseRequest.newBuilder().setLeaseId(id).build();

        long end = x.calls().renewLease(renewal).getLease().getEndEpochMs();
        x.calls().releaseLease(release);
        x.calls().releaseLease(release);
        ErrorDetail lost = TransferClient.failure(
                Status.Code.FAILED_PRECONDITION, () -> x.calls().renewLease(renewal));
        ErrorDetail unknown = TransferClient.failure(Status.Code.NOT_FOUND, () -> x.calls()
                .releaseLease(
                        ReleaseLeaseRequest.newBuilder().setLeaseId("none").build()));

        assertThat(end - clock.epochMillis()).isEqualTo(10_000);
        assertThat(lost.getCode()).isEqualTo("LEASE_LOST");
        assertThat(unknown.getFieldsMap()).containsEntry("reason", "LEASE_UNKNOWN");
    }

    @Test
    @DisplayName(
            "T271 the turn outlasts the gaps between batches: one reinit in 2 s, and the other waits within the bound")
    void turnGrace() throws IOException {
        serve(Duration.ofSeconds(2), Duration.ofMillis(20));
        TransferClient x = session("x");
        TransferClient y = session("y");
        PlaybackProgram reinit = write(7, 7);
        PlaybackProgram batch = chip.taking(Duration.ofMillis(95), write(8, 8));
        PlaybackProgram other = write(1, 2);
        new ReinitClient(x).set(0, reinit, read(7));
        UUID waiting = newId();
        for (int i = 0; i < 25 && chip.count(read(7)) == 0; i++) {
            var running = x.executing(newId(), batch);
            // the reinit and its snapshot take no time
            chip.awaitRunning(i == 0 ? 2 : i + 2);
            if (i == 0) {
                y.submit(waiting, other);
            }
            if (chip.count(read(7)) == 0) {
                clock.advance(Duration.ofMillis(95));
                running.all();
                clock.advance(Duration.ofMillis(5));
            }
        }
        y.awaitState(waiting, DONE);

        assertThat(chip.count(batch)).isEqualTo(20);
        assertThat(chip.count(reinit)).isEqualTo(1);
        assertThat(chip.count(read(7))).isEqualTo(1);
        Target target = target(y);
        assertThat(target.getActivity().getLargestWaitUs()).isBetween(1_900_000L, 2_100_000L);
        assertThat(target.getActivity().getWaitBoundUs())
                .isGreaterThanOrEqualTo(target.getActivity().getLargestWaitUs());
    }

    @Test
    @DisplayName("A set-up keeps the turn beyond the grace for the program that it is for, up to the period")
    void setUpKeepsTheTurn() throws IOException {
        serve(Duration.ofSeconds(2), Duration.ofMillis(20));
        TransferClient x = session("x");
        TransferClient y = session("y");
        PlaybackProgram configuration = chip.taking(SECOND, write(5, 77));
        var header = x.header(newId(), configuration).toBuilder().setSetup(true).build();
        x.submitting(header, Uploads.chunks(1 << 16, configuration)).one();
        chip.awaitRunning(1);
        UUID waiting = newId();
        y.submit(waiting, write(1, 2));
        clock.advance(SECOND);
        x.awaitState(UUID.fromString(header.getSubmissionId()), DONE);
        clock.advance(Duration.ofMillis(500));

        assertThat(y.status(waiting).getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_QUEUED);
        assertThat(value(x, 5)).isEqualTo(77);
        clock.advance(Duration.ofMillis(20));
        y.awaitState(waiting, DONE);
    }

    @Test
    @DisplayName(
            "J37 a client that disappears loses its lease after its time; the next user starts and sees nothing of it")
    void disappearing() throws IOException {
        serve(SECOND, Duration.ZERO);
        TransferClient a = session(
                OpenSessionRequest.newBuilder().setUser("a").setExclusive(true).setTtlMs(30_000));
        setUp(a, write(5, 77));
        TransferClient b = session("b");
        UUID waiting = newId();
        var result = b.executing(waiting, read(5));
        b.awaitState(waiting, SubmissionState.SUBMISSION_STATE_QUEUED);
        String lost = a.session();
        a.close();
        while (server.isConnected(lost)) {
            Thread.onSpinWait();
        }

        clock.advance(Duration.ofSeconds(30));

        assertThat(firstValue(result.all())).isZero();
        assertThat(chip.count(ResetProgram.PROGRAM)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Who configured the chip with set-up programs only is told that others used it, until it sets it up again")
    void configurationLost() throws IOException {
        serve(Duration.ZERO, Duration.ZERO);
        TransferClient a = session("a");
        TransferClient b = session("b");
        setUp(a, write(5, 77));
        assertThat(value(a, 5)).isEqualTo(77);
        assertThat(value(b, 5)).isZero();

        for (int i = 0; i < 2; i++) {
            ErrorDetail lost =
                    TransferClient.failure(Status.Code.FAILED_PRECONDITION, () -> a.executing(newId(), read(5))
                            .all());
            assertThat(lost.getCode()).isEqualTo("SESSION_STATE_LOST");
            assertThat(lost.getChipStateKnown()).isFalse();
        }
        setUp(a, write(5, 78));
        assertThat(value(a, 5)).isEqualTo(78);
    }
}
