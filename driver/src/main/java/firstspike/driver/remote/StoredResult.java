package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.PartEnd;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One submission whose result a server keeps, and how fast a client gets it again, every record's checksum compared. */
public final class StoredResult {

    private static final long PATIENCE_SECONDS = 300;
    private static final int WINDOW = 8;

    private final ChipServiceGrpc.ChipServiceStub stub;
    private final String session;
    private final String submission = UUID.randomUUID().toString();

    /**
     * Opens a session on the only chip and runs one empty program.
     *
     * @param channel to the server; stays the caller's
     */
    public StoredResult(ManagedChannel channel) {
        stub = ChipServiceGrpc.newStub(channel);
        session = ChipServiceGrpc.newBlockingStub(channel)
                .openSession(OpenSessionRequest.newBuilder()
                        .setProtocolVersion(WireTargets.PROTOCOL)
                        .build())
                .getSessionId();
        Reader<UploadMessage> reader = new Reader<>();
        StreamObserver<UploadMessage> upload = stub.execute(reader);
        ByteString hash = ByteString.fromHex(PlaybackProgram.builder().done().sha256());
        upload.onNext(UploadMessage.newBuilder()
                .setHeader(SubmissionHeader.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(submission)
                        // a machine that is busy otherwise may need longer than a program is given
                        .setExecutionLimitMs(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                        .addPartSha256(hash))
                .build());
        upload.onNext(UploadMessage.newBuilder()
                .setChunk(ProgramChunk.newBuilder()
                        .setEnd(PartEnd.newBuilder().setSha256(hash).setLastPart(true)))
                .build());
        upload.onCompleted();
        reader.await();
    }

    /**
     * Fetches all of it.
     *
     * @return bytes of its records
     * @throws IllegalStateException when it does not arrive whole
     */
    public long fetch() {
        Reader<ResultRequest> reader = new Reader<>();
        stub.result(
                ResultRequest.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(submission)
                        .build(),
                reader);
        return reader.await();
    }

    /** Compares checksums and offsets and keeps nothing. */
    private static final class Reader<Q> implements ClientResponseObserver<Q, ResultChunk> {

        private final CompletableFuture<Long> end = new CompletableFuture<>();
        private ClientCallStreamObserver<?> call;
        private long bytes;

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> requestStream) {
            call = requestStream;
            call.disableAutoRequestWithInitial(WINDOW);
        }

        @Override
        public void onNext(ResultChunk chunk) {
            if (RecordChecksum.of(chunk.getRecord()) != chunk.getCrc32C() || chunk.getOffset() != bytes) {
                onError(new IllegalStateException("record at " + bytes + " arrived wrong"));
                return;
            }
            bytes += chunk.getRecord().size();
            call.request(1);
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(bytes);
        }

        long await() {
            try {
                return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException("result of " + bytes + " bytes so far: " + e.getMessage(), e);
            }
        }
    }
}
