package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.ErrorDetail;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that mean no good; after each of them a decent one is served as before. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class HostileClientsTest {

    private static final long SEED = 40;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ScriptedSource chips = ScriptedSource.each(ScriptedLink::new);
    private final PlaybackProgram program =
            PlaybackProgram.builder().write(0x10, 1).done();
    private final List<Socket> sockets = new ArrayList<>();
    private ChipServer server;
    private TransferClient decent;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(
                chips,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults()
                        .withLimits(ServerLimits.defaults().withConnections(40).withSessions(3)));
        decent = TransferClient.open(server.port(), "ada");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        assertServed();
        for (Socket socket : sockets) {
            socket.close();
        }
        channel.shutdownNow();
        decent.close();
        server.close();
    }

    private void assertServed() {
        List<ResultChunk> result = decent.executing(UUID.randomUUID(), program).all();
        assertThat(result).isNotEmpty();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
        sockets.add(socket);
        return socket;
    }

    @Test
    @DisplayName(
            "J40 random bytes, with and without the preface of HTTP/2, end their connection and nothing else, seed 40")
    void randomBytes() throws IOException {
        for (int i = 0; i < 30; i++) {
            byte[] garbage = new byte[1 + random.nextInt(5000)];
            random.nextBytes(garbage);
            try (Socket socket = open()) {
                if (i % 2 == 0) {
                    socket.getOutputStream().write(PREFACE);
                }
                socket.getOutputStream().write(garbage);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (SocketException e) {
                // reset by a server that had heard enough
            }
        }
    }

    @Test
    @DisplayName("J40 connections beyond the limit are closed at once, those before it live")
    void tooManyConnections() throws IOException {
        int closed = 0;
        for (int i = 0; i < 60; i++) {
            Socket socket = open();
            try {
                closed += socket.getInputStream().read() < 0 ? 1 : 0;
            } catch (SocketException e) {
                closed++;
            }
        }

        assertThat(closed).isEqualTo(21);
        assertThat(server.totals().refusedConnections()).isEqualTo(21);
    }

    @Test
    @DisplayName(
            "J40 random bytes as the message of each call are answered with a status, none of them a bug of ours, seed 40")
    void randomMessages() {
        Map<Status.Code, Integer> answers = new EnumMap<>(Status.Code.class);
        for (MethodDescriptor<?, ?> method :
                ChipServiceGrpc.getServiceDescriptor().getMethods()) {
            for (int i = 0; i < 20; i++) {
                byte[] message = new byte[random.nextInt(200)];
                random.nextBytes(message);
                Status status = call(method, message);
                answers.merge(status.getCode(), 1, Integer::sum);
                assertThat(String.valueOf(status.getDescription()))
                        .as("%s, seed %d", method.getFullMethodName(), SEED)
                        .doesNotContain("incident");
            }
        }

        assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(300);
        assertThat(answers).doesNotContainKey(Status.Code.UNKNOWN);
    }

    @Test
    @DisplayName("J40 a message above 8 MiB is refused before it is read")
    void oversized() {
        Status status = call(ChipServiceGrpc.getSubmitMethod(), new byte[(8 << 20) + 1]);

        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    @DisplayName("J40 headers above 8 KiB are refused")
    void largeHeaders() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER), "a".repeat(20_000));

        assertThat(call(ChipServiceGrpc.getListTargetsMethod(), new byte[0], headers)
                        .getCode())
                .isNotEqualTo(Status.Code.OK);
    }

    @Test
    @DisplayName("J40 forged session ids are unknown in every call that names one, whatever they look like")
    void forgedSessions() {
        for (String session : List.of("", "../../etc/passwd", UUID.randomUUID().toString(), "x".repeat(5000))) {
            try (TransferClient forged = TransferClient.join(server.port(), session)) {
                UUID id = UUID.randomUUID();
                assertUnknown(() -> forged.status(id));
                assertUnknown(() -> forged.acknowledge(id));
                assertUnknown(() -> forged.result(id, 0).join());
                assertUnknown(() -> forged.submit(id, program));
                assertUnknown(() -> forged.executing(id, program).all());
            }
        }
        assertThat(chips.opened()).hasSize(1);
    }

    private static void assertUnknown(Runnable call) {
        ErrorDetail detail = TransferClient.failure(Status.Code.NOT_FOUND, call);
        assertThat(detail.getFieldsMap()).containsEntry("reason", "SESSION_UNKNOWN");
        assertThat(detail.getThing().length()).isLessThan(100);
    }

    @Test
    @DisplayName("J40 chunks with random fields are refused one by one and never run, seed 40")
    void malformedChunks() {
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            UUID id = UUID.randomUUID();
            ProgramChunk.Builder chunk = Uploads.chunks(1 << 16, program).get(0).toBuilder();
            SubmissionHeader.Builder header = decent.header(id, program).toBuilder();
            switch (random.nextInt(6)) {
                case 0 -> chunk.setOffset(random.nextLong() | 1);
                case 1 -> chunk.setPart(random.nextInt() | 1);
                case 2 -> chunk.setCrc32C(random.nextInt());
                case 3 -> chunk.getEndBuilder().setInstructionCount(random.nextLong() | 1L << 40);
                case 4 -> header.setSubmissionId(Long.toString(random.nextLong()));
                default -> header.setExecutionLimitMs(random.nextLong() | Long.MIN_VALUE);
            }
            try {
                decent.submitting(header.build(), List.of(chunk.build())).one();
            } catch (java.util.concurrent.CompletionException e) {
                refused++;
                assertThat(Status.fromThrowable(e.getCause()).getCode())
                        .as("chunk %d, seed %d", i, SEED)
                        .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.DATA_LOSS);
            }
        }

        assertThat(refused).isEqualTo(100);
        assertThat(chips.opened().get(0).programs()).isEmpty();
    }

    @Test
    @DisplayName("J40 sessions beyond the limit are refused, typed")
    void tooManySessions() {
        List<TransferClient> opened = new ArrayList<>();
        opened.add(TransferClient.open(server.port(), "eve"));
        opened.add(TransferClient.open(server.port(), "eve"));

        OpenSessionRequest request = OpenSessionRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .setUser("eve")
                .build();
        ErrorDetail detail = TransferClient.failure(
                Status.Code.RESOURCE_EXHAUSTED, () -> decent.calls().openSession(request));

        assertThat(detail.getFieldsMap()).containsEntry("reason", "SESSIONS");
        opened.forEach(TransferClient::close);
    }

    private Status call(MethodDescriptor<?, ?> method, byte[] message) {
        return call(method, message, new Metadata());
    }

    private Status call(MethodDescriptor<?, ?> method, byte[] message, Metadata headers) {
        MethodDescriptor<byte[], byte[]> raw = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(method.getFullMethodName())
                .setType(method.getType())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        CompletableFuture<Status> closed = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call =
                channel.newCall(raw, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                headers);
        call.request(100);
        call.sendMessage(message);
        call.halfClose();
        return closed.orTimeout(25, TimeUnit.SECONDS).join();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
