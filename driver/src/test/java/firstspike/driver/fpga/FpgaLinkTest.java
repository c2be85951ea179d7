package firstspike.driver.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TestClock;
import firstspike.driver.link.TimeBase;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.Container;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FpgaLinkTest {

    private static final int REGISTER = 0x8800_0009;
    private static final long TICK = ToFpga.tick();
    private static final long READ = ToFpga.omnibusRead(REGISTER);
    private static final int BEFORE = HealthReads.WHOLE.before().length;
    private static final int AFTER = HealthReads.WHOLE.after().length;

    private final TestClock clock = TestClock.stopped();
    private final ScriptedFpga fpga = new ScriptedFpga();
    private final ScriptedSessions sessions = new ScriptedSessions(fpga);
    private FpgaSource source;
    private FpgaLink link;

    @BeforeEach
    void open() {
        source = FpgaSource.scripted("fpga://192.0.2.1", FpgaOptions.defaults().withClock(clock), sessions);
        link = open(source);
    }

    private static FpgaLink open(FpgaSource source) {
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @AfterEach
    void close() {
        link.close();
        source.close();
    }

    private static PlaybackProgram program(long... words) {
        return PlaybackProgram.ofWords(words);
    }

    private RunResult run(long... words) {
        return link.run(program(words), RunOptions.defaults());
    }

    @Test
    @DisplayName("W120 the link appends exactly one halt, behind the health reads")
    void oneHalt() {
        run(ToFpga.spike(1), TICK);

        long[] sent = fpga.programs().get(0);
        assertThat(Arrays.stream(sent).filter(word -> word == ToFpga.HALT)).hasSize(1);
        assertThat(sent[sent.length - 1]).isEqualTo(ToFpga.HALT);
        assertThat(Arrays.copyOfRange(sent, BEFORE, sent.length - 1 - AFTER)).containsExactly(ToFpga.spike(1), TICK);
    }

    @Test
    @DisplayName("W120 a halt among the user's words is refused before anything is sent")
    void userHalt() {
        ProgramSource words = ProgramSource.of(30_000, index -> index == 29_999 ? ToFpga.HALT : TICK);

        ProgramRejectedException refused = catchThrowableOfType(
                ProgramRejectedException.class,
                () -> link.stream(words, RunOptions.defaults(), new CollectingListener()));
        assertThat(refused.code()).isEqualTo("UNEXPECTED_HALT");

        assertThat(refused.detail().instructionIndex()).hasValue(29_999);
        assertThat(code(refused)).isEqualTo(WireException.Code.UNEXPECTED_HALT);
        assertThat(fpga.programs()).isEmpty();
        assertThat(fpga.unfinished()).isZero();
    }

    @Test
    @DisplayName("W121 missing answers: kind, expected and received, the rest in the partial result")
    void missingAnswer() {
        fpga.register(REGISTER, 7).script((word, index, out) -> word == READ && index == BEFORE + 1);

        IncompleteResponseException failed =
                catchThrowableOfType(IncompleteResponseException.class, () -> run(READ, READ, READ, TICK));

        assertThat(failed.detail().fields())
                .containsEntry("kind", "OMNIBUS")
                .containsEntry("expected", "3")
                .containsEntry("received", "2");
        assertThat(code(failed)).isEqualTo(WireException.Code.RESPONSE_COUNT);
        assertThat(RunResult.before(failed)).hasValueSatisfying(partial -> {
            assertThat(partial.responses(ResponseKind.OMNIBUS)).isEqualTo(2);
            assertThat(partial.responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        });
        assertThat(run(READ).responses(ResponseKind.OMNIBUS)).isEqualTo(1);
    }

    @Test
    @DisplayName("W121 too many answers: kind, expected and received")
    void surplusAnswer() {
        for (ResponseKind kind : ResponseKind.values()) {
            fpga.script((word, index, out) -> {
                if (word == READ) {
                    answer(kind, out);
                }
                return false;
            });

            IncompleteResponseException failed = catchThrowableOfType(
                    IncompleteResponseException.class, () -> run(TICK, READ, ToFpga.barrier(1), TICK));

            long expected = kind == ResponseKind.JTAG ? 0 : kind == ResponseKind.OMNIBUS ? 1 : 2;
            assertThat(failed.detail().fields())
                    .containsEntry("kind", kind.name())
                    .containsEntry("expected", Long.toString(expected))
                    .containsEntry("received", Long.toString(expected + 1));
        }
    }

    private static void answer(ResponseKind kind, TraceMessages out) {
        switch (kind) {
            case OMNIBUS -> out.omnibus(1);
            case JTAG -> out.jtag(1);
            case LOOPBACK -> out.loopback(false);
        }
    }

    @Test
    @DisplayName("W121 answers without end are cut off, and the next program runs in a new session")
    void endlessAnswers() {
        fpga.script((word, index, out) -> {
            for (int i = 0; index == BEFORE + 1 && i < 100_000; i++) {
                out.jtag(i);
            }
            return false;
        });

        IncompleteResponseException failed =
                catchThrowableOfType(IncompleteResponseException.class, () -> run(READ, TICK));

        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(failed.detail().fields()).containsEntry("kind", "JTAG").containsEntry("expected", "0");
        assertThat(run(TICK).health().notes()).anyMatch(note -> note.name().equals("link-rebuilt"));
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("W122 a time-out notification: index in the user's program, instruction, ten before it, counters")
    void timeout() {
        fpga.script((word, index, out) -> {
            if (index == BEFORE + 13) {
                out.timeout(index, 5, 3);
            }
            return index > BEFORE + 1 && word != ToFpga.HALT;
        });
        PlaybackProgram stuck = PlaybackProgram.ofWords(new long[] {
            TICK,
            READ,
            ToFpga.waitUntil(2),
            ToFpga.waitUntil(3),
            ToFpga.waitUntil(4),
            ToFpga.waitUntil(5),
            ToFpga.waitUntil(6),
            ToFpga.waitUntil(7),
            ToFpga.waitUntil(8),
            ToFpga.waitUntil(9),
            ToFpga.waitUntil(10),
            ToFpga.waitUntil(11),
            ToFpga.waitUntil(12),
            ToFpga.barrier(1),
            TICK
        });

        InstructionTimeoutException failed =
                catchThrowableOfType(InstructionTimeoutException.class, () -> link.run(stuck, RunOptions.defaults()));

        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(failed.detail().instructionIndex()).hasValue(13);
        assertThat(failed.detail().value()).contains("Barrier 1").contains("13 of 15");
        assertThat(failed.detail().fields())
                .containsEntry("trace_stall", "5")
                .containsEntry("reads_in_flight", "3")
                .containsKey("fpga_time");
        assertThat(failed.detail().fields().get("context").lines())
                .hasSize(11)
                .first()
                .asString()
                .isEqualTo("3 WaitUntil 3");
        assertThat(code(failed)).isEqualTo(WireException.Code.INSTRUCTION_TIMEOUT);
        assertThat(RunResult.before(failed).orElseThrow().responses(ResponseKind.LOOPBACK))
                .isEqualTo(1);
        assertThat(run(TICK).health().notes()).anyMatch(note -> note.name().equals("link-rebuilt"));
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("W122 T191 a time-out index at the halt, in the health reads or beyond is told as that")
    void timeoutIndex() {
        assertThat(timeoutAt(BEFORE + 2 + AFTER)).contains("at halt").contains("2 of 2");
        assertThat(timeoutAt(BEFORE + 2 + AFTER + 5)).contains("index invalid").contains("7 of 2");
        assertThat(timeoutAt(0xffff_ffffL)).contains("index invalid");
        assertThat(timeoutAt(0)).contains("in front of the program");
        assertThat(timeoutAt(BEFORE + 2)).contains("behind the program");
    }

    private String timeoutAt(long index) {
        fpga.script((word, at, out) -> {
            if (word == ToFpga.HALT) {
                out.timeout(index, 0, 0);
            }
            return false;
        });
        return catchThrowableOfType(InstructionTimeoutException.class, () -> run(TICK, TICK))
                .detail()
                .value();
    }

    @Test
    @DisplayName("W123 no halt: an error at the deadline, not before, with what arrived")
    void noHalt() {
        fpga.script((word, index, out) -> {
            if (word == READ && index >= BEFORE) {
                out.spikes(2, 0x01_0001, 0x02_0002, 0);
            }
            return word == ToFpga.HALT;
        });
        int flushes = sessions.flushes();
        CompletableFuture<RunResult> running =
                CompletableFuture.supplyAsync(() -> run(READ, ToFpga.waitUntil(125_000)));
        sessions.awaitFlushes(flushes + 1);

        clock.advance(Duration.ofMillis(10_002));
        assertThat(running).isNotDone();
        clock.advance(Duration.ofMillis(2));

        DeadlineExceededException failed = (DeadlineExceededException) failure(running);
        assertThat(failed.detail().fields()).containsEntry("reason", "EXECUTION_LIMIT");
        assertThat(code(failed)).isEqualTo(WireException.Code.RUN_TIMEOUT);
        assertThat(failed.chipStateKnown()).isFalse();
        RunResult partial = RunResult.before(failed).orElseThrow();
        assertThat(partial.responses(ResponseKind.OMNIBUS)).isEqualTo(1);
        assertThat(partial.spikes().size()).isEqualTo(2);
        assertThat(run(TICK).health().notes()).anyMatch(note -> note.name().equals("link-rebuilt"));
    }

    private static Throwable failure(CompletableFuture<?> running) {
        try {
            running.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no failure");
    }

    @Test
    @DisplayName("W124 T212 a program that fills the playback memory is sent whole, one word more is refused")
    void size() {
        long[] words = new long[PlaybackProgram.MAX_INSTRUCTIONS];
        Arrays.fill(words, ToFpga.spike(3));
        RunResult full = run(words);

        assertThat(full.health().count(HealthKeys.EVENTS_SENT)).isEqualTo(PlaybackProgram.MAX_INSTRUCTIONS);
        assertThat(full.health().streamed()).isFalse();
        assertThat(fpga.programs().get(0)).hasSize(PlaybackProgram.MAX_INSTRUCTIONS + 1);

        long[] more = Arrays.copyOf(words, words.length + 1);
        more[words.length] = words[0];
        assertThatThrownBy(() -> run(more))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("4194305")
                .hasMessageContaining("4194304");
        assertThat(fpga.programs()).hasSize(1);

        RunResult streamed = link.run(program(more), RunOptions.defaults().allowingStreaming());
        assertThat(streamed.health().streamed()).isTrue();
    }

    @Test
    @DisplayName("W124 more answers than the trace memory holds are refused unless streaming is allowed")
    void traceSize() {
        int reads = PlaybackProgram.MAX_INSTRUCTIONS / 2 + 1;
        ProgramSource words = ProgramSource.of(reads, index -> READ);

        assertThatThrownBy(() -> link.stream(words, RunOptions.defaults(), new CollectingListener()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("trace messages");
        assertThatThrownBy(() -> link.stream(
                        ProgramSource.of((1L << 26) + 1, index -> TICK),
                        RunOptions.defaults().allowingStreaming(),
                        new CollectingListener()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("67108864");
        assertThat(fpga.programs()).isEmpty();
    }

    @Test
    @DisplayName("W125 a packet type that nobody expects ends the session")
    void packetType() {
        fpga.script((word, index, out) -> {
            if (word == TICK && index == BEFORE) {
                sessions.current().frame(0x8001, 1);
            }
            return false;
        });

        LinkLostException failed = catchThrowableOfType(LinkLostException.class, () -> run(TICK));

        assertThat(code(failed)).isEqualTo(WireException.Code.UNKNOWN_PACKET_TYPE);
        assertThat(failed).hasMessageContaining("0x8001");
        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("W126 a link notification with error bits: a warning that names link and bits, and the run goes on")
    void linkNotification() {
        fpga.script((word, index, out) -> {
            if (index == BEFORE) {
                out.linkNotification(3 << 5 | 0x0d);
                out.linkNotification(3 << 5 | 0x04);
            }
            return false;
        });

        RunResult result = run(TICK, READ);

        assertThat(result.notifications()).hasSize(2);
        assertThat(result.health().notes()).anySatisfy(note -> {
            assertThat(note.name()).isEqualTo("link-warning");
            assertThat(note.count()).isEqualTo(2);
            assertThat(note.text()).contains("3", "decode error", "CRC error", "check error");
        });
        assertThat(result.health().count(HealthKeys.LINK_NOTIFICATIONS)).isEqualTo(2);
    }

    @Test
    @DisplayName("W127 the second program of a session starts aligned, with its own clock and answers")
    void twoPrograms() {
        fpga.script((word, index, out) -> {
            if (word == ToFpga.HALT) {
                out.spikes(3, 1, 2, 3);
            }
            return false;
        });
        RunResult first = run(TICK, READ);
        sessions.current().frame(0x10, 0x0100_0000_dead_beefL, 0x0a00_0000_0001_0001L);
        RunResult second = run(TICK, READ);

        assertThat(first.times(ResponseKind.LOOPBACK)).containsExactly(1);
        assertThat(first.timeBase()).isEqualTo(TimeBase.UNSYNCED);
        assertThat(second.times(ResponseKind.LOOPBACK)).containsExactly(1);
        assertThat(second.times(ResponseKind.OMNIBUS)).containsExactly(2);
        assertThat(second.values(ResponseKind.OMNIBUS)).containsExactly(0);
        assertThat(second.spikes().size()).isZero();
        assertThat(fpga.sessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("W128 the halt wakes the waiting thread, no clock is needed")
    void woken() throws Exception {
        int flushes = sessions.flushes();
        fpga.script((word, index, out) -> word == ToFpga.HALT);
        CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(() -> run(TICK));
        sessions.awaitFlushes(flushes + 1);

        sessions.current().frame(0x10, 0x0200_0000_0000_0000L);

        assertThat(running.get(20, TimeUnit.SECONDS).responses(ResponseKind.LOOPBACK))
                .isEqualTo(1);
        assertThat(clock.nanoTime()).isZero();
    }

    @Test
    @DisplayName("While the FPGA works, words that mean nothing find out whether it is still there")
    void keepAlive() throws InterruptedException {
        int flushes = sessions.flushes();
        fpga.script((word, index, out) -> word == ToFpga.HALT);
        CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(() -> run(TICK));
        sessions.awaitFlushes(flushes + 1);
        sessions.awaitIdleWord();

        sessions.current().fail(WireException.Code.MAX_RESENDS);

        assertThat(failure(running)).isInstanceOf(LinkLostException.class);
    }

    @Test
    @DisplayName(
            "T070 R013 a register that hardware cannot read back is refused by name, nothing is sent; writing is fine")
    void unreadable() {
        int node = Container.CROSSBAR_NODE.layout().readAddresses(5)[0];

        assertThatThrownBy(() -> run(TICK, ToFpga.omnibusRead(node)))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .hasMessageContaining("CrossbarNode 5")
                .hasMessageContaining("fpga://192.0.2.1")
                .hasMessageContaining("instruction 1");
        assertThat(fpga.programs()).isEmpty();
        run(ToFpga.omnibusWrite(node), ToFpga.omnibusData(1));
        assertThat(fpga.programs()).hasSize(1);
    }

    @Test
    @DisplayName("Without a map in the information text the chip is hardware, named after its device")
    void hardware() {
        ChipDescription chip = link.describe();

        assertThat(chip.kind()).isEqualTo(ChipDescription.Kind.HARDWARE);
        assertThat(chip.chipId().value()).isEqualTo("hw-1234");
        assertThat(chip.fidelity()).isEqualTo("hardware");
        assertThat(chip.needsCalibration()).isTrue();
        assertThat(chip.inputLatencyTicks()).isEmpty();
        assertThat(chip.properties())
                .containsEntry("jtag_id", "0x348580af")
                .containsEntry("device_dna", "1234")
                .containsEntry("bitfile_version", "1");
    }

    @Test
    @DisplayName("Health: differences of the counters around the program, answers of the user untouched")
    void health() {
        int drops = Container.CROSSBAR_INPUT_DROP_COUNTER.layout().readAddresses(4)[0];
        fpga.register(drops, 0xfffe).register(REGISTER, 42);
        fpga.script((word, index, out) -> {
            if (word == TICK && index == BEFORE) {
                fpga.register(drops, 3);
                out.spikes(1, 5, 0, 0);
            } else if (word == TICK && index > BEFORE) {
                out.spikes(2, 6, 7, 0);
                out.loopback(false);
                out.spikes(3, 8, 9, 10);
                return true;
            }
            return false;
        });

        RunResult result = run(TICK, READ, ToFpga.spikes(1, 2));

        assertThat(result.values(ResponseKind.OMNIBUS)).containsExactly(42);
        assertThat(result.spikes().size()).isEqualTo(3);
        assertThat(result.health().counters())
                .containsEntry(HealthKeys.CROSSBAR_INPUT_DROPS + 4, 5L)
                .containsEntry(HealthKeys.DROPPED_CROSSBAR, 5L)
                .containsEntry(HealthKeys.CROSSBAR_OUTPUT_EVENTS + 11, 0L)
                .containsEntry(HealthKeys.EVENTS_SENT, 2L)
                .containsEntry(HealthKeys.EVENTS_RECEIVED, 3L)
                .containsEntry(HealthKeys.LINK_LINKS_UP, 8L)
                .doesNotContainKey(HealthKeys.VIRTUAL_TICKS);
        assertThat(result.health().notes()).anySatisfy(note -> {
            assertThat(note.name()).isEqualTo("events-after-end");
            assertThat(note.count()).isEqualTo(3);
        });
    }

    @Test
    @DisplayName("A program that resets the chip is not preceded by reads that the chip could not answer")
    void healthOfReset() {
        run(ToFpga.reset(true), ToFpga.timerSetup(), ToFpga.waitUntil(10), ToFpga.reset(false));

        assertThat(fpga.programs().get(0)).hasSize(2 * HealthReads.FPGA.before().length + 4 + 1);
    }

    @Test
    @DisplayName("A session that breaks in a run: what arrived is told, the state is unknown, the next run opens again")
    void lost() {
        fpga.register(REGISTER, 9).script((word, index, out) -> {
            if (index == BEFORE + 2) {
                sessions.current().fail(WireException.Code.MAX_RESENDS);
            }
            return false;
        });
        fpga.script((word, index, out) -> false);

        LinkLostException failed = catchThrowableOfType(LinkLostException.class, () -> run(READ, READ, TICK, READ));

        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(code(failed)).isEqualTo(WireException.Code.MAX_RESENDS);
        assertThat(failed.detail().fields())
                .containsEntry("expected.omnibus", "3")
                .containsKey("received.omnibus")
                .containsKey("complete_until_ticks");
        assertThat(failed.partialResult()).isPresent();
        assertThat(run(READ).values(ResponseKind.OMNIBUS)).containsExactly(9);
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("An interrupt ends the sending, waits for the halt, and leaves the session usable")
    void cancelled() throws Exception {
        int flushes = sessions.flushes();
        fpga.script((word, index, out) -> word == ToFpga.HALT);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread runner =
                new Thread(() -> outcome.complete(catchThrowableOfType(CancelledException.class, () -> run(TICK))));
        runner.start();
        sessions.awaitFlushes(flushes + 1);

        runner.interrupt();
        assertThat(outcome).isNotDone();
        sessions.current().frame(0x10, 0x0200_0000_0000_0000L);

        CancelledException failed = (CancelledException) outcome.get(20, TimeUnit.SECONDS);
        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(RunResult.before(failed).orElseThrow().responses(ResponseKind.LOOPBACK))
                .isEqualTo(1);
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        assertThat(fpga.sessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("An interrupt while words are sent sends the halt at once")
    void cancelledWhileSending() {
        Thread self = Thread.currentThread();
        fpga.script((word, index, out) -> {
            if (index == 10_000) {
                self.interrupt();
            }
            return false;
        });
        long[] words = new long[60_000];
        Arrays.fill(words, ToFpga.spike(1));

        assertThatThrownBy(() -> run(words)).isInstanceOf(CancelledException.class);

        assertThat(fpga.programs().get(0)).hasSizeLessThan(30_000).endsWith(ToFpga.HALT);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
    }

    @Test
    @DisplayName("A deadline gives up at once, and the next run opens the session again")
    void deadline() {
        int flushes = sessions.flushes();
        fpga.script((word, index, out) -> word == ToFpga.HALT);
        CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(
                () -> link.run(program(TICK), RunOptions.defaults().withDeadline(Duration.ofMillis(50))));
        sessions.awaitFlushes(flushes + 1);

        clock.advance(Duration.ofMillis(50));

        DeadlineExceededException failed = (DeadlineExceededException) failure(running);
        assertThat(failed.detail().fields()).containsEntry("reason", "CALL_DEADLINE");
        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        assertThat(fpga.sessions()).isEqualTo(2);
    }

    @Test
    @DisplayName("Words that are no messages lose the link, and the next run opens the session again")
    void unknownHeader() {
        fpga.script((word, index, out) -> {
            if (index == BEFORE) {
                sessions.current().frame(0x10, 0x7f00_0000_0000_0000L);
            }
            return false;
        });

        LinkLostException failed = catchThrowableOfType(LinkLostException.class, () -> run(TICK));

        assertThat(code(failed)).isEqualTo(WireException.Code.UNKNOWN_HEADER);
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
    }

    @Test
    @DisplayName("A result beyond the limit is cut, typed, and the link goes on")
    void tooLarge() {
        fpga.script((word, index, out) -> {
            for (int i = 0; word == TICK && index == BEFORE && i < 70_000; i++) {
                out.linkNotification(0x10);
            }
            return false;
        });

        ResultTooLargeException failed = catchThrowableOfType(ResultTooLargeException.class, () -> run(TICK));

        assertThat(failed.partialResult()).isPresent();
        assertThat(failed.chipStateKnown()).isFalse();
        assertThat(run(TICK).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
    }

    private static WireException.Code code(Throwable error) {
        return ((WireException) error.getCause()).code();
    }
}
