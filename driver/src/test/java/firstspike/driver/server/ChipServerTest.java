package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.spool.SpoolLimits;
import firstspike.proto.chip.v1.AcknowledgeRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.ErrorDetail;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ProtocolVersion;
import firstspike.proto.chip.v1.RestoreRequest;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SnapshotRequest;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.Target;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server as a client of any language sees it: messages in, statuses and details out. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class ChipServerTest {

    private final TestClock clock = TestClock.stopped();
    private final ScriptedSource chips = ScriptedSource.each(() -> new ScriptedLink(clock));
    private final PlaybackProgram program =
            PlaybackProgram.builder().write(0x10, 1).write(0x11, 2).done();
    private final UUID id = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private ChipServer server;
    private ManagedChannel channel;
    private ChipServiceGrpc.ChipServiceBlockingStub calls;

    @BeforeEach
    void start() throws IOException {
        start(ServerOptions.defaults());
    }

    private void start(ServerOptions options) throws IOException {
        server = ChipServer.start(chips, loopback(0), options.withClock(clock));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .directExecutor()
                .build();
        calls = ChipServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    @DisplayName("T232 the same id with the same bytes is executed once, and both calls get the same records")
    void idempotent() {
        String session = openSession();

        List<ResultChunk> first = execute(upload(session, program, id)).join();
        List<ResultChunk> second = execute(upload(session, program, id)).join();

        assertThat(second).isEqualTo(first).isNotEmpty();
        assertThat(chip().programs()).hasSize(1);
    }

    @Test
    @DisplayName("T232 a call that comes while the same submission runs waits for it")
    void idempotentWhileRunning() {
        String session = openSession();
        chip().delay(Duration.ofSeconds(1));
        CompletableFuture<List<ResultChunk>> first = execute(upload(session, program, id));
        clock.awaitPausing(1);
        CompletableFuture<List<ResultChunk>> second = execute(upload(session, program, id));

        clock.advance(Duration.ofSeconds(1));

        assertThat(second.join()).isEqualTo(first.join());
        assertThat(chip().programs()).hasSize(1);
    }

    @Test
    @DisplayName("A client that vanishes does not stop a running submission; its result waits for the next call")
    void vanishingClient() {
        String session = openSession();
        chip().delay(Duration.ofSeconds(1));
        Exchange vanishing = exchange(upload(session, program, id));
        clock.awaitPausing(1);
        vanishing.call.cancel("gone", null);

        CompletableFuture<List<ResultChunk>> again = execute(upload(session, program, id));
        clock.advance(Duration.ofSeconds(1));

        assertThat(again.join()).isNotEmpty();
        assertThat(chip().programs()).hasSize(1);
    }

    @Test
    @DisplayName("T233 an id with other bytes is refused, before and after its result was acknowledged")
    void idReused() {
        String session = openSession();
        execute(upload(session, program, id)).join();
        PlaybackProgram other = PlaybackProgram.builder().write(0x10, 3).done();

        assertFails(
                execute(upload(session, other, id)), Status.Code.ALREADY_EXISTS, "SUBMISSION_CONFLICT", "ID_REUSED");
        assertThat(acknowledge(session)).isPositive();
        assertThat(acknowledge(session)).isZero();
        assertFails(
                execute(upload(session, other, id)), Status.Code.ALREADY_EXISTS, "SUBMISSION_CONFLICT", "ID_REUSED");
        assertFails(
                execute(upload(session, program, id)), Status.Code.NOT_FOUND, "SESSION_UNKNOWN", "SUBMISSION_UNKNOWN");
        assertThat(chip().programs()).hasSize(1);
    }

    @Test
    @DisplayName("T237 a wrong hash or count is refused and nothing runs; the id stays free for the right words")
    void wrongTotals() {
        String session = openSession();
        List<UnaryOperator<PartEnd.Builder>> lies = List.of(
                end -> end.setInstructionCount(5),
                end -> end.setOmnibusResponses(1),
                end -> end.setJtagResponses(-1),
                end -> end.setLoopbackResponses(2),
                end -> end.setSha256(ByteString.copyFrom(new byte[32])),
                end -> end.clearSha256());

        for (UnaryOperator<PartEnd.Builder> lie : lies) {
            List<UploadMessage> upload = upload(session, program, id);
            upload.set(1, chunk(upload, c -> c.setEnd(lie.apply(c.getEnd().toBuilder()))));
            assertFails(execute(upload), Status.Code.INVALID_ARGUMENT, "MALFORMED_REQUEST", "");
        }
        List<UploadMessage> upload = upload(session, program, id);
        ByteString hash = ByteString.copyFrom(new byte[32]);
        upload.set(0, header(upload, h -> h.setPartSha256(0, hash)));
        upload.set(1, chunk(upload, c -> c.setEnd(c.getEnd().toBuilder().setSha256(hash))));
        assertFails(execute(upload), Status.Code.INVALID_ARGUMENT, "MALFORMED_REQUEST", "");

        assertThat(chip().programs()).isEmpty();
        assertThat(execute(upload(session, program, id)).join()).isNotEmpty();
    }

    @Test
    @DisplayName("A chunk whose checksum is wrong, or that repeats others with other words, is data loss")
    void dataLoss() {
        String session = openSession();
        List<UploadMessage> flipped = upload(session, program, id);
        flipped.set(1, chunk(flipped, c -> c.setCrc32C(c.getCrc32C() ^ 1)));
        List<UploadMessage> repeated = split(session);
        repeated.add(2, chunk(words(repeated.get(1), 7), c -> c.setOffset(0)));

        assertFails(execute(flipped), Status.Code.DATA_LOSS, "MALFORMED_REQUEST", "DATA_LOSS");
        assertFails(execute(repeated), Status.Code.DATA_LOSS, "MALFORMED_REQUEST", "DATA_LOSS");
        assertThat(chip().programs()).isEmpty();
    }

    @Test
    @DisplayName("A chunk that repeats known words is ignored")
    void repeatedChunk() {
        String session = openSession();
        List<UploadMessage> upload = split(session);
        upload.add(2, upload.get(1));

        assertThat(execute(upload).join()).isNotEmpty();
        assertThat(chip().programs()).containsExactly(program);
    }

    @Test
    @DisplayName("Uploads that are no uploads are refused one by one with a sentence")
    void malformedUploads() {
        String session = openSession();
        List<UploadMessage> good = upload(session, program, id);
        ByteString large = ByteString.copyFrom(new byte[8 * 65_537]);

        assertMalformed(List.of());
        assertMalformed(List.of(good.get(1)));
        assertMalformed(List.of(good.get(0)));
        assertMalformed(List.of(good.get(0), good.get(0)));
        assertMalformed(List.of(UploadMessage.getDefaultInstance()));
        assertMalformed(List.of(header(good, h -> h.setSubmissionId("one"))));
        assertMalformed(List.of(header(good, h -> h.clearPartSha256())));
        assertMalformed(List.of(header(good, h -> h.setPartSha256(0, ByteString.copyFromUtf8("short")))));
        assertMalformed(List.of(header(good, h -> h.setExecutionLimitMs(0))));
        assertMalformed(List.of(header(good, h -> h.setExecutionLimitMs(-1))));
        assertMalformed(List.of(header(good, h -> h.addAcknowledged("no id"))));
        assertMalformed(List.of(good.get(0), chunk(good, c -> c.setPart(1))));
        assertMalformed(List.of(good.get(0), chunk(good, c -> c.setOffset(1))));
        assertMalformed(List.of(good.get(0), chunk(good, c -> c.setOffset(-1))));
        assertMalformed(List.of(good.get(0), words(good.get(1), ByteString.copyFrom(new byte[9]))));
        assertMalformed(List.of(good.get(0), words(good.get(1), large)));
        assertThat(chip().programs()).isEmpty();
        assertThat(execute(good).join()).isNotEmpty();
    }

    @Test
    @DisplayName("Words that are no program are refused: a halt, an unknown header")
    void noProgram() {
        String session = openSession();

        assertFails(execute(raw(session, 0x0a00_0000_0000_0000L)), Status.Code.INVALID_ARGUMENT, "UNEXPECTED_HALT", "");
        assertFails(
                execute(raw(session, 0x7f00_0000_0000_0000L)), Status.Code.INVALID_ARGUMENT, "MALFORMED_REQUEST", "");
        assertThat(chip().programs()).isEmpty();
    }

    @Test
    @DisplayName("T257 another major version is refused with both versions")
    void protocolVersion() {
        OpenSessionRequest request = OpenSessionRequest.newBuilder()
                .setProtocolVersion(ProtocolVersion.newBuilder().setMajor(2))
                .build();

        ErrorDetail detail = failure(() -> calls.openSession(request), Status.Code.FAILED_PRECONDITION);

        assertThat(detail.getCode()).isEqualTo("PROTOCOL_VERSION");
        assertThat(detail.getFieldsMap())
                .containsEntry("reason", "VERSION")
                .containsEntry("server", "1.0")
                .containsEntry("client", "2.0");
        assertThat(server.openSessions()).isZero();
    }

    @Test
    @DisplayName("T255 a session that is not known is named")
    void unknownSession() {
        assertFails(execute(upload("none", program, id)), Status.Code.NOT_FOUND, "SESSION_UNKNOWN", "SESSION_UNKNOWN");
        CancelRequest cancel = CancelRequest.newBuilder().setSessionId("none").build();
        assertThat(failure(() -> calls.cancel(cancel), Status.Code.NOT_FOUND).getCode())
                .isEqualTo("SESSION_UNKNOWN");
    }

    @Test
    @DisplayName("T244 T246 cancel of a queued submission ends it at once, of a finished one leaves it done")
    void cancel() {
        String session = openSession();
        chip().delay(Duration.ofSeconds(1));
        CompletableFuture<List<ResultChunk>> running = execute(upload(session, program, id));
        clock.awaitPausing(1);
        UUID second = UUID.randomUUID();
        CompletableFuture<List<ResultChunk>> queued = execute(upload(session, program, second));

        assertThat(awaitCancelled(session, second)).isEqualTo(SubmissionState.SUBMISSION_STATE_CANCELLED);
        assertFails(queued, Status.Code.CANCELLED, "CANCELLED", "");
        clock.advance(Duration.ofSeconds(1));
        running.join();

        assertThat(cancel(session, id)).isEqualTo(SubmissionState.SUBMISSION_STATE_DONE);
        assertThat(chip().programs()).hasSize(1);
    }

    @Test
    @DisplayName("A chip that has no snapshots says so; a session that is not known is named")
    void snapshots() {
        String session = openSession();
        SnapshotRequest request =
                SnapshotRequest.newBuilder().setSessionId(session).build();

        ErrorDetail snapshot = failure(() -> calls.snapshot(request), Status.Code.UNIMPLEMENTED);
        ErrorDetail restore = failure(
                () -> calls.restore(RestoreRequest.newBuilder()
                        .setSessionId(session)
                        .setSnapshotId("any")
                        .build()),
                Status.Code.UNIMPLEMENTED);

        assertThat(snapshot.getCode()).isEqualTo("UNSUPPORTED_ON_TARGET");
        assertThat(restore.getCode()).isEqualTo("UNSUPPORTED_ON_TARGET");
        assertThat(failure(() -> calls.snapshot(SnapshotRequest.getDefaultInstance()), Status.Code.NOT_FOUND)
                        .getCode())
                .isEqualTo("SESSION_UNKNOWN");
        chip().delay(Duration.ofSeconds(1));
        CompletableFuture<List<ResultChunk>> running = execute(upload(session, program, id));
        clock.awaitPausing(1);
        assertThat(failure(() -> calls.snapshot(request), Status.Code.UNAVAILABLE)
                        .getFieldsOrThrow("reason"))
                .isEqualTo("BUSY");
        clock.advance(Duration.ofSeconds(1));
        running.join();
    }

    @Test
    @DisplayName("Targets are listed with what they can do and with the limits of the server")
    void targets() {
        List<Target> targets =
                calls.listTargets(ListTargetsRequest.getDefaultInstance()).getTargetsList();

        assertThat(targets).hasSize(1);
        assertThat(targets.get(0).getKind()).isEqualTo(Target.Kind.KIND_MOCK);
        assertThat(targets.get(0).getLimits().getSessions()).isEqualTo(1024);
        assertThat(targets.get(0).getLimits().getMessageBytes()).isEqualTo(8 << 20);
    }

    @Test
    @DisplayName(
            "A session in which nothing ran is closed 5 s after its last connection, one with a connection lives on")
    void expiry() {
        openSession();
        ManagedChannel other = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .directExecutor()
                .build();
        String lost =
                ChipServiceGrpc.newBlockingStub(other).openSession(request()).getSessionId();
        other.shutdownNow();
        awaitOnlyConnection(lost);

        // nothing ran in it
        clock.advance(Duration.ofSeconds(4));
        assertThat(server.openSessions()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));

        assertThat(server.openSessions()).isEqualTo(1);
        assertThat(server.totals().expiredSessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("Closing a session twice is no error, and its chip is given back")
    void closeSession() {
        String session = openSession();
        CloseSessionRequest request =
                CloseSessionRequest.newBuilder().setSessionId(session).build();

        calls.closeSession(request);
        calls.closeSession(request);

        assertThat(server.openSessions()).isZero();
        assertFails(execute(upload(session, program, id)), Status.Code.NOT_FOUND, "SESSION_UNKNOWN", "SESSION_UNKNOWN");
    }

    @Test
    @DisplayName("More sessions than the limit are refused with both numbers")
    void tooManySessions() throws IOException {
        stop();
        start(ServerOptions.defaults().withLimits(ServerLimits.defaults().withSessions(2)));
        openSession();
        openSession();

        ErrorDetail detail = failure(() -> calls.openSession(request()), Status.Code.RESOURCE_EXHAUSTED);

        assertThat(detail.getCode()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(detail.getFieldsMap()).containsEntry("reason", "SESSIONS");
        assertThat(detail.getLimit()).isEqualTo("2");
    }

    @Test
    @DisplayName("Results that nobody acknowledges fill the store; acknowledging makes room")
    void storage() throws IOException {
        stop();
        start(ServerOptions.defaults().withLimits(ServerLimits.defaults().withResultBytes(1 << 20, 20_000)));
        String session = openSession();
        execute(upload(session, program, id)).join();
        UUID second = UUID.randomUUID();

        assertFails(
                execute(upload(session, program, second)), Status.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "STORAGE");
        List<UploadMessage> upload = upload(session, program, UUID.randomUUID());
        upload.set(0, header(upload, h -> h.addAcknowledged(id.toString())));

        assertThat(execute(upload).join()).isNotEmpty();
    }

    @Test
    @DisplayName("A fifth upload of a session waits until one of four has ended")
    void uploadsAtOnce() {
        String session = openSession();
        List<Exchange> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(exchange(upload(session, program, UUID.randomUUID()).subList(0, 1)));
        }
        CompletableFuture<List<ResultChunk>> fifth = execute(upload(session, program, id));
        // a call of its own session after it shows that the server has seen all of them
        cancelQuietly(session);
        assertThat(fifth).isNotDone();

        open.get(0).call.cancel("gone", null);

        assertThat(fifth.orTimeout(20, TimeUnit.SECONDS).join()).isNotEmpty();
    }

    @Test
    @DisplayName("Uploads above the limit are refused, and what was refused no longer counts")
    void uploadBytes() throws IOException {
        stop();
        start(ServerOptions.defaults()
                .withLimits(ServerLimits.defaults().withSpool(new SpoolLimits(1 << 20, 1 << 20, 1 << 20, 40, 8, 8))));
        String session = openSession();
        PlaybackProgram large = PlaybackProgram.builder()
                .repeat(3, builder -> builder.write(0x10, 1))
                .done();
        PlaybackProgram larger = PlaybackProgram.builder()
                .repeat(5, builder -> builder.write(0x10, 1))
                .done();

        for (int i = 0; i < 3; i++) {
            assertFails(
                    execute(upload(session, large, id)), Status.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "STORAGE");
        }
        assertFails(execute(upload(session, larger, id)), Status.Code.INVALID_ARGUMENT, "PROGRAM_TOO_LARGE", "");

        assertThat(execute(upload(session, program, id)).join()).isNotEmpty();
    }

    @Test
    @DisplayName("T242 a reader that takes nothing holds up nobody else and gets everything in the end")
    void slowReader() {
        String session = openSession();
        ScriptedLink.Spike[] spikes = new ScriptedLink.Spike[1_500_000];
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = ScriptedLink.spike(i & 0xffff, i);
        }
        chip().expect(any -> true).answer(spikes);
        Exchange slow = new Exchange();
        slow.requestsItself = true;
        ChipServiceGrpc.newStub(channel).execute(slow);
        upload(session, program, id).forEach(slow.call::onNext);
        slow.call.onCompleted();

        String other = openSession();
        for (int i = 0; i < 20; i++) {
            assertThat(execute(upload(other, program, UUID.randomUUID())).join())
                    .isNotEmpty();
        }
        assertThat(slow.result).isNotDone();
        // of the 10 MB of the slow reader the transport holds a few records, the spool the rest
        assertThat(server.traffic().sentBytes()).isLessThan(8L << 20);

        slow.call.request(100);

        assertThat(slow.result.join().stream()
                        .mapToLong(c -> c.getRecord().size())
                        .sum())
                .isGreaterThan(7L * spikes.length);
    }

    @Test
    @DisplayName("Health answers for the server, the service and each chip")
    void health() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

        for (String service : List.of("", "firstspike.chip.v1.ChipService", "mock")) {
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        }
    }

    @Test
    @DisplayName("Reflection tells the service's name")
    void reflection() {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {
                        // the answer came before
                    }
                });
        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(answer.join().getListServicesResponse().getServiceList())
                .anyMatch(service -> service.getName().equals("firstspike.chip.v1.ChipService"));
        ask.onCompleted();
    }

    @Test
    @DisplayName("An address that is not loopback is refused unless insecure is meant")
    void notLoopback() throws IOException {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);

        assertThatThrownBy(() -> ChipServer.start(chips, everywhere, ServerOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
        ChipServer.start(chips, everywhere, ServerOptions.defaults().listeningInsecurely())
                .close();
    }

    @Test
    @DisplayName("A port that is taken is named")
    void portTaken() {
        assertThatThrownBy(() -> ChipServer.start(chips, loopback(server.port()), ServerOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(server.port()));
    }

    private void awaitOnlyConnection(String session) {
        // the server learns from its socket, not from us, that a connection is gone
        while (server.isConnected(session)) {
            Thread.onSpinWait();
        }
    }

    private ScriptedLink chip() {
        return chips.opened().get(chips.opened().size() - 1);
    }

    private static OpenSessionRequest request() {
        return OpenSessionRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .setUser("tester")
                .build();
    }

    private String openSession() {
        return calls.openSession(request()).getSessionId();
    }

    private SubmissionState cancel(String session, UUID submission) {
        return calls.cancel(CancelRequest.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(submission.toString())
                        .build())
                .getState();
    }

    private SubmissionState awaitCancelled(String session, UUID submission) {
        // the upload travels on another stream: until it is complete the id is unknown
        while (true) {
            try {
                return cancel(session, submission);
            } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            }
        }
    }

    private void cancelQuietly(String session) {
        failure(() -> cancel(session, UUID.randomUUID()), Status.Code.NOT_FOUND);
    }

    private long acknowledge(String session) {
        return calls.acknowledge(AcknowledgeRequest.newBuilder()
                        .setSessionId(session)
                        .addSubmissionIds(id.toString())
                        .build())
                .getFreedBytes();
    }

    private static List<UploadMessage> upload(String session, PlaybackProgram program, UUID id) {
        ByteBuffer words = ByteBuffer.allocate(8 * program.size());
        program.copyWords(0, program.size(), words);
        ByteString hash = ByteString.fromHex(program.sha256());
        List<UploadMessage> messages = new ArrayList<>();
        messages.add(UploadMessage.newBuilder()
                .setHeader(SubmissionHeader.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(id.toString())
                        .addPartSha256(hash))
                .build());
        UploadMessage.Builder chunk = UploadMessage.newBuilder();
        chunk.getChunkBuilder()
                .getEndBuilder()
                .setInstructionCount(program.size())
                .setOmnibusResponses(program.expectedResponses(ResponseKind.OMNIBUS))
                .setSha256(hash)
                .setLastPart(true);
        messages.add(words(chunk.build(), ByteString.copyFrom(words.flip())));
        return messages;
    }

    /** The program in two chunks: header, two instructions, two instructions and the end. */
    private List<UploadMessage> split(String session) {
        List<UploadMessage> whole = upload(session, program, id);
        ByteString words = whole.get(1).getChunk().getWords();
        List<UploadMessage> messages = new ArrayList<>(whole.subList(0, 1));
        messages.add(words(chunk(whole, ProgramChunk.Builder::clearEnd), words.substring(0, 16)));
        messages.add(chunk(words(whole.get(1), words.substring(16)), c -> c.setOffset(2)));
        return messages;
    }

    private static List<UploadMessage> raw(String session, long word) {
        ByteString words =
                ByteString.copyFrom(ByteBuffer.allocate(8).putLong(word).flip());
        ByteString hash;
        try {
            hash = ByteString.copyFrom(
                    java.security.MessageDigest.getInstance("SHA-256").digest(words.toByteArray()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        UploadMessage.Builder chunk = UploadMessage.newBuilder();
        chunk.getChunkBuilder()
                .getEndBuilder()
                .setInstructionCount(1)
                .setSha256(hash)
                .setLastPart(true);
        UploadMessage header = UploadMessage.newBuilder()
                .setHeader(SubmissionHeader.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(UUID.randomUUID().toString())
                        .addPartSha256(hash))
                .build();
        return List.of(header, words(chunk.build(), words));
    }

    private static UploadMessage words(UploadMessage message, ByteString words) {
        CRC32C crc = new CRC32C();
        crc.update(words.toByteArray());
        return chunk(message, c -> c.setWords(words).setCrc32C((int) crc.getValue()));
    }

    /** The same message with its first word changed and a checksum that fits. */
    private static UploadMessage words(UploadMessage message, int firstByte) {
        byte[] bytes = message.getChunk().getWords().toByteArray();
        bytes[7] = (byte) firstByte;
        return words(message, ByteString.copyFrom(bytes));
    }

    private static UploadMessage chunk(List<UploadMessage> upload, UnaryOperator<ProgramChunk.Builder> change) {
        return chunk(upload.get(1), change);
    }

    private static UploadMessage chunk(UploadMessage message, UnaryOperator<ProgramChunk.Builder> change) {
        return UploadMessage.newBuilder()
                .setChunk(change.apply(message.getChunk().toBuilder()))
                .build();
    }

    private static UploadMessage header(List<UploadMessage> upload, UnaryOperator<SubmissionHeader.Builder> change) {
        return UploadMessage.newBuilder()
                .setHeader(change.apply(upload.get(0).getHeader().toBuilder()))
                .build();
    }

    private void assertMalformed(List<UploadMessage> upload) {
        assertFails(execute(upload), Status.Code.INVALID_ARGUMENT, "MALFORMED_REQUEST", "");
    }

    private static void assertFails(CompletableFuture<?> call, Status.Code status, String code, String reason) {
        ErrorDetail detail = failure(call::join, status);
        assertThat(detail.getCode()).isEqualTo(code);
        assertThat(detail.getRemedy()).isNotEmpty();
        if (!reason.isEmpty()) {
            assertThat(detail.getFieldsMap()).containsEntry("reason", reason);
        }
    }

    private static ErrorDetail failure(Runnable call, Status.Code status) {
        try {
            call.run();
        } catch (RuntimeException e) {
            Throwable cause = e instanceof java.util.concurrent.CompletionException ? e.getCause() : e;
            assertThat(Status.fromThrowable(cause).getCode()).isEqualTo(status);
            return Status.trailersFromThrowable(cause).get(ProtoUtils.keyForProto(ErrorDetail.getDefaultInstance()));
        }
        throw new AssertionError("the call succeeded, wanted: " + status);
    }

    private CompletableFuture<List<ResultChunk>> execute(List<UploadMessage> upload) {
        Exchange exchange = exchange(upload);
        exchange.call.onCompleted();
        return exchange.result;
    }

    private Exchange exchange(List<UploadMessage> upload) {
        Exchange exchange = new Exchange();
        ChipServiceGrpc.newStub(channel).execute(exchange);
        upload.forEach(exchange.call::onNext);
        return exchange;
    }

    /** One call with all that came back. */
    private static final class Exchange implements ClientResponseObserver<UploadMessage, ResultChunk> {

        private final CompletableFuture<List<ResultChunk>> result = new CompletableFuture<>();
        private final List<ResultChunk> chunks = new ArrayList<>();
        private ClientCallStreamObserver<UploadMessage> call;
        private boolean requestsItself;

        @Override
        public void beforeStart(ClientCallStreamObserver<UploadMessage> requestStream) {
            call = requestStream;
            if (requestsItself) {
                call.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(ResultChunk chunk) {
            chunks.add(chunk);
        }

        @Override
        public void onError(Throwable cause) {
            result.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            result.complete(chunks);
        }
    }
}
