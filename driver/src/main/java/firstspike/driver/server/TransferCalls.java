package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.proto.chip.v1.AcknowledgeRequest;
import firstspike.proto.chip.v1.AcknowledgeResponse;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import firstspike.proto.chip.v1.ListSubmissionsResponse;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The calls by which programs come in and results go out (playback.md 14.1, 14.3, 14.4). Any thread; nothing waits. */
final class TransferCalls {

    /** What a result that nobody reads may hold in memory, with room for all else. */
    private static final long STREAM_BYTES = 8 << 20;

    private final Function<String, SubmissionDesk> desks;
    private final Totals totals;
    private final Executor workers;
    private final UserShares streams = new UserShares(
            "results that are sent", (int) Math.min(4096, Runtime.getRuntime().maxMemory() / STREAM_BYTES));

    /**
     * @param desks the session of an id for the current call, or the typed error
     * @param totals counts refusals
     * @param workers move bytes for threads that have better things to do
     */
    TransferCalls(Function<String, SubmissionDesk> desks, Totals totals, Executor workers) {
        this.desks = desks;
        this.totals = totals;
        this.workers = workers;
    }

    /** Takes a submission in; answers where it stands once it is complete. */
    StreamObserver<UploadMessage> submit(StreamObserver<SubmissionStatus> observer) {
        return new UploadCall(
                (ServerCallStreamObserver<SubmissionStatus>) observer,
                desks,
                totals,
                workers,
                new SubmitAnswer(observer));
    }

    /** Takes a submission in; answers with its result. */
    StreamObserver<UploadMessage> execute(StreamObserver<ResultChunk> observer) {
        ServerCallStreamObserver<ResultChunk> call = (ServerCallStreamObserver<ResultChunk>) observer;
        return new UploadCall(call, desks, totals, workers, new ExecuteAnswer(new ResultDelivery(call, workers)));
    }

    /** Sends a result from a border on, also while the submission waits or runs. */
    void result(ResultRequest request, StreamObserver<ResultChunk> observer) {
        ServerCallStreamObserver<ResultChunk> call = (ServerCallStreamObserver<ResultChunk>) observer;
        ResultDelivery delivery = new ResultDelivery(call, workers);
        AtomicReference<Runnable> share = new AtomicReference<>(() -> {});
        Runnable end = () -> {
            delivery.close();
            share.get().run();
        };
        call.setOnCancelHandler(end);
        call.setOnCloseHandler(end);
        try {
            SubmissionDesk desk = desks.apply(request.getSessionId());
            share.set(streams.take(desk.user()));
            delivery.follow(
                    desk.require(SpooledUpload.uuid(request.getSubmissionId())).result(), request.getFromOffset());
        } catch (ChipException e) {
            totals.callRefused();
            delivery.refuse(e);
        } catch (RuntimeException | Error e) {
            totals.callRefused();
            delivery.refuse(Incidents.record(e));
        }
    }

    /** Where a submission stands. */
    SubmissionStatus get(GetSubmissionRequest request) {
        return desks.apply(request.getSessionId()).status(SpooledUpload.uuid(request.getSubmissionId()));
    }

    /** Where all submissions of a session stand. */
    ListSubmissionsResponse list(ListSubmissionsRequest request) {
        return ListSubmissionsResponse.newBuilder()
                .addAllSubmissions(desks.apply(request.getSessionId()).statuses())
                .build();
    }

    /** Drops results that arrived. */
    AcknowledgeResponse acknowledge(AcknowledgeRequest request) {
        SpooledUpload.checkAcknowledged(request.getSubmissionIdsCount());
        return AcknowledgeResponse.newBuilder()
                .setFreedBytes(desks.apply(request.getSessionId()).acknowledge(request.getSubmissionIdsList()))
                .build();
    }
}
