package firstspike.driver.remote;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceStub;
import firstspike.proto.chip.v1.GetSubmissionRequest;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionHeader;
import firstspike.proto.chip.v1.SubmissionStatus;
import firstspike.proto.chip.v1.UploadMessage;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * One submission: its programs go up, its result comes down, whatever happens to the connection meanwhile. After a break
 * the server is asked what it has; the upload goes on behind the last instruction that it got, and the result at the end of
 * the last record that came whole (playback.md 14.4, 14.7). The id stays, so nothing runs twice. Calls have no deadline of
 * their own, which both sides would have to keep a timer for: that the server lives shows at the attached session, and a turn on
 * the chip may come late. One thread at a time.
 */
final class Transfer {

    private final RemoteSession session;
    private final SubmissionHeader.Builder header;
    private final List<UploadPart> parts;
    private final ResultDecoder decoder;
    private final Deadline deadline;
    private final int chunkInstructions;
    private boolean uploaded;
    private long encodeNs;
    private long decodeNs;

    /**
     * @param session that runs it
     * @param header without hashes and acknowledgements
     * @param parts its programs
     * @param decoder of its result
     * @param deadline of its caller
     * @param chunkInstructions instructions of one chunk, 1 to 65536; changes no result
     */
    Transfer(
            RemoteSession session,
            SubmissionHeader.Builder header,
            List<UploadPart> parts,
            ResultDecoder decoder,
            Deadline deadline,
            int chunkInstructions) {
        this.session = session;
        this.header = header;
        this.parts = parts;
        this.decoder = decoder;
        this.deadline = deadline;
        this.chunkInstructions = chunkInstructions;
        parts.forEach(part -> header.addPartSha256(part.hash()));
    }

    UUID id() {
        return deadline.id();
    }

    /** Time that was spent on making and sending the words. */
    long encodeNs() {
        return encodeNs;
    }

    /** Time that was spent on reading the result. */
    long decodeNs() {
        return decodeNs;
    }

    /** Uploads, waits and fetches in one call. */
    void execute() {
        mended(this::tryExecute, this::resume);
    }

    /** Uploads; the server runs it when its turn comes. */
    void upload() {
        mended(() -> trySubmit(List.of()), this::resumeUpload);
    }

    /** Waits for the result of what was uploaded, and fetches it. */
    void fetch() {
        mended(this::tryResult, this::resume);
    }

    /** Tries one thing, and another as often as the connection breaks. */
    private void mended(Attempt first, Attempt again) {
        Attempt next = first;
        try {
            while (true) {
                int connection = session.connected(deadline);
                Optional<Throwable> lost = attempt(next);
                if (lost.isEmpty()) {
                    return;
                }
                session.mend(connection, lost.get(), deadline);
                next = again;
            }
        } catch (DeadlineExceededException | CancelledException e) {
            // nobody waits for it any more
            session.cancel(id());
            throw e;
        }
    }

    /** Empty when it is done; otherwise how the connection broke. */
    private Optional<Throwable> attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (Exchange.Expired e) {
            throw deadline.exceeded(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    ErrorDetail.of("submission " + id(), "interrupted", "", "run it again"), e, null, false);
        }
    }

    private Optional<Throwable> tryExecute() throws InterruptedException, Exchange.Expired {
        Exchange<UploadMessage, ResultChunk> exchange = new Exchange<>();
        boolean atHand = parts.size() == 1 && parts.get(0).size() <= chunkInstructions;
        ChipServiceStub stub = session.streaming();
        (atHand ? stub.withInterceptors(AtOnce.INTERCEPTOR) : stub).execute(exchange);
        return during(exchange, () -> {
            List<UUID> acknowledging = send(exchange, List.of());
            return receive(exchange, acknowledging);
        });
    }

    private Optional<Throwable> trySubmit(List<Long> known) throws InterruptedException, Exchange.Expired {
        Exchange<UploadMessage, SubmissionStatus> exchange = new Exchange<>();
        session.streaming().submit(exchange);
        return during(exchange, () -> {
            List<UUID> acknowledging = send(exchange, known);
            while (exchange.next().isPresent()) {
                uploaded = true;
                session.receipts().delivered(acknowledging);
                session.progress();
            }
            return exchange.failure().flatMap(failure -> uploaded ? Optional.empty() : lost(failure));
        });
    }

    private Optional<Throwable> tryResult() throws InterruptedException, Exchange.Expired {
        Exchange<ResultRequest, ResultChunk> exchange = new Exchange<>();
        session.streaming()
                .result(
                        ResultRequest.newBuilder()
                                .setSessionId(session.id())
                                .setSubmissionId(id().toString())
                                .setFromOffset(decoder.offset())
                                .build(),
                        exchange);
        return during(exchange, () -> receive(exchange, List.of()));
    }

    /** Ends the call whenever its caller leaves it. */
    private Optional<Throwable> during(Exchange<?, ?> exchange, Attempt attempt)
            throws InterruptedException, Exchange.Expired {
        WallClock.Alarm alarm = deadline.alarm(exchange::expire);
        try {
            return attempt.run();
        } finally {
            alarm.cancel();
            // without effect on a call that has ended
            exchange.cancel();
        }
    }

    /** What is missing of the upload and of the result, as the server says. */
    private Optional<Throwable> resume() throws InterruptedException, Exchange.Expired {
        Optional<Throwable> lost = resumeUpload();
        if (lost.isPresent() || decoder.complete()) {
            return lost;
        }
        return tryResult();
    }

    private Optional<Throwable> resumeUpload() throws InterruptedException, Exchange.Expired {
        SubmissionStatus status;
        try {
            status = session.blocking(deadline.atMost(Connection.CALL_LIMIT))
                    .getSubmission(GetSubmissionRequest.newBuilder()
                            .setSessionId(session.id())
                            .setSubmissionId(id().toString())
                            .build());
        } catch (StatusRuntimeException e) {
            return unknown(e);
        }
        session.progress();
        switch (status.getState()) {
            case SUBMISSION_STATE_UPLOADING -> {
                return trySubmit(status.getReceivedInstructionsList());
            }
            case SUBMISSION_STATE_EXPIRED -> throw expired();
            default -> {
                uploaded = true;
                return Optional.empty();
            }
        }
    }

    /** The server could not say where the submission stands. */
    private Optional<Throwable> unknown(StatusRuntimeException failure) throws InterruptedException, Exchange.Expired {
        if (WireErrors.isLate(failure)) {
            if (deadline.passed()) {
                throw deadline.exceeded(failure);
            }
            return Optional.of(failure);
        }
        if (WireErrors.isLost(failure)) {
            return Optional.of(failure);
        }
        ChipException error = WireErrors.rebuild(failure, null, session.peer());
        boolean neverCame = !uploaded
                && decoder.offset() == 0
                && "SUBMISSION_UNKNOWN".equals(error.detail().fields().get(ErrorDetail.REASON));
        if (neverCame) {
            return trySubmit(List.of());
        }
        throw error;
    }

    private SessionUnknownException expired() {
        return new SessionUnknownException(
                ErrorDetail.of(
                                "submission " + id(),
                                "expired while nobody was connected",
                                "",
                                "write the configuration and run it again")
                        .with(ErrorDetail.REASON, "SUBMISSION_UNKNOWN"),
                null,
                null,
                false);
    }

    /**
     * Sends header and programs; returns early when the server has answered already.
     *
     * @param known instructions of each program that the server has
     * @return results that the header acknowledged
     */
    private <A> List<UUID> send(Exchange<UploadMessage, A> exchange, List<Long> known)
            throws InterruptedException, Exchange.Expired {
        long begin = System.nanoTime();
        List<UUID> acknowledging = session.receipts().open();
        SubmissionHeader.Builder first = header.clone().clearAcknowledged();
        acknowledging.forEach(done -> first.addAcknowledged(done.toString()));
        exchange.sendAtOnce(UploadMessage.newBuilder().setHeader(first).build());
        // what fits into one chunk needs no permission; more must not pile up in memory
        boolean free = true;
        for (int part = firstMissing(known); part < parts.size(); part++) {
            long from = part < known.size() ? known.get(part) : 0;
            UploadPart.Words words =
                    parts.get(part).open(Math.min(from, parts.get(part).size()));
            do {
                if (!free && !exchange.awaitReady()) {
                    return acknowledging;
                }
                free = false;
                exchange.sendAtOnce(UploadMessage.newBuilder()
                        .setChunk(words.next(part, chunkInstructions, part + 1 == parts.size()))
                        .build());
            } while (!words.ended());
        }
        exchange.endSending();
        encodeNs += System.nanoTime() - begin;
        return acknowledging;
    }

    /** The program that the upload goes on with: the last one that the server has anything of may lack its end only. */
    private static int firstMissing(List<Long> known) {
        return Math.max(0, known.size() - 1);
    }

    private Optional<Throwable> receive(Exchange<?, ResultChunk> exchange, List<UUID> acknowledging)
            throws InterruptedException, Exchange.Expired {
        Optional<ResultChunk> chunk;
        while ((chunk = exchange.next()).isPresent()) {
            long begin = System.nanoTime();
            uploaded = true;
            session.receipts().delivered(acknowledging);
            session.progress();
            decoder.accept(chunk.get());
            decodeNs += System.nanoTime() - begin;
        }
        Optional<Throwable> failure = exchange.failure();
        if (decoder.complete()) {
            if (decoder.error().isPresent()) {
                throw new Ended(failure.orElse(null));
            }
            return Optional.empty();
        }
        if (failure.isEmpty()) {
            throw decoder.incomplete();
        }
        return lost(failure.get());
    }

    /** The failure when it means that the connection broke. */
    private Optional<Throwable> lost(Throwable failure) {
        if (WireErrors.isLost(failure)) {
            return Optional.of(failure);
        }
        throw new Ended(failure);
    }

    /**
     * The error of a submission that the server ended.
     *
     * @param ended how
     * @param partial what came of the program that failed, or null
     */
    ChipException error(Ended ended, RunResult partial) {
        return decoder.error()
                .map(detail -> WireErrors.rebuild(detail, ended.getCause(), partial))
                .orElseGet(() -> WireErrors.rebuild(ended.getCause(), partial, session.peer()));
    }

    /** The program of a list that failed. */
    OptionalInt failedPart() {
        return decoder.failedPart();
    }

    /** Where the time went, once the result is complete. */
    RunTiming timing() {
        return decoder.timing(encodeNs, decodeNs);
    }

    /** The same when it ended early; empty when the server sent no result at all. */
    Optional<RunTiming> partialTiming() {
        return decoder.complete() ? Optional.of(timing()) : Optional.empty();
    }

    /** Refuses a streamed result that does not answer every read exactly once. */
    void checkResponses() {
        for (ResponseKind kind : ResponseKind.values()) {
            RunResult.requireResponses(kind, parts.get(0).expected(kind), decoder.received(kind), null);
        }
    }

    /** One try: empty when it is done, otherwise how the connection broke. */
    @FunctionalInterface
    private interface Attempt {
        Optional<Throwable> run() throws InterruptedException, Exchange.Expired;
    }

    /** The server has ended the submission with an error, which {@link #error} makes a typed one. */
    static final class Ended extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Ended(Throwable cause) {
            super("submission ended by the server", cause, false, false);
        }
    }
}
