package firstspike.driver.remote;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.PROTOCOL_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkListener;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.Submission;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.link.TimeBase;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a remote link asks a server for when its calls break at given places. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class TransferTest {

    private static final int CHUNK = 500;

    private final ScriptedLink chip = new ScriptedLink();
    private final TestClock clock = TestClock.jumping();
    private final List<String> heard = new ArrayList<>();
    private ScriptedService service;
    private ChipLink link;

    @BeforeEach
    void open() throws IOException {
        service = ScriptedService.start(chip);
        link = open(clock);
    }

    private ChipLink open(WallClock by) {
        LinkOptions options = LinkOptions.defaults().withListener(new LinkListener() {
            @Override
            public void lost(String target, int attempt, Duration wait, String cause) {
                heard.add("lost " + attempt + " " + cause);
            }

            @Override
            public void back(String target, Duration lost, int repeated) {
                heard.add("back " + repeated);
            }
        });
        return GrpcProvider.source(TargetUri.parse("grpc://127.0.0.1:" + service.port()), options, by, CHUNK)
                .open(new ChipId("mock"), options);
    }

    @AfterEach
    void close() {
        link.close();
        service.close();
    }

    /** The program of the test, with so many instructions. */
    private static PlaybackProgram program(int instructions) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < instructions / 2; i++) {
            builder.write(i, 3 * i);
        }
        return builder.done();
    }

    /** A program whose result has several records: 100,000 answers of 32,768 a record. */
    private static PlaybackProgram reading() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.read(new int[100_000], words -> words);
        return builder.done();
    }

    @Test
    @DisplayName(
            "T238 an upload that broke goes on behind what the server has, and the result is that of an unbroken one")
    void uploadResumes() {
        PlaybackProgram program = program(2500);
        service.breakUploadAfter(3);

        RunResult result = link.run(program, RunOptions.defaults());

        assertThat(service.calls())
                .containsSubsequence(
                        "execute 1",
                        "chunk 0 at 0",
                        "chunk 0 at 500",
                        "chunk 0 at 1000",
                        "get [1500]",
                        "submit 1",
                        "chunk 0 at 1500",
                        "chunk 0 at 2000",
                        "result 0");
        assertThat(service.calls()).filteredOn(call -> call.startsWith("chunk")).hasSize(program.size() / CHUNK);
        assertThat(chip.programs()).hasSize(1);
        assertThat(chip.programs().get(0).words()).isEqualTo(program.words());
        assertThat(result.health().count(HealthKeys.LINK_RECONNECTS)).isEqualTo(1);
        assertThat(result.provenance().programSha256()).isEqualTo(program.sha256());
        assertThat(heard).containsExactly("lost 1 cut", "back 0");
    }

    @Test
    @DisplayName("T238 an upload of a list goes on in the program that broke")
    void uploadOfListResumes() {
        service.breakUploadAfter(4);

        link.run(List.of(program(600), program(1200), program(200)), RunOptions.defaults());

        assertThat(service.calls())
                .containsSubsequence("get [600, 1000]", "submit 3", "chunk 1 at 1000", "chunk 2 at 0", "result 0");
        assertThat(chip.programs()).hasSize(3);
    }

    @Test
    @DisplayName("T240 a result that broke goes on at the end of its last whole record, and is whole")
    void resultResumes() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<int[]> ticket = builder.read(new int[100_000], words -> words);
        PlaybackProgram program = builder.done();
        chip.onRead(0, IntStream.range(0, 100_000).toArray());
        service.breakResultAfter(3);

        RunResult result = link.run(program, RunOptions.defaults());

        assertThat(result.get(ticket)).isEqualTo(IntStream.range(0, 100_000).toArray());
        assertThat(service.calls())
                .filteredOn(call -> call.startsWith("result"))
                .hasSize(1)
                .noneMatch("result 0"::equals);
        assertThat(chip.programs()).hasSize(1);
        assertThat(result.health().count(HealthKeys.LINK_RECONNECTS)).isEqualTo(1);
    }

    @Test
    @DisplayName("T240 a result that breaks after every record arrives whole, each record once")
    void resultBreaksOften() {
        List<Long> positions = new ArrayList<>();
        service.breakResultAfter(1);

        link.stream(reading(), RunOptions.defaults(), new Collecting() {
            @Override
            public void responses(ResponseKind kind, long first, long[] values, long[] times) {
                positions.add(first);
                service.breakResultAfter(1);
            }
        });

        assertThat(positions).containsExactly(0L, 32_768L, 65_536L, 98_304L);
        assertThat(chip.programs()).hasSize(1);
    }

    @Test
    @DisplayName("T241 a result without footer is never handed out as complete")
    void noFooter() {
        Collecting listener = new Collecting();
        service.breakResultAfter(2);
        listener.onResponses =
                () -> service.refuse(Status.UNAVAILABLE.withDescription("gone").asRuntimeException());

        LinkLostException lost = catchThrowableOfType(
                LinkLostException.class, () -> link.stream(reading(), RunOptions.defaults(), listener));

        assertThat(lost).hasMessageContaining("attempts").hasMessageContaining("gone");
        assertThat(lost.partialResult()).isEmpty();
        assertThat(listener.health).isNull();
        assertThat(Duration.ofNanos(clock.nanoTime())).isLessThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(heard).noneMatch(line -> line.startsWith("back"));
    }

    @Test
    @DisplayName("A list is one submission; the first program that fails ends it and tells what came of it")
    void failingList() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<Integer> word = builder.read(0x10);
        PlaybackProgram reads = builder.done();
        chip.onRead(0x10, 9);
        chip.expect(program -> {
            if (program.size() == reads.size()) {
                chip.failWithTimeoutAt(1);
                return true;
            }
            return false;
        });

        InstructionTimeoutException timeout = catchThrowableOfType(
                InstructionTimeoutException.class,
                () -> link.run(List.of(program(10), reads, program(20)), RunOptions.defaults()));

        assertThat(RunResult.before(timeout).orElseThrow().get(word)).isEqualTo(9);
        assertThat(chip.programs()).hasSize(2);
        assertThat(service.calls())
                .filteredOn(call -> call.startsWith("execute"))
                .containsExactly("execute 3");
        assertThat(link.run(List.of(), RunOptions.defaults())).isEmpty();
        assertThat(link.run(List.of(program(4), program(6)), RunOptions.forSetup()))
                .hasSize(2);
    }

    @Test
    @DisplayName(
            "T252 after its connection went the link attaches again with its token, and queued work is still there")
    void attachesAgain() throws Exception {
        service.hold();
        Submission first = link.submit(program(10), RunOptions.defaults());
        Submission second = link.submit(program(20), RunOptions.defaults());
        service.await("result");

        service.detach();
        String snapshot = idleThenSnapshot();

        assertThat(snapshot).isEqualTo("s1");
        assertThat(first.result(Duration.ofSeconds(20))).isNotNull();
        assertThat(second.result(Duration.ofSeconds(20))).isNotNull();
        service.await("attach true true from 42");
        assertThat(service.calls()).contains("attach true true from 0", "list");
        assertThat(service.calls()).filteredOn("open"::equals).hasSize(1);
        assertThat(chip.programs()).hasSize(2);
    }

    /** A snapshot waits for what was submitted, so that is let go first. */
    private String idleThenSnapshot() {
        service.release();
        return link.snapshot();
    }

    @Test
    @DisplayName("Three heartbeats missed are a broken connection, also for a call that waits")
    void silence() throws Exception {
        TestClock still = TestClock.stopped();
        link.close();
        link = open(still);
        service.hold();
        Submission waiting = link.submit(program(10), RunOptions.defaults());
        service.await("result");

        still.advance(Duration.ofSeconds(15));
        still.awaitPausing(1);
        service.release();
        still.advance(Duration.ofSeconds(1));

        assertThat(waiting.result(Duration.ofSeconds(20)).health().count(HealthKeys.LINK_RECONNECTS))
                .isEqualTo(1);
        assertThat(heard).first().isEqualTo("lost 1 no sign of life for 15 s");
        assertThat(chip.programs()).hasSize(1);
    }

    @Test
    @DisplayName("T255 what a restarted server does not know is not submitted again")
    void forgotten() {
        service.breakResultAfter(1);
        PlaybackProgram program = program(10);
        chip.expect(any -> {
            service.refuse(WireErrors.status(new SessionUnknownException(
                    ErrorDetail.of("session", ScriptedService.SESSION, "", "open a new one")
                            .with(ErrorDetail.REASON, "SESSION_UNKNOWN"),
                    null,
                    null,
                    false)));
            return true;
        });

        SessionUnknownException unknown =
                catchThrowableOfType(SessionUnknownException.class, () -> link.run(program, RunOptions.defaults()));

        assertThat(unknown.detail().fields())
                .containsEntry("reason", "SESSION_UNKNOWN")
                .containsKey("lost_ms");
        assertThat(service.calls())
                .filteredOn(call -> call.matches("(execute|submit).*"))
                .hasSize(1);
    }

    @Test
    @DisplayName("T257 a server of another major version is told apart from one that does not answer, at the first try")
    void otherVersion() {
        service.refuse(WireErrors.status(new UnsupportedOnTargetException(
                PROTOCOL_VERSION,
                ErrorDetail.of("protocol version of the client", "1.0", "2.x", "use the same generation")
                        .with(ErrorDetail.REASON, "VERSION")
                        .with("server", "2.0")
                        .with("client", "1.0"),
                null)));

        assertThatThrownBy(() -> open(clock))
                .returns("PROTOCOL_VERSION", error -> ((ChipException) error).code())
                .isInstanceOfSatisfying(UnsupportedOnTargetException.class, e -> assertThat(
                                e.detail().fields())
                        .containsEntry("server", "2.0")
                        .containsEntry("client", "1.0"));
        assertThat(service.calls()).filteredOn("open"::equals).hasSize(2);
    }

    @Test
    @DisplayName(
            "A deadline that passes while the connection is broken ends the wait; the cancel follows with the connection")
    void deadlineWhileBroken() throws Exception {
        service.breakUploadAfter(0);
        service.refuse(null);
        chip.expect(any -> true);
        PlaybackProgram program = program(10);

        assertThatThrownBy(() -> link.run(program, RunOptions.defaults().withDeadline(Duration.ofMillis(1))))
                .isInstanceOf(DeadlineExceededException.class);
        link.run(program, RunOptions.defaults());

        assertThat(service.calls()).containsSubsequence("execute 1", "list", "execute 1");
        service.await("cancel");
    }

    @Test
    @DisplayName("Streams, snapshots and the re-initialisation stack go over the wire")
    void otherCalls() {
        Collecting listener = new Collecting();
        ProgramSource source = ProgramSource.of(1200, i -> program(2).word((int) (i & 1)));
        link.stream(source, RunOptions.defaults(), listener);
        ReinitStack stack = link.reinit();

        assertThat(stack.push(program(600), Optional.of(program(20)))).isZero();
        assertThat(stack.push(program(2), Optional.empty())).isEqualTo(1);
        stack.update(0, program(4), Optional.empty());
        stack.enforce();
        stack.pop();
        link.restore(link.snapshot());

        assertThat(chip.programs().get(0).size()).isEqualTo(1200);
        assertThat(listener.health.timeBase()).isEqualTo(TimeBase.UNSYNCED);
        assertThat(listener.provenance.programSha256())
                .isEqualTo(chip.programs().get(0).sha256());
        assertThat(service.calls())
                .containsSubsequence(
                        "reinit 0 part 0: 500 part 0: 100 part 1: 20",
                        "reinit 1 part 0: 2",
                        "reinit 0 part 0: 4",
                        "reinit 1 enforce",
                        "pop 1",
                        "snapshot",
                        "restore s1");
        assertThatThrownBy(() -> stack.update(1, program(2), Optional.empty()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("REINIT_ORDER", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("A submitted program is queued by the server and cancelled there")
    void submitted() throws Exception {
        service.hold();
        Submission first = link.submit(program(10), RunOptions.defaults());
        service.await("result");

        assertThat(first.state()).isEqualTo(Submission.State.QUEUED);
        first.cancel();
        service.await("cancel");
        assertThatThrownBy(() -> first.result(Duration.ofMillis(1))).isInstanceOf(DeadlineExceededException.class);
        service.release();
        assertThat(first.asFuture().get()).isNotNull();
        assertThat(first.state()).isEqualTo(Submission.State.DONE);
    }

    @Test
    @DisplayName("A server that is about to stop is not back when it answers: its refusals count as one outage")
    void draining() {
        service.refuseUploads(WireErrors.status(new ChipBusyException(
                ErrorDetail.of("server", "draining", "", "wait for its successor")
                        .with(ErrorDetail.REASON, "DRAINING"),
                null)));

        ChipBusyException busy =
                catchThrowableOfType(ChipBusyException.class, () -> link.run(program(10), RunOptions.defaults()));

        assertThat(busy.detail().fields()).containsEntry("reason", "DRAINING");
        assertThat(Duration.ofNanos(clock.nanoTime())).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
        assertThat(heard).noneMatch(line -> line.startsWith("back"));
        assertThat(chip.programs()).isEmpty();
    }

    /** Keeps the end of a stream. */
    private static class Collecting implements RunListener {
        private RunHealth health;
        private Provenance provenance;
        private Runnable onResponses = () -> {};

        @Override
        public void spikes(SpikeColumns spikes) {
            // none are scripted
        }

        @Override
        public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
            onResponses.run();
        }

        @Override
        public void ran(Provenance origin) {
            provenance = origin;
        }

        @Override
        public void finished(RunHealth ofRun) {
            health = ofRun;
        }
    }
}
