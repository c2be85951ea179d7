package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.CloseSessionResponse;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import firstspike.proto.chip.v1.ListSubmissionsResponse;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ListTargetsResponse;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.PopReinitRequest;
import firstspike.proto.chip.v1.PopReinitResponse;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.RestoreRequest;
import firstspike.proto.chip.v1.RestoreResponse;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SessionEvent;
import firstspike.proto.chip.v1.SetReinitMessage;
import firstspike.proto.chip.v1.SetReinitResponse;
import firstspike.proto.chip.v1.SnapshotRequest;
import firstspike.proto.chip.v1.SnapshotResponse;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chip server of one scripted chip and one session whose calls break where a test says, so that a client can be judged by
 * what it asks for afterwards. Does just enough to answer; every call is written down.
 */
final class ScriptedService extends ChipServiceGrpc.ChipServiceImplBase implements AutoCloseable {

    static final String SESSION = "00000000-0000-0000-0000-00000000000a";
    static final ByteString TOKEN = ByteString.copyFromUtf8("sixteen-byte-key");

    private final ScriptedLink chip;
    private final Server server;
    private final List<String> calls = new ArrayList<>();
    private final List<StreamObserver<SessionEvent>> attached = new ArrayList<>();
    private final Map<String, Work> works = new LinkedHashMap<>();
    private int uploadBreaksAfter = Integer.MAX_VALUE;
    private int resultBreaksAfter = Integer.MAX_VALUE;
    private StatusRuntimeException refusal;
    private StatusRuntimeException uploadRefusal;
    private boolean holding;

    private ScriptedService(ScriptedLink chip) throws IOException {
        this.chip = chip;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this)
                .build()
                .start();
    }

    static ScriptedService start(ScriptedLink chip) throws IOException {
        return new ScriptedService(chip);
    }

    int port() {
        return server.getPort();
    }

    /** The next upload breaks when it has brought so many chunks. */
    synchronized void breakUploadAfter(int chunks) {
        uploadBreaksAfter = chunks;
    }

    /** The next result breaks when so many records were sent. */
    synchronized void breakResultAfter(int records) {
        resultBreaksAfter = records;
    }

    /** All calls but the opening of a session are answered with an error from now on; null: no more. */
    synchronized void refuse(StatusRuntimeException error) {
        refusal = error;
    }

    /** Uploads are answered with an error from now on. */
    synchronized void refuseUploads(StatusRuntimeException error) {
        uploadRefusal = error;
    }

    /** What is uploaded waits until {@link #release}. */
    synchronized void hold() {
        holding = true;
    }

    /** Runs what waits. */
    synchronized void release() {
        holding = false;
        works.values().forEach(work -> {
            if (work.state == SubmissionState.SUBMISSION_STATE_QUEUED) {
                run(work);
            }
        });
    }

    /** Breaks all attachments, as a broken connection does. */
    synchronized void detach() {
        attached.forEach(observer -> observer.onError(Status.UNAVAILABLE.asRuntimeException()));
        attached.clear();
    }

    /** Calls so far, in order, with what matters of their requests. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Waits for a call that begins with some words. */
    synchronized void await(String call) throws InterruptedException {
        while (calls.stream().noneMatch(made -> made.startsWith(call))) {
            wait();
        }
    }

    private synchronized void called(String call) {
        calls.add(call);
        notifyAll();
        if (refusal != null) {
            throw refusal;
        }
    }

    private <T> void answer(StreamObserver<T> observer, String call, T message) {
        try {
            called(call);
            observer.onNext(message);
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    @Override
    public void listTargets(ListTargetsRequest request, StreamObserver<ListTargetsResponse> observer) {
        answer(
                observer,
                "list targets",
                ListTargetsResponse.newBuilder()
                        .addTargets(WireTargets.encode(chip.describe()))
                        .build());
    }

    @Override
    public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> observer) {
        answer(
                observer,
                "open",
                OpenSessionResponse.newBuilder()
                        .setSessionId(SESSION)
                        .setResumeToken(TOKEN)
                        .setTarget(WireTargets.encode(chip.describe()))
                        .build());
    }

    @Override
    public void attach(AttachRequest request, StreamObserver<SessionEvent> observer) {
        try {
            called("attach " + request.getSessionId().equals(SESSION) + " "
                    + request.getResumeToken().equals(TOKEN) + " from " + request.getFromEvent());
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        synchronized (this) {
            attached.add(observer);
            observer.onNext(SessionEvent.newBuilder()
                    .setEvent(40 + attached.size())
                    .setHeartbeat(SessionEvent.Heartbeat.getDefaultInstance())
                    .build());
        }
    }

    @Override
    public void closeSession(CloseSessionRequest request, StreamObserver<CloseSessionResponse> observer) {
        answer(observer, "close", CloseSessionResponse.getDefaultInstance());
    }

    @Override
    public void listSubmissions(ListSubmissionsRequest request, StreamObserver<ListSubmissionsResponse> observer) {
        ListSubmissionsResponse.Builder all = ListSubmissionsResponse.newBuilder();
        synchronized (this) {
            works.values().forEach(work -> all.addSubmissions(work.status()));
        }
        answer(observer, "list", all.build());
    }

    @Override
    public void getSubmission(GetSubmissionRequest request, StreamObserver<SubmissionStatus> observer) {
        Work work;
        synchronized (this) {
            work = works.get(request.getSubmissionId());
        }
        if (work == null) {
            synchronized (this) {
                calls.add("get unknown");
            }
            observer.onError(WireErrors.status(new SessionUnknownException(
                    ErrorDetail.of("submission", request.getSubmissionId(), "", "")
                            .with(ErrorDetail.REASON, "SUBMISSION_UNKNOWN"),
                    null,
                    null,
                    true)));
            return;
        }
        answer(observer, "get " + work.received(), work.status());
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<SubmissionStatus> observer) {
        answer(observer, "cancel", SubmissionStatus.getDefaultInstance());
    }

    @Override
    public StreamObserver<UploadMessage> submit(StreamObserver<SubmissionStatus> observer) {
        return new UploadCall("submit", observer) {
            @Override
            void complete(Work work) {
                observer.onNext(work.status());
                observer.onCompleted();
            }
        };
    }

    @Override
    public StreamObserver<UploadMessage> execute(StreamObserver<ResultChunk> observer) {
        return new UploadCall("execute", observer) {
            @Override
            void complete(Work work) {
                deliver(work, 0, observer);
            }
        };
    }

    @Override
    public void result(ResultRequest request, StreamObserver<ResultChunk> observer) {
        // a client that gave a connection up may be gone before the answer is let go
        ((ServerCallStreamObserver<ResultChunk>) observer).setOnCancelHandler(() -> {});
        Work work;
        try {
            called("result " + request.getFromOffset());
            synchronized (this) {
                work = works.get(request.getSubmissionId());
            }
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        deliver(work, request.getFromOffset(), observer);
    }

    private synchronized void deliver(Work work, long from, StreamObserver<ResultChunk> observer) {
        if (work.state == SubmissionState.SUBMISSION_STATE_QUEUED) {
            work.waiting.add(() -> deliver(work, from, observer));
            return;
        }
        int sent = 0;
        for (ResultChunk chunk : work.chunks) {
            if (chunk.getOffset() >= from) {
                if (sent++ == resultBreaksAfter) {
                    resultBreaksAfter = Integer.MAX_VALUE;
                    observer.onError(Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
                    return;
                }
                observer.onNext(chunk);
            }
        }
        if (work.error == null) {
            observer.onCompleted();
        } else {
            observer.onError(WireErrors.status(work.error));
        }
    }

    @Override
    public StreamObserver<SetReinitMessage> setReinit(StreamObserver<SetReinitResponse> observer) {
        return new StreamObserver<>() {
            private final StringBuilder seen = new StringBuilder("reinit");

            @Override
            public void onNext(SetReinitMessage message) {
                if (message.hasHeader()) {
                    seen.append(' ').append(message.getHeader().getIndex());
                    seen.append(message.getHeader().getEnforce() ? " enforce" : "");
                } else {
                    ProgramChunk chunk = message.getChunk();
                    seen.append(" part ")
                            .append(chunk.getPart())
                            .append(": ")
                            .append(chunk.getWords().size() / 8);
                }
            }

            @Override
            public void onError(Throwable cause) {
                // the client is gone
            }

            @Override
            public void onCompleted() {
                answer(observer, seen.toString(), SetReinitResponse.getDefaultInstance());
            }
        };
    }

    @Override
    public void popReinit(PopReinitRequest request, StreamObserver<PopReinitResponse> observer) {
        answer(observer, "pop " + request.getIndex(), PopReinitResponse.getDefaultInstance());
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> observer) {
        answer(
                observer,
                "snapshot",
                SnapshotResponse.newBuilder().setSnapshotId("s1").build());
    }

    @Override
    public void restore(RestoreRequest request, StreamObserver<RestoreResponse> observer) {
        answer(observer, "restore " + request.getSnapshotId(), RestoreResponse.getDefaultInstance());
    }

    private synchronized void run(Work work) {
        work.state = SubmissionState.SUBMISSION_STATE_DONE;
        List<SubmissionState> states = new ArrayList<>();
        ResultEncoder encoder = new ResultEncoder(SESSION, work.header.getSubmissionId(), new ChunksOf(work.chunks));
        for (ByteString words : work.words) {
            if (work.error != null) {
                states.add(SubmissionState.SUBMISSION_STATE_SKIPPED);
                continue;
            }
            long[] program = new long[words.size() / Long.BYTES];
            words.asReadOnlyByteBuffer().asLongBuffer().get(program);
            try {
                encoder.part(chip.run(
                        PlaybackProgram.ofWords(program),
                        work.header.getSetup() ? RunOptions.forSetup() : RunOptions.defaults()));
                states.add(SubmissionState.SUBMISSION_STATE_DONE);
            } catch (RunFailedException e) {
                RunResult.before(e).ifPresent(encoder::part);
                work.error = e;
                work.state = SubmissionState.SUBMISSION_STATE_FAILED;
                states.add(work.state);
            }
        }
        encoder.finish(work.state, states, 1, 2, Optional.ofNullable(work.error));
        work.waiting.forEach(Runnable::run);
        work.waiting.clear();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** One submission as it grows. */
    private static final class Work {
        private final SubmissionHeader header;
        private final List<ByteString> words = new ArrayList<>();
        private final List<ResultChunk> chunks = new ArrayList<>();
        private final List<Runnable> waiting = new ArrayList<>();
        private SubmissionState state = SubmissionState.SUBMISSION_STATE_UPLOADING;
        private ChipException error;

        private Work(SubmissionHeader header) {
            this.header = header;
        }

        private List<Long> received() {
            return words.stream().map(part -> (long) part.size() / Long.BYTES).toList();
        }

        private SubmissionStatus status() {
            return SubmissionStatus.newBuilder()
                    .setSubmissionId(header.getSubmissionId())
                    .setState(state)
                    .addAllReceivedInstructions(received())
                    .build();
        }
    }

    /** Takes an upload that may break. */
    private abstract class UploadCall implements StreamObserver<UploadMessage> {
        private final String name;
        private final StreamObserver<?> observer;
        private Work work;
        private int chunks;
        private boolean over;

        private UploadCall(String name, StreamObserver<?> observer) {
            this.name = name;
            this.observer = observer;
        }

        abstract void complete(Work complete);

        @Override
        public void onNext(UploadMessage message) {
            synchronized (ScriptedService.this) {
                if (over) {
                    return;
                }
                if (message.hasHeader()) {
                    try {
                        called(name + " " + message.getHeader().getPartSha256Count());
                        if (uploadRefusal != null) {
                            throw uploadRefusal;
                        }
                    } catch (StatusRuntimeException e) {
                        over = true;
                        observer.onError(e);
                        return;
                    }
                    work = works.computeIfAbsent(
                            message.getHeader().getSubmissionId(), id -> new Work(message.getHeader()));
                    return;
                }
                if (chunks++ == uploadBreaksAfter) {
                    uploadBreaksAfter = Integer.MAX_VALUE;
                    over = true;
                    observer.onError(Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
                    return;
                }
                add(message.getChunk());
            }
        }

        private void add(ProgramChunk chunk) {
            calls.add("chunk " + chunk.getPart() + " at " + chunk.getOffset());
            while (work.words.size() <= chunk.getPart()) {
                work.words.add(ByteString.EMPTY);
            }
            ByteString before = work.words.get(chunk.getPart());
            if (before.size() / Long.BYTES != chunk.getOffset()) {
                throw new AssertionError("chunk at " + chunk.getOffset() + " behind " + before.size() / Long.BYTES);
            }
            work.words.set(chunk.getPart(), before.concat(chunk.getWords()));
            if (chunk.getEnd().getLastPart()) {
                work.state = SubmissionState.SUBMISSION_STATE_QUEUED;
                if (!holding) {
                    run(work);
                }
                complete(work);
            }
        }

        @Override
        public void onError(Throwable cause) {
            over = true;
        }

        @Override
        public void onCompleted() {
            // the last chunk has said so
        }
    }
}
