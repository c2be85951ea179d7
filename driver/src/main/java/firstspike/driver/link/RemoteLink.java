package firstspike.driver.link;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.CancelRequest;
import firstspike.proto.chip.v1.CloseSessionRequest;
import firstspike.proto.chip.v1.OpenSessionRequest;
import firstspike.proto.chip.v1.OpenSessionResponse;
import firstspike.proto.chip.v1.PpuPolicy;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chip behind a gRPC server: one session, closed with the link (playback.md 14). A broken connection is mended within
 * the link patience, and the program that was running is asked for again under the same id, so that it is executed once;
 * a server that does not know the session any more is told to the caller as {@link SessionUnknownException}.
 *
 * <p>One owner thread; programs run one after another, submitted ones on a thread of the link.
 */
public final class RemoteLink implements ChipLink {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteLink.class);
    private static final Duration LONGEST_CALL = Duration.ofHours(24);
    private static final Duration LAST_CALL = Duration.ofSeconds(2);

    private final Connection connection;
    private final String uri;
    private final String session;
    private final ChipDescription description;
    private final Duration patience;
    private final WallClock clock;
    private final int chunkInstructions;
    private final List<UUID> arrived = new ArrayList<>();
    private RemoteQueue queue;
    private boolean closed;

    private RemoteLink(
            Connection connection,
            String uri,
            String session,
            ChipDescription description,
            Duration patience,
            WallClock clock,
            int chunkInstructions) {
        this.connection = connection;
        this.uri = uri;
        this.session = session;
        this.description = description;
        this.patience = patience;
        this.clock = clock;
        this.chunkInstructions = chunkInstructions;
    }

    /**
     * Opens a session.
     *
     * @param connector to the server
     * @param uri that the user wrote, for descriptions and messages
     * @param chip which chip of the server
     * @param options of the link
     * @param clock by which it waits
     * @param chunkInstructions instructions of one upload chunk, 1 to 65536; changes no result
     * @return the link
     */
    static RemoteLink open(
            Connector connector, String uri, ChipId chip, LinkOptions options, WallClock clock, int chunkInstructions) {
        OpenSessionRequest.Builder request = OpenSessionRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .setChipId(chip.value())
                .setUser(System.getProperty("user.name", ""))
                .setFirstProgramOrdinal(options.firstProgramOrdinal());
        options.shared().ifPresent(request::setShared);
        options.ppu()
                .ifPresent(policy -> request.setPpu(
                        switch (policy) {
                            case REFUSE -> PpuPolicy.PPU_POLICY_REFUSE;
                            case IGNORE -> PpuPolicy.PPU_POLICY_IGNORE;
                        }));
        return connector.connect(options.connectPatience(), connection -> {
            Duration limit = options.connectPatience().compareTo(Connection.CALL_LIMIT) < 0
                    ? options.connectPatience()
                    : Connection.CALL_LIMIT;
            OpenSessionResponse answer = connection.blocking(limit).openSession(request.build());
            return new RemoteLink(
                    connection,
                    uri,
                    answer.getSessionId(),
                    WireTargets.decode(answer.getTarget(), uri),
                    options.linkPatience(),
                    clock,
                    chunkInstructions);
        });
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        if (queue == null) {
            return execute(UUID.randomUUID(), program, options, clock.nanoTime());
        }
        return queue.add(program, options).await();
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        List<RunResult> results = new ArrayList<>();
        for (PlaybackProgram program : programs) {
            results.add(run(program, options));
        }
        return results;
    }

    @Override
    public Submission submit(PlaybackProgram program, RunOptions options) {
        if (queue == null) {
            queue = new RemoteQueue(this, clock);
        }
        return queue.add(program, options);
    }

    /** Runs one program under an id, whatever happens to the connection meanwhile; the deadline counts from begin. */
    RunResult execute(UUID id, PlaybackProgram program, RunOptions options, long begin) {
        if (closed) {
            throw new IllegalStateException("link to " + uri + ": closed (limit: open); open a new one");
        }
        List<UUID> acknowledging = List.copyOf(arrived);
        long end = options.deadline().map(limit -> begin + limit.toNanos()).orElse(Long.MAX_VALUE);
        Mending mending = new Mending();
        while (true) {
            Optional<RunResult> result = attempt(id, program, options, end, mending);
            if (result.isPresent()) {
                arrived.removeAll(acknowledging);
                arrived.add(id);
                return result.get();
            }
            mending.pause(id, options, end);
            connection.reopen();
            mending.reconnects++;
        }
    }

    /** One call; empty when the connection broke and the call is to be made again. */
    private Optional<RunResult> attempt(
            UUID id, PlaybackProgram program, RunOptions options, long end, Mending mending) {
        ExecuteExchange exchange = new ExecuteExchange(chunkInstructions);
        connection
                .streaming()
                .withDeadlineAfter(LONGEST_CALL.toHours(), TimeUnit.HOURS)
                .execute(exchange);
        WallClock.Alarm alarm = options.deadline().isEmpty()
                ? () -> {}
                : clock.after(Duration.ofNanos(Math.max(0, end - clock.nanoTime())), exchange::expire);
        ResultDecoder decoder = new ResultDecoder(description, program.notes());
        long started = System.nanoTime();
        try {
            exchange.upload(header(id, program, options), program);
            long encoded = System.nanoTime();
            long decoding = 0;
            Optional<ResultChunk> chunk;
            while ((chunk = exchange.next()).isPresent()) {
                long before = System.nanoTime();
                decoder.accept(chunk.get());
                decoding += System.nanoTime() - before;
            }
            Optional<Throwable> failure = exchange.failure();
            if (failure.isEmpty()) {
                return Optional.of(complete(program, decoder, encoded - started, decoding, mending.reconnects));
            }
            if (isLost(failure.get())) {
                mending.lost(failure.get(), exchange.wasConnected());
                return Optional.empty();
            }
            throw failed(id, failure.get(), decoder, encoded - started, decoding, mending.reconnects);
        } catch (ExecuteExchange.Expired e) {
            exchange.cancel();
            cancel(id);
            throw deadline(id, options, e);
        } catch (InterruptedException e) {
            exchange.cancel();
            cancel(id);
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    ErrorDetail.of("submission " + id, "interrupted", "", "run it again"), e, null, false);
        } catch (ChipException e) {
            // without effect on a call that has ended
            exchange.cancel();
            throw e;
        } finally {
            alarm.cancel();
        }
    }

    private RunResult complete(
            PlaybackProgram program, ResultDecoder decoder, long encodeNs, long decodeNs, long reconnects) {
        if (!decoder.complete() || decoder.error().isPresent()) {
            throw decoder.incomplete();
        }
        return IncompleteResponseException.check(
                program, decoder.result(decoder.timing(encodeNs, decodeNs), reconnects));
    }

    private ChipException failed(
            UUID id, Throwable failure, ResultDecoder decoder, long encodeNs, long decodeNs, long reconnects) {
        RunResult partial = null;
        if (decoder.complete()) {
            partial = decoder.result(decoder.timing(encodeNs, decodeNs), reconnects);
        }
        arrived.add(id);
        return WireErrors.rebuild(failure, partial, connection.toString());
    }

    private SubmissionHeader header(UUID id, PlaybackProgram program, RunOptions options) {
        SubmissionHeader.Builder header = SubmissionHeader.newBuilder()
                .setSessionId(session)
                .setSubmissionId(id.toString())
                .addPartSha256(ExecuteExchange.hash(program))
                .setSetup(options.setup())
                .setAllowStreaming(options.allowStreaming())
                .setFailOnLoss(options.failOnLoss());
        options.executionLimit().ifPresent(limit -> header.setExecutionLimitMs(Math.max(1, limit.toMillis())));
        arrived.forEach(done -> header.addAcknowledged(done.toString()));
        return header.build();
    }

    /** Whether the connection broke, rather than the server having answered with an error. */
    private static boolean isLost(Throwable failure) {
        Optional<firstspike.proto.chip.v1.ErrorDetail> detail = WireErrors.detailOf(failure);
        if (detail.isPresent()) {
            return "DRAINING".equals(detail.get().getFieldsMap().get(WireErrors.REASON));
        }
        return switch (Status.fromThrowable(failure).getCode()) {
            // a stream cut in the middle of a message is INTERNAL, one reset by a dying server CANCELLED
            case UNAVAILABLE, CANCELLED, INTERNAL, UNKNOWN -> true;
            default -> false;
        };
    }

    /** Asks the server to stop a submission; whether that worked changes nothing for the caller. */
    void cancel(UUID id) {
        connection
                .later()
                .cancel(CancelRequest.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(id.toString())
                        .build());
    }

    private static DeadlineExceededException deadline(UUID id, RunOptions options, Throwable cause) {
        String limit = options.deadline().map(d -> d.toMillis() + " ms").orElse("");
        return new DeadlineExceededException(
                ErrorDetail.of("submission " + id, "no result", limit, "raise the deadline, or split the program")
                        .with(WireErrors.REASON, "CALL_DEADLINE"),
                cause,
                null,
                false);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (queue != null) {
            queue.close();
        }
        try {
            connection
                    .blocking(LAST_CALL)
                    .closeSession(CloseSessionRequest.newBuilder()
                            .setSessionId(session)
                            .build());
        } catch (StatusRuntimeException e) {
            LOG.debug("session {} of {} not closed: {}", session, uri, e.getStatus());
        }
        connection.close();
    }

    /** How long a connection has been broken, and what was done about it. */
    private final class Mending {

        private final Backoff backoff = new Backoff(new SplittableRandom());
        private long reconnects;
        private long lostSince;
        private int attempts;
        private Throwable last;

        void lost(Throwable failure, boolean wasConnected) {
            if (last == null || wasConnected) {
                lostSince = clock.nanoTime();
                attempts = 0;
                backoff.reset();
            }
            last = failure;
            attempts++;
        }

        void pause(UUID id, RunOptions options, long end) {
            Duration wait = backoff.next();
            long now = clock.nanoTime();
            if (now - lostSince + wait.toNanos() > patience.toNanos()) {
                throw givenUp(Duration.ofNanos(now - lostSince));
            }
            if (now + wait.toNanos() >= end) {
                throw deadline(id, options, last);
            }
            LOG.warn("link lost ({}): attempt {} in {} ms: {}", uri, attempts + 1, wait.toMillis(), last.getMessage());
            try {
                clock.pause(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException(
                        ErrorDetail.of("submission " + id, "interrupted while reconnecting", "", "run it again"),
                        e,
                        null,
                        false);
            }
        }

        private ChipException givenUp(Duration lost) {
            if (WireErrors.detailOf(last).isPresent()) {
                return WireErrors.rebuild(last, null, connection.toString());
            }
            ErrorDetail detail = ErrorDetail.of(
                            "link to " + uri,
                            String.format(
                                    Locale.ROOT,
                                    "lost for %.1f s, %d attempts, last error: %s",
                                    lost.toNanos() / 1e9,
                                    attempts,
                                    last.getMessage()),
                            patience.toMillis() / 1000.0 + " s",
                            "see whether the server runs, or raise the link patience")
                    .with("attempts", attempts)
                    .with("lost_ms", lost.toMillis());
            return new LinkLostException(detail, last, null, false);
        }
    }
}
