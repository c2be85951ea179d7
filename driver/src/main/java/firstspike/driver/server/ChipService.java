package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipSource;
import firstspike.driver.remote.WireTargets;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.proto.chip.v1.AcknowledgeRequest;
import firstspike.proto.chip.v1.AcknowledgeResponse;
import firstspike.proto.chip.v1.AcquireLeaseRequest;
import firstspike.proto.chip.v1.Activity;
import firstspike.proto.chip.v1.AttachRequest;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.CloseSessionResponse;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.LeaseResponse;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import firstspike.proto.chip.v1.ListSubmissionsResponse;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ListTargetsResponse;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.PopReinitRequest;
import firstspike.proto.chip.v1.PopReinitResponse;
import firstspike.proto.chip.v1.ReleaseLeaseRequest;
import firstspike.proto.chip.v1.ReleaseLeaseResponse;
import firstspike.proto.chip.v1.RenewLeaseRequest;
import firstspike.proto.chip.v1.RestoreRequest;
import firstspike.proto.chip.v1.RestoreResponse;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SessionEvent;
import firstspike.proto.chip.v1.SetReinitMessage;
import firstspike.proto.chip.v1.SetReinitResponse;
import firstspike.proto.chip.v1.SnapshotRequest;
import firstspike.proto.chip.v1.SnapshotResponse;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The calls of the service that are served (playback.md 14.1). Runs on event loops, so nothing here waits. */
final class ChipService extends ChipServiceGrpc.ChipServiceImplBase {

    private final ChipSource source;
    private final Sessions sessions;
    private final Attachments attachments;
    private final Parts parts;
    private final SessionCalls opening;
    private final LeaseCalls leases;
    private final TransferCalls transfers;
    private final SnapshotCalls snapshots;
    private final Answers answers;

    /**
     * What the calls need beside sessions.
     *
     * @param totals count what was refused
     * @param targets writes chips
     * @param time of the server
     * @param health of a chip
     * @param slow takes what may wait for the source, one after the other
     * @param threads takes what may wait for a chip
     * @param transfers moves bytes
     */
    record Parts(
            Totals totals,
            TargetMessages targets,
            ServerTime time,
            Function<ChipDescription, Activity.Health> health,
            Executor slow,
            Executor threads,
            Executor transfers) {}

    ChipService(ChipSource source, Sessions sessions, Attachments attachments, SessionCalls opening, Parts parts) {
        this.source = source;
        this.sessions = sessions;
        this.attachments = attachments;
        this.opening = opening;
        this.parts = parts;
        this.leases = new LeaseCalls(sessions, parts.targets());
        this.transfers = new TransferCalls(sessions::called, parts.totals(), parts.transfers());
        this.snapshots = new SnapshotCalls(sessions);
        this.answers = new Answers(parts.totals());
    }

    @Override
    public void listTargets(ListTargetsRequest request, StreamObserver<ListTargetsResponse> observer) {
        parts.slow()
                .execute(() -> answers.answer(observer, () -> {
                    if (request.hasProtocolVersion()) {
                        SessionCalls.checkVersion(request.getProtocolVersion());
                    }
                    ListTargetsResponse.Builder answer = ListTargetsResponse.newBuilder()
                            .setProtocolVersion(WireTargets.PROTOCOL)
                            .setEpochMs(parts.time().epochMs());
                    for (ChipDescription chip : source.chips()) {
                        ServedChip served = sessions.chip(chip.chipId().value());
                        answer.addTargets(parts.targets()
                                .active(chip, served, parts.health().apply(chip)));
                    }
                    return answer.build();
                }));
    }

    @Override
    public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> observer) {
        SessionCalls.Opening begun;
        try {
            begun = opening.begin(request, CallGate.CONNECTION.get());
        } catch (ChipException e) {
            answers.refuse(observer, e);
            return;
        }
        onThread(observer, () -> opening.open(begun));
    }

    @Override
    public void attach(AttachRequest request, StreamObserver<SessionEvent> observer) {
        try {
            attachments.attach(request, (ServerCallStreamObserver<SessionEvent>) observer);
        } catch (ChipException e) {
            answers.refuse(observer, e);
        }
    }

    @Override
    public void closeSession(CloseSessionRequest request, StreamObserver<CloseSessionResponse> observer) {
        answers.answer(observer, () -> {
            sessions.close(request.getSessionId());
            return CloseSessionResponse.getDefaultInstance();
        });
    }

    @Override
    public void acquireLease(AcquireLeaseRequest request, StreamObserver<LeaseResponse> observer) {
        answers.answer(observer, () -> leases.acquire(request));
    }

    @Override
    public void renewLease(RenewLeaseRequest request, StreamObserver<LeaseResponse> observer) {
        answers.answer(observer, () -> leases.renew(request));
    }

    @Override
    public void releaseLease(ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> observer) {
        answers.answer(observer, () -> leases.release(request));
    }

    @Override
    public StreamObserver<SetReinitMessage> setReinit(StreamObserver<SetReinitResponse> observer) {
        return new SetReinitCall((ServerCallStreamObserver<SetReinitResponse>) observer, sessions, answers);
    }

    @Override
    public void popReinit(PopReinitRequest request, StreamObserver<PopReinitResponse> observer) {
        answers.answer(observer, () -> PopReinitResponse.newBuilder()
                .setHeight(sessions.called(request.getSessionId()).popReinit(request.getIndex()))
                .build());
    }

    @Override
    public StreamObserver<UploadMessage> submit(StreamObserver<SubmissionStatus> observer) {
        return transfers.submit(observer);
    }

    @Override
    public void result(ResultRequest request, StreamObserver<ResultChunk> observer) {
        transfers.result(request, observer);
    }

    @Override
    public StreamObserver<UploadMessage> execute(StreamObserver<ResultChunk> observer) {
        return transfers.execute(observer);
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<SubmissionStatus> observer) {
        answers.answer(observer, () -> sessions.requireToEnd(request.getSessionId())
                .cancel(SpooledUpload.uuid(request.getSubmissionId()), "client"));
    }

    @Override
    public void getSubmission(GetSubmissionRequest request, StreamObserver<SubmissionStatus> observer) {
        answers.answer(observer, () -> transfers.get(request));
    }

    @Override
    public void listSubmissions(ListSubmissionsRequest request, StreamObserver<ListSubmissionsResponse> observer) {
        answers.answer(observer, () -> transfers.list(request));
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> observer) {
        answers.answer(observer, () -> transfers.acknowledge(request));
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> observer) {
        onThread(observer, () -> snapshots.snapshot(request));
    }

    @Override
    public void restore(RestoreRequest request, StreamObserver<RestoreResponse> observer) {
        onThread(observer, () -> snapshots.restore(request));
    }

    private <T> void onThread(StreamObserver<T> observer, Supplier<T> work) {
        parts.threads().execute(Context.current().wrap(() -> answers.answer(observer, work)));
    }
}
