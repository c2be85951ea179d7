package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The upload half of a call: one message at a time is asked for, so that a client cannot send faster than its words are checked
 * and stored. When the client vanishes what arrived can be continued; a submission that is complete goes on, because the client
 * may come back for it (playback.md 14.4, 14.5). Any thread.
 */
final class UploadCall implements StreamObserver<UploadMessage> {

    private final ServerCallStreamObserver<?> call;
    private final Function<String, SubmissionDesk> desks;
    private final Totals totals;
    private final Executor workers;
    private final Outcome outcome;
    private final Runnable next;
    private final Runnable deposed = this::deposed;
    private SubmissionDesk desk;
    private StoredSubmission submission;
    private boolean headed;
    private boolean sending;
    private Runnable retry;
    private boolean over;

    /** What becomes of an upload. */
    interface Outcome {

        /** The submission is known to the server as a whole. */
        void handedIn(SubmissionDesk desk, StoredSubmission submission);

        /** The call ends with an error. */
        void refused(ChipException why);

        /** The call is over, however; always the last one. */
        void gone();
    }

    /**
     * @param call that it is half of
     * @param desks the session of an id, or the typed error
     * @param totals counts refusals
     * @param workers store words that had to wait for room
     * @param outcome is told what becomes of it
     */
    UploadCall(
            ServerCallStreamObserver<?> call,
            Function<String, SubmissionDesk> desks,
            Totals totals,
            Executor workers,
            Outcome outcome) {
        this.call = call;
        this.desks = desks;
        this.totals = totals;
        this.workers = workers;
        this.outcome = outcome;
        this.next = () -> call.request(1);
        call.disableAutoRequest();
        call.setOnCancelHandler(this::gone);
        call.setOnCloseHandler(this::gone);
        next.run();
    }

    @Override
    public synchronized void onNext(UploadMessage message) {
        guarded(() -> {
            switch (message.getContentCase()) {
                case HEADER -> begin(message.getHeader());
                case CHUNK -> {
                    if (!headed) {
                        throw malformed("first message of an upload", "a chunk", "the header");
                    }
                    chunk(message.getChunk());
                }
                case CONTENT_NOT_SET -> throw malformed("message of an upload", "empty", "header or chunk");
            }
        });
    }

    private void begin(SubmissionHeader header) {
        if (headed) {
            throw malformed("header of an upload", "twice", "once");
        }
        headed = true;
        desk = desks.apply(header.getSessionId());
        SpooledUpload.checkAcknowledged(header.getAcknowledgedCount());
        desk.acknowledge(header.getAcknowledgedList());
        submission = desk.begin(header);
        if (submission.wantsWords()) {
            sending = true;
            submission.upload().claim(deposed);
            desk.gate().enter(next);
        } else {
            outcome.handedIn(desk, submission);
            next.run();
        }
    }

    private void chunk(ProgramChunk chunk) {
        if (!sending) {
            // the rest of an upload that was not needed
            next.run();
            return;
        }
        // never on the thread that made room: it may hold locks
        retry = () -> workers.execute(() -> retry(chunk));
        try {
            if (!submission.upload().add(chunk, retry)) {
                return;
            }
        } catch (ChipException e) {
            if (!isDataLoss(e)) {
                stopSending();
                desk.refuse(submission, e);
            }
            throw e;
        }
        retry = null;
        if (submission.upload().complete()) {
            stopSending();
            desk.arrived(submission);
            outcome.handedIn(desk, submission);
        }
        next.run();
    }

    private synchronized void retry(ProgramChunk chunk) {
        guarded(() -> {
            if (sending) {
                chunk(chunk);
            }
        });
    }

    /** Words that were damaged on their way can be sent again; everything else is wrong for good. */
    private static boolean isDataLoss(ChipException error) {
        return "DATA_LOSS".equals(error.detail().fields().get(ErrorDetail.REASON));
    }

    /** Whether this was the call that sent the words. */
    private boolean stopSending() {
        if (!sending) {
            return false;
        }
        sending = false;
        if (retry != null) {
            submission.upload().withdraw(retry);
        }
        if (!desk.gate().withdraw(next)) {
            desk.gate().leave();
        }
        return submission.upload().release(deposed);
    }

    private synchronized void deposed() {
        guarded(() -> {
            if (sending) {
                stopSending();
                throw new CancelledException(
                        ErrorDetail.of(
                                        "upload of submission " + submission.id(),
                                        "goes on in a later call",
                                        "one call at a time",
                                        "follow the later call")
                                .with("by", "client"),
                        null,
                        null,
                        true);
            }
        });
    }

    @Override
    public synchronized void onCompleted() {
        guarded(() -> {
            if (!headed || sending) {
                throw malformed("upload", "ended without the end of its program", "a last chunk with its totals");
            }
        });
    }

    @Override
    public void onError(Throwable cause) {
        gone();
    }

    private void guarded(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (ChipException e) {
            refuse(e);
        } catch (RuntimeException | Error e) {
            refuse(Incidents.record(e));
        }
    }

    private void refuse(ChipException why) {
        totals.callRefused();
        interrupt();
        outcome.refused(why);
    }

    private void interrupt() {
        if (stopSending()) {
            submission.upload().rest();
            desk.interrupted(submission);
        }
    }

    private synchronized void gone() {
        if (!over) {
            over = true;
            if (desk != null) {
                interrupt();
            }
            outcome.gone();
        }
    }

    private static ProgramRejectedException malformed(String thing, Object value, Object limit) {
        return new ProgramRejectedException(MALFORMED_REQUEST, thing, value, limit, "report this client");
    }
}
