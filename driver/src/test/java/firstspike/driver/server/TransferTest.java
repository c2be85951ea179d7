package firstspike.driver.server;

import static firstspike.driver.error.RunFailedException.Code.RUN_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.CuttingProxy;
import firstspike.driver.server.spool.SpoolLimits;
import firstspike.driver.server.spool.Uploads;
import firstspike.proto.chip.v1.ErrorDetail;
import firstspike.proto.chip.v1.ListSubmissionsRequest;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultFooter;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.ResultRequest;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.SubmissionStatus;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs in and results out, message by message, over connections that break. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class TransferTest {

    private static final SubmissionState UPLOADING = SubmissionState.SUBMISSION_STATE_UPLOADING;
    private static final SubmissionState DONE = SubmissionState.SUBMISSION_STATE_DONE;
    private static final SubmissionState FAILED = SubmissionState.SUBMISSION_STATE_FAILED;
    private static final SubmissionState SKIPPED = SubmissionState.SUBMISSION_STATE_SKIPPED;

    private final TestClock clock = TestClock.stopped();
    private final ScriptedSource chips = ScriptedSource.each(() -> new ScriptedLink(clock));
    private final PlaybackProgram small =
            PlaybackProgram.builder().write(0x10, 1).done();
    private final PlaybackProgram other =
            PlaybackProgram.builder().write(0x10, 2).done();
    private final PlaybackProgram large =
            PlaybackProgram.builder().repeat(5_000, b -> b.write(0x10, 1)).done();
    private final UUID id = new UUID(0x4000, 1);
    private final UUID second = new UUID(0x4000, 2);
    private ChipServer server;
    private TransferClient client;

    @BeforeEach
    void start() throws IOException {
        start(ServerOptions.defaults());
    }

    private void start(ServerOptions options) throws IOException {
        server = ChipServer.start(
                chips, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options.withClock(clock));
        client = TransferClient.open(server.port(), "ada");
    }

    private void restart(SpoolLimits limits) throws IOException {
        stop();
        start(ServerOptions.defaults().withLimits(ServerLimits.defaults().withSpool(limits)));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private ScriptedLink chip() {
        List<ScriptedLink> opened = chips.opened();
        return opened.get(opened.size() - 1);
    }

    @Test
    @DisplayName("T232 the same id with the same bytes is one submission, whatever its state")
    void sameSubmission() {
        chip().delay(Duration.ofSeconds(1));
        SubmissionStatus first = client.submit(id, small);
        clock.awaitPausing(1);

        SubmissionStatus running = client.submit(id, small);
        clock.advance(Duration.ofSeconds(1));
        client.result(id, 0).join();
        SubmissionStatus done = client.submit(id, small);

        assertThat(first.getSubmissionId()).isEqualTo(id.toString());
        assertThat(running.getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_RUNNING);
        assertThat(done.getState()).isEqualTo(DONE);
        assertThat(chip().programs()).containsExactly(small);
    }

    @Test
    @DisplayName("T233 the same id with other bytes is refused, also while the first upload is under way")
    void otherBytes() {
        client.submitting(client.header(id, large), Uploads.chunks(4_000, large).subList(0, 1));
        awaitReceived(4_000);

        ErrorDetail detail = TransferClient.failure(Status.Code.ALREADY_EXISTS, () -> client.submit(id, small));

        assertThat(detail.getFieldsMap()).containsEntry("reason", "ID_REUSED");
        assertThat(chip().programs()).isEmpty();
    }

    @Test
    @DisplayName("T237 a last chunk with a wrong hash is refused in its call, nothing runs, and the id is free again")
    void wrongHash() {
        List<ProgramChunk> chunks = Uploads.chunks(1 << 16, small);
        ProgramChunk last = chunks.get(0).toBuilder()
                .setEnd(chunks.get(0).getEnd().toBuilder().setSha256(Uploads.hash(other)))
                .build();

        ErrorDetail detail = TransferClient.failure(
                Status.Code.INVALID_ARGUMENT,
                () -> client.submitting(client.header(id, small), List.of(last)).one());

        assertThat(detail.getThing()).contains("SHA-256");
        assertThat(chip().programs()).isEmpty();
        assertThat(TransferClient.failure(Status.Code.NOT_FOUND, () -> client.status(id))
                        .getFieldsMap())
                .containsEntry("reason", "SUBMISSION_UNKNOWN");
        client.submit(id, small);
        assertThat(client.result(id, 0).join()).isNotEmpty();
    }

    @Test
    @DisplayName("T238 a broken upload goes on behind what arrived, and gives what an unbroken one gives")
    void resumedUpload() {
        List<ProgramChunk> chunks = Uploads.chunks(2_000, large);
        assertThat(chunks).hasSize(5);
        TransferClient.Call<SubmissionStatus> broken =
                client.submitting(client.header(id, large), chunks.subList(0, 3));
        awaitReceived(6_000);
        broken.requests().cancel("broken", null);

        clock.advance(Duration.ofSeconds(59));
        assertThat(client.status(id).getReceivedInstructionsList()).containsExactly(6_000L);
        client.submitting(client.header(id, large), chunks.subList(3, 5)).one();

        List<ResultChunk> resumed = client.result(id, 0).join();
        List<ResultChunk> unbroken = client.executing(second, large).all();
        assertThat(chip().programs()).containsExactly(large, large);
        assertThat(contents(resumed)).isEqualTo(contents(unbroken));
    }

    @Test
    @DisplayName("T238 an upload that nobody continues expires after 60 s")
    void abandonedUpload() {
        TransferClient.Call<SubmissionStatus> broken = client.submitting(
                client.header(id, large), Uploads.chunks(2_000, large).subList(0, 3));
        awaitReceived(6_000);
        broken.requests().cancel("broken", null);
        // the server learns of it in its own time
        while (client.status(id).getState() == UPLOADING) {
            clock.advance(Duration.ofSeconds(61));
        }

        assertThat(client.status(id).getState()).isEqualTo(SubmissionState.SUBMISSION_STATE_EXPIRED);
        assertThat(chip().programs()).isEmpty();
    }

    private void awaitReceived(long instructions) {
        while (true) {
            try {
                if (client.status(id).getReceivedInstructionsList().equals(List.of(instructions))) {
                    return;
                }
            } catch (io.grpc.StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            }
        }
    }

    @Test
    @DisplayName("A later call takes an upload over from one whose connection is dead without anybody knowing")
    void takenOver() {
        List<ProgramChunk> chunks = Uploads.chunks(2_000, large);
        TransferClient.Call<SubmissionStatus> dead = client.submitting(client.header(id, large), chunks.subList(0, 3));
        awaitReceived(6_000);

        client.submitting(client.header(id, large), chunks.subList(3, 5)).one();

        assertThat(TransferClient.failure(Status.Code.CANCELLED, dead::one).getThing())
                .contains(id.toString());
        client.result(id, 0).join();
        assertThat(chip().programs()).containsExactly(large);
    }

    @Test
    @DisplayName("T240 results over a connection that breaks at random bytes are the same bytes, seed 1")
    void resumedResult() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        answerMuch();
        client.submit(id, small);
        List<ResultChunk> whole = client.result(id, 0).join();
        List<ResultChunk> pieces = new ArrayList<>();
        int cuts = 0;

        try (CuttingProxy proxy = new CuttingProxy(server.port(), () -> 20_000 + random.nextInt(1_500_000))) {
            boolean complete = false;
            while (!complete) {
                long offset = pieces.isEmpty() ? 0 : end(pieces.get(pieces.size() - 1));
                TransferClient.Fetch fetch = new TransferClient.Fetch();
                try (TransferClient cut = TransferClient.join(proxy.port(), client.session())) {
                    cut.streams()
                            .result(
                                    ResultRequest.newBuilder()
                                            .setSessionId(client.session())
                                            .setSubmissionId(id.toString())
                                            .setFromOffset(offset)
                                            .build(),
                                    fetch);
                    fetch.done.orTimeout(20, TimeUnit.SECONDS).join();
                    complete = true;
                } catch (CompletionException e) {
                    assertThat(Status.fromThrowable(e.getCause()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                    cuts++;
                }
                pieces.addAll(fetch.chunks);
            }
        }

        assertThat(cuts).isPositive();
        assertThat(pieces).isEqualTo(whole);
        assertThat(footer(pieces).getCrc32C()).isEqualTo(crc(pieces.subList(0, pieces.size() - 1)));
        assertThat(TransferClient.failure(Status.Code.INVALID_ARGUMENT, () -> client.result(id, 1)
                                .join())
                        .getThing())
                .isEqualTo("offset in the result");
    }

    @Test
    @DisplayName("A result can be followed while its submission waits and runs")
    void followed() {
        chip().delay(Duration.ofSeconds(1)).delay(Duration.ofSeconds(1));
        client.submit(id, small);
        client.submit(second, other);
        clock.awaitPausing(1);
        CompletableFuture<List<ResultChunk>> running = client.result(id, 0);
        CompletableFuture<List<ResultChunk>> waiting = client.result(second, 0);

        clock.advance(Duration.ofSeconds(1));
        assertThat(footer(running.join()).getState()).isEqualTo(DONE);
        assertThat(waiting).isNotDone();
        clock.awaitPausing(1);
        clock.advance(Duration.ofSeconds(1));

        assertThat(footer(waiting.join()).getState()).isEqualTo(DONE);
    }

    @Test
    @DisplayName("A list is one submission: one result with parts; the first part that fails stops the rest")
    void list() {
        List<ResultChunk> whole = client.executing(id, small, other, large).all();
        chip().failWithTimeoutAt(0);
        client.submit(second, small, other, large);
        TransferClient.failure(
                Status.Code.ABORTED, () -> client.result(second, 0).join());

        assertThat(footer(whole).getPartStatesList()).containsExactly(DONE, DONE, DONE);
        assertThat(records(whole).stream().filter(ResultRecord::hasHeader).map(ResultRecord::getPart))
                .containsExactly(0, 1, 2);
        assertThat(client.status(second).getState()).isEqualTo(FAILED);
        assertThat(chip().programs()).containsExactly(small, other, large, small);
    }

    @Test
    @DisplayName("The footer of a list that failed says which parts ran and which were skipped")
    void skipped() {
        chip().failNth(
                        2,
                        new RunFailedException(
                                RUN_FAILED,
                                firstspike.driver.error.ErrorDetail.of("run", "failed", "", "repeat it"),
                                null,
                                null,
                                true));
        client.submit(id, small, other, large);
        TransferClient.Fetch fetch = new TransferClient.Fetch();
        client.awaitState(id, FAILED);
        client.streams()
                .result(
                        ResultRequest.newBuilder()
                                .setSessionId(client.session())
                                .setSubmissionId(id.toString())
                                .build(),
                        fetch);

        assertThat(fetch.done).failsWithin(Duration.ofSeconds(20));
        assertThat(footer(fetch.chunks).getPartStatesList()).containsExactly(DONE, FAILED, SKIPPED);
        assertThat(footer(fetch.chunks).getError().getThing()).isEqualTo("run");
        assertThat(chip().programs()).containsExactly(small, other);
    }

    @Test
    @DisplayName("T248 a program that takes longer than its execution limit fails with EXECUTION_LIMIT")
    void executionLimit() {
        chip().delay(Duration.ofSeconds(10));
        client.submitting(
                        client.header(id, small).toBuilder()
                                .setExecutionLimitMs(1000)
                                .build(),
                        Uploads.chunks(1 << 16, small))
                .one();
        clock.awaitPausing(1);
        CompletableFuture<List<ResultChunk>> result = client.result(id, 0);

        clock.advance(Duration.ofMillis(1001));

        ErrorDetail detail = TransferClient.failure(Status.Code.DEADLINE_EXCEEDED, result::join);
        assertThat(detail.getFieldsMap()).containsEntry("reason", "EXECUTION_LIMIT");
        assertThat(client.status(id).getState()).isEqualTo(FAILED);
    }

    @Test
    @DisplayName("A full spool fails the submission that finds it full, others go on, acknowledging makes room")
    void fullSpool() throws IOException {
        restart(SpoolLimits.defaults().withSpoolBytes(1 << 20));
        answerMuch();
        client.submit(id, small);
        ErrorDetail detail = TransferClient.failure(
                Status.Code.RESOURCE_EXHAUSTED, () -> client.result(id, 0).join());
        assertThat(detail.getFieldsMap())
                .containsEntry("reason", "STORAGE")
                .containsEntry("limit", String.valueOf(1 << 20))
                .containsKey("free");

        try (TransferClient eve = TransferClient.open(server.port(), "eve")) {
            assertThat(footer(eve.executing(id, other).all()).getState()).isEqualTo(DONE);
        }
        assertThat(client.acknowledge(id)).isPositive();
        answerMuch(10_000);
        assertThat(footer(client.executing(second, small).all()).getState()).isEqualTo(DONE);
    }

    @Test
    @DisplayName("A result above the limit is delivered up to there, with its health and a footer that says so")
    void tooLarge() throws IOException {
        restart(SpoolLimits.defaults().withResultBytes(1 << 20, 1 << 30));
        answerMuch();
        client.submit(id, small);
        client.awaitState(id, FAILED);
        TransferClient.Fetch fetch = new TransferClient.Fetch();
        client.streams()
                .result(
                        ResultRequest.newBuilder()
                                .setSessionId(client.session())
                                .setSubmissionId(id.toString())
                                .build(),
                        fetch);

        assertThat(fetch.done).failsWithin(Duration.ofSeconds(20));

        ResultFooter footer = footer(fetch.chunks);
        assertThat(footer.getError().getFieldsMap()).containsEntry("reason", "RESULT_TOO_LARGE");
        assertThat(footer.getSpikes()).isBetween(1L, 299_999L);
        assertThat(records(fetch.chunks)).anyMatch(ResultRecord::hasHealth);
        assertThat(footer.getCrc32C()).isEqualTo(crc(fetch.chunks.subList(0, fetch.chunks.size() - 1)));
    }

    @Test
    @DisplayName("An upload waits while those that will run fill the quota of its user, and goes on when they ran")
    void waitingUpload() throws IOException {
        restart(SpoolLimits.defaults().withUploadBytes(100_000));
        chip().delay(Duration.ofSeconds(1));
        client.submit(id, large);
        clock.awaitPausing(1);
        TransferClient.Call<SubmissionStatus> waiting =
                client.submitting(client.header(second, large), Uploads.chunks(1 << 16, large));
        try (TransferClient eve = TransferClient.open(server.port(), "eve")) {
            eve.submit(id, large);
            assertThat(footer(eve.result(id, 0).join()).getState()).isEqualTo(DONE);
        }
        assertThat(waiting.isDone()).isFalse();

        clock.advance(Duration.ofSeconds(1));

        waiting.one();
        assertThat(footer(client.result(second, 0).join()).getState()).isEqualTo(DONE);
    }

    @Test
    @DisplayName("What is stored of each submission is told, in the order of their arrival")
    void statuses() {
        client.submit(second, small);
        long bytes = end(last(client.result(second, 0).join()));
        client.submitting(client.header(id, large), Uploads.chunks(4_000, large).subList(0, 1));
        awaitReceived(4_000);

        List<SubmissionStatus> all = client.calls()
                .listSubmissions(ListSubmissionsRequest.newBuilder()
                        .setSessionId(client.session())
                        .build())
                .getSubmissionsList();

        assertThat(all).extracting(SubmissionStatus::getSubmissionId).containsExactly(second.toString(), id.toString());
        assertThat(all.get(0).getResultBytes()).isEqualTo(bytes);
        assertThat(all.get(0).getState()).isEqualTo(DONE);
        assertThat(all.get(1).getState()).isEqualTo(UPLOADING);
        assertThat(client.acknowledge(second)).isEqualTo(bytes);
        TransferClient.failure(
                Status.Code.NOT_FOUND, () -> client.result(second, 0).join());
    }

    @Test
    @DisplayName("T256 sessions have virtual chips of their own")
    void chipsOfTheirOwn() {
        try (TransferClient eve = TransferClient.open(server.port(), "eve")) {
            client.executing(id, small).all();
            eve.executing(id, other).all();
        }

        assertThat(chips.opened()).hasSize(2);
        assertThat(chips.opened().get(0).programs()).containsExactly(small);
        assertThat(chips.opened().get(1).programs()).containsExactly(other);
    }

    private void answerMuch() {
        answerMuch(300_000);
    }

    private void answerMuch(int count) {
        ScriptedLink.Spike[] spikes = new ScriptedLink.Spike[count];
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = ScriptedLink.spike(i & 0xffff, i);
        }
        chip().expect(any -> true).answer(spikes);
    }

    private static long end(ResultChunk chunk) {
        return chunk.getOffset() + chunk.getRecord().size();
    }

    private static ResultChunk last(List<ResultChunk> chunks) {
        return chunks.get(chunks.size() - 1);
    }

    private static ResultFooter footer(List<ResultChunk> chunks) {
        List<ResultRecord> records = records(chunks);
        return records.get(records.size() - 1).getFooter();
    }

    /** Everything but the header, which names the submission, and its ordinal. */
    private static List<ResultRecord> contents(List<ResultChunk> chunks) {
        return records(chunks).stream()
                .filter(record -> !record.hasHeader() && !record.hasFooter())
                .toList();
    }

    private static List<ResultRecord> records(List<ResultChunk> chunks) {
        return chunks.stream()
                .map(chunk -> {
                    try {
                        return ResultRecord.parseFrom(chunk.getRecord());
                    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static int crc(List<ResultChunk> chunks) {
        CRC32C crc = new CRC32C();
        chunks.forEach(chunk -> crc.update(chunk.getRecord().asReadOnlyByteBuffer()));
        return (int) crc.getValue();
    }
}
