package firstspike.acceptance;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server in a small heap, and clients that mean no good. */
@Tag("acceptance")
class Service01HostileIT {

    private static final int HEAP_MIB = 256;
    private static final int ATTEMPTS = 10_000;
    private static final int MARKERS = 500_000;
    private static final int SLOW_READERS = 40;
    private static final int RUNS = 200;
    private static final long SEED = 40;
    /** What a Java process needs beside its heap: code, threads, buffers of the network. */
    private static final long BESIDE_HEAP_MIB = 450;

    private final List<Socket> idle = new ArrayList<>();

    @Test
    @DisplayName("J40 hostile clients: the server stays up in its heap and serves others")
    void hostileClients() throws Exception {
        long begin = System.nanoTime();
        try (Served server = Served.emulator(HEAP_MIB, "nominal?seed=1");
                ChipSource source =
                        new GrpcProvider().source(TargetUri.parse(server.grpcTarget()), LinkOptions.defaults());
                ChipLink decent = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            int port = server.ready().get("port").asInt();
            double alone = medianMs(decent);
            ManagedChannel slow = slowReaders(port);
            double besideSlow = medianMs(decent);
            int attempted = idleConnections(port);
            double besideIdle = medianMs(decent);
            randomBytes(port);
            List<Status.Code> statuses = wrongCalls(slow);
            double after = medianMs(decent);
            long residentMiB = server.status("VmRSS") / 1024;
            slow.shutdownNow();

            Table.row(
                    "service 1 (J40)",
                    "emulate, heap " + HEAP_MIB + " MiB",
                    "serves others beside " + SLOW_READERS + " slow readers, " + ATTEMPTS
                            + " idle connections, random bytes, wrong calls; resident at most "
                            + (HEAP_MIB + BESIDE_HEAP_MIB) + " MiB",
                    String.format(
                            "%d connections attempted, statuses %s, resident %d MiB; median run of a decent client %.2f ms"
                                    + " alone, %.2f beside slow readers, %.2f beside idle connections, %.2f after",
                            attempted, statuses, residentMiB, alone, besideSlow, besideIdle, after),
                    (System.nanoTime() - begin) / 1e9,
                    attempted > 0
                            && residentMiB <= HEAP_MIB + BESIDE_HEAP_MIB
                            && statuses.equals(List.of(Status.Code.NOT_FOUND, Status.Code.RESOURCE_EXHAUSTED)));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private static double medianMs(ChipLink link) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.marker();
        PlaybackProgram program = builder.done();
        long[] times = new long[RUNS];
        for (int i = -RUNS; i < RUNS; i++) {
            long start = System.nanoTime();
            if (link.run(program, RunOptions.defaults()).responses(ResponseKind.LOOPBACK) != 1) {
                throw new AssertionError("a marker without its answer");
            }
            times[Math.max(i, 0)] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[RUNS / 2] / 1e6;
    }

    /** A result of 8 MB, and many that ask for it and read nothing. */
    private static ManagedChannel slowReaders(int port) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(32 << 20)
                .build();
        ChipServiceGrpc.ChipServiceBlockingStub calls = ChipServiceGrpc.newBlockingStub(channel);
        String session = calls.openSession(OpenSessionRequest.newBuilder()
                        .setProtocolVersion(WireTargets.PROTOCOL)
                        .setUser("slow")
                        .build())
                .getSessionId();
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < MARKERS; i++) {
            builder.marker();
        }
        UUID id = UUID.randomUUID();
        submit(channel, session, id, builder.done());
        for (int i = 0; i < SLOW_READERS; i++) {
            ChipServiceGrpc.newStub(channel)
                    .result(
                            ResultRequest.newBuilder()
                                    .setSessionId(session)
                                    .setSubmissionId(id.toString())
                                    .build(),
                            new Silent());
        }
        return channel;
    }

    private static void submit(ManagedChannel channel, String session, UUID id, PlaybackProgram program) {
        CompletableFuture<SubmissionStatus> answer = new CompletableFuture<>();
        StreamObserver<UploadMessage> upload = ChipServiceGrpc.newStub(channel).submit(new StreamObserver<>() {
            @Override
            public void onNext(SubmissionStatus status) {
                answer.complete(status);
            }

            @Override
            public void onError(Throwable cause) {
                answer.completeExceptionally(cause);
            }

            @Override
            public void onCompleted() {}
        });
        upload.onNext(UploadMessage.newBuilder()
                .setHeader(Uploads.header(session, id, program))
                .build());
        Uploads.chunks(1 << 16, program)
                .forEach(chunk ->
                        upload.onNext(UploadMessage.newBuilder().setChunk(chunk).build()));
        upload.onCompleted();
        answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Asks for nothing that comes. */
    private static final class Silent implements ClientResponseObserver<ResultRequest, ResultChunk> {
        @Override
        public void beforeStart(ClientCallStreamObserver<ResultRequest> call) {
            call.disableAutoRequestWithInitial(0);
        }

        @Override
        public void onNext(ResultChunk chunk) {}

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
    }

    /** As many as wanted, or as this process may have files; returns how many were attempted. */
    private int idleConnections(int port) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                // no files left: that is how many it can be here
                return i;
            }
        }
        return ATTEMPTS;
    }

    private static void randomBytes(int port) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(20_000)];
            random.nextBytes(garbage);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(garbage);
            } catch (IOException e) {
                // the server had heard enough, or had no room for another connection
            }
        }
    }

    private static List<Status.Code> wrongCalls(ManagedChannel channel) {
        ChipServiceGrpc.ChipServiceBlockingStub calls = ChipServiceGrpc.newBlockingStub(channel);
        return List.of(
                code(() -> calls.getSubmission(GetSubmissionRequest.newBuilder()
                        .setSessionId(UUID.randomUUID().toString())
                        .setSubmissionId(UUID.randomUUID().toString())
                        .build())),
                code(() -> calls.getSubmission(GetSubmissionRequest.newBuilder()
                        .setSessionId("x".repeat((8 << 20) + 1))
                        .build())));
    }

    private static Status.Code code(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
