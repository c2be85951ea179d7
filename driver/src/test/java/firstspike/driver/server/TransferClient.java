package firstspike.driver.server;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.AcknowledgeRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.ErrorDetail;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A client that moves programs and results message by message, with nothing in between. One session, one thread. */
final class TransferClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final ManagedChannel channel;
    private final ChipServiceGrpc.ChipServiceBlockingStub calls;
    private final ChipServiceGrpc.ChipServiceStub streams;
    private final OpenSessionResponse opened;
    private final String session;

    private TransferClient(int port, OpenSessionRequest request, String known) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(8 << 20)
                .build();
        calls = ChipServiceGrpc.newBlockingStub(channel);
        streams = ChipServiceGrpc.newStub(channel);
        opened = known != null
                ? OpenSessionResponse.newBuilder().setSessionId(known).build()
                : calls.openSession(request);
        session = opened.getSessionId();
    }

    /** A new session of a user. */
    static TransferClient open(int port, String user) {
        return open(port, OpenSessionRequest.newBuilder().setUser(user));
    }

    /** A new session as it is asked for. */
    static TransferClient open(int port, OpenSessionRequest.Builder request) {
        return new TransferClient(
                port, request.setProtocolVersion(WireTargets.PROTOCOL).build(), null);
    }

    /** Another connection to a session that there is. */
    static TransferClient join(int port, String session) {
        return new TransferClient(port, OpenSessionRequest.getDefaultInstance(), session);
    }

    ChipServiceGrpc.ChipServiceBlockingStub calls() {
        return calls;
    }

    ChipServiceGrpc.ChipServiceStub streams() {
        return streams;
    }

    /** What the server answered to the opening. */
    OpenSessionResponse opened() {
        return opened;
    }

    String session() {
        return session;
    }

    SubmissionHeader header(UUID id, PlaybackProgram... programs) {
        return Uploads.header(session, id, programs);
    }

    /** Submits whole programs and waits for the answer. */
    SubmissionStatus submit(UUID id, PlaybackProgram... programs) {
        return submitting(header(id, programs), Uploads.chunks(1 << 16, programs))
                .one();
    }

    /** Begins to submit; not half-closed. */
    Call<SubmissionStatus> submitting(SubmissionHeader header, List<ProgramChunk> chunks) {
        Call<SubmissionStatus> call = new Call<>();
        streams.submit(call);
        send(call, header, chunks);
        return call;
    }

    /** Uploads whole programs and waits for the result. */
    Call<ResultChunk> executing(UUID id, PlaybackProgram... programs) {
        Call<ResultChunk> call = new Call<>();
        streams.execute(call);
        send(call, header(id, programs), Uploads.chunks(1 << 16, programs));
        call.requests.onCompleted();
        return call;
    }

    private static void send(Call<?> call, SubmissionHeader header, List<ProgramChunk> chunks) {
        call.requests.onNext(UploadMessage.newBuilder().setHeader(header).build());
        chunks.forEach(chunk ->
                call.requests.onNext(UploadMessage.newBuilder().setChunk(chunk).build()));
    }

    /** Begins to fetch a result. */
    CompletableFuture<List<ResultChunk>> result(UUID id, long from) {
        Fetch fetch = new Fetch();
        streams.result(
                ResultRequest.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(id.toString())
                        .setFromOffset(from)
                        .build(),
                fetch);
        return fetch.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    SubmissionStatus status(UUID id) {
        return calls.getSubmission(GetSubmissionRequest.newBuilder()
                .setSessionId(session)
                .setSubmissionId(id.toString())
                .build());
    }

    /** Asks until it is in that state. */
    SubmissionStatus awaitState(UUID id, SubmissionState state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            SubmissionStatus status = status(id);
            if (status.getState() == state) {
                return status;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + status.getState() + ", wanted: " + state);
            }
        }
    }

    long acknowledge(UUID id) {
        return calls.acknowledge(AcknowledgeRequest.newBuilder()
                        .setSessionId(session)
                        .addSubmissionIds(id.toString())
                        .build())
                .getFreedBytes();
    }

    /** The detail of a call that must fail with that status. */
    static ErrorDetail failure(Status.Code status, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            if (Status.fromThrowable(cause).getCode() != status) {
                throw new AssertionError("wanted: " + status, cause);
            }
            return Status.trailersFromThrowable(cause).get(ProtoUtils.keyForProto(ErrorDetail.getDefaultInstance()));
        }
        throw new AssertionError("the call succeeded, wanted: " + status);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** An upload and what is answered. */
    static final class Call<T> implements ClientResponseObserver<UploadMessage, T> {

        private final CompletableFuture<List<T>> done = new CompletableFuture<>();
        private final List<T> answers = new ArrayList<>();
        private ClientCallStreamObserver<UploadMessage> requests;

        ClientCallStreamObserver<UploadMessage> requests() {
            return requests;
        }

        List<T> all() {
            return done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        T one() {
            return all().get(0);
        }

        boolean isDone() {
            return done.isDone();
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<UploadMessage> stream) {
            requests = stream;
        }

        @Override
        public void onNext(T answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable cause) {
            done.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            done.complete(answers);
        }
    }

    /** A result that is fetched; what came before an error stays. */
    static final class Fetch implements ClientResponseObserver<ResultRequest, ResultChunk> {

        final CompletableFuture<List<ResultChunk>> done = new CompletableFuture<>();
        final List<ResultChunk> chunks = new ArrayList<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<ResultRequest> stream) {}

        @Override
        public void onNext(ResultChunk chunk) {
            chunks.add(chunk);
        }

        @Override
        public void onError(Throwable cause) {
            done.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            done.complete(chunks);
        }
    }
}
