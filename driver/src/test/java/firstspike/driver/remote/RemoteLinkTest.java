package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.InternalChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.Submission;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.link.TimeBase;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerLimits;
import firstspike.driver.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A remote link against a real server on a loopback socket, with scripted chips behind it. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class RemoteLinkTest {

    private static final LinkOptions QUICK =
            LinkOptions.defaults().withPatience(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestClock clock = TestClock.stopped();
    private final ScriptedLink chip = new ScriptedLink(clock);

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    @DisplayName("Everything in a result comes through unchanged")
    void wholeResult() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<Integer> word = builder.read(0x10);
        Ticket<Long> jtag = builder.jtagRead(1, 32, 0);
        Ticket<Marker> marker = builder.marker();
        PlaybackProgram program = builder.done();
        chip.onRead(0x10, 0xdeadbeef).emit(0xffff, 7).emit(3, 1L << 40).timeBase(TimeBase.SYNCED);
        RemoteLink link = link(serve(chip));

        RunResult result = link.run(program, RunOptions.defaults());

        assertThat(result.get(word)).isEqualTo(0xdeadbeef);
        assertThat(result.get(jtag)).isZero();
        assertThat(result.fpgaTime(marker)).isEqualTo(3);
        assertThat(result.spikes().chipTimes()).containsExactly(7, 1L << 40);
        assertThat(result.spikes().label(0)).isEqualTo(0xffff);
        assertThat(result.timeBase()).isEqualTo(TimeBase.SYNCED);
        assertThat(result.health().count(HealthKeys.EVENTS_RECEIVED)).isEqualTo(2);
        assertThat(result.health().counters()).doesNotContainKey(HealthKeys.LINK_RECONNECTS);
        assertThat(result.health().notes()).isEqualTo(program.notes()).isNotEmpty();
        assertThat(result.provenance().programSha256()).isEqualTo(program.sha256());
        assertThat(result.provenance().programOrdinal()).isZero();
        assertThat(result.provenance().chip()).isEqualTo(link.describe());
        assertThat(result.provenance().session()).isNotEmpty();
    }

    @Test
    @DisplayName("T172 the empty program runs")
    void emptyProgram() {
        RunResult result = link(serve(chip)).run(PlaybackProgram.builder().done(), RunOptions.forSetup());

        assertThat(result.spikes().size()).isZero();
        assertThat(result.provenance().programOrdinal()).isEqualTo(-1);
        assertThat(chip.options()).containsExactly(RunOptions.forSetup());
    }

    @Test
    @DisplayName("The description comes over the wire whole, with the client's URI")
    void description() {
        TreeMap<String, String> properties = new TreeMap<>();
        properties.put("seed", "7");
        ChipDescription described = new ChipDescription(
                ChipDescription.Kind.EMULATOR,
                "emu:varied?seed=7",
                new ChipId("emu-varied-7"),
                "varied",
                3,
                true,
                "1.2.3",
                8000,
                OptionalLong.of(42),
                OptionalLong.empty(),
                1 << 22,
                properties);
        ChipServer server = serve(new ScriptedLink(clock, described));
        properties.put("server.target", "emu:varied?seed=7");

        ChipSource source = source(server, QUICK);
        ChipLink link = source.open(source.chips().get(0).chipId(), QUICK);
        open.add(link);

        assertThat(link.describe())
                .isEqualTo(new ChipDescription(
                        ChipDescription.Kind.EMULATOR,
                        uri(server),
                        new ChipId("emu-varied-7"),
                        "varied",
                        3,
                        true,
                        "1.2.3",
                        8000,
                        OptionalLong.of(42),
                        OptionalLong.empty(),
                        1 << 22,
                        properties));
        assertThat(source.chips()).containsExactly(link.describe());
    }

    @ParameterizedTest(name = "T222 upload in chunks of {0} instructions")
    @ValueSource(ints = {1, 1000, 65_536})
    void chunking(int chunk) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < (chunk == 1 ? 300 : 70_000); i++) {
            builder.write(random.nextInt() & 0x7fff_ffff, random.nextInt());
        }
        PlaybackProgram program = builder.done();
        ChipServer server = serve(chip);

        link(server, chunk).run(program, RunOptions.defaults());

        assertThat(chip.programs()).hasSize(1);
        assertThat(chip.programs().get(0).words()).isEqualTo(program.words());
    }

    @Test
    @DisplayName("A result of many records comes through whole")
    void largeResult() {
        int spikes = 300_000;
        ScriptedLink.Spike[] all = new ScriptedLink.Spike[spikes];
        for (int i = 0; i < spikes; i++) {
            all[i] = ScriptedLink.spike(i & 0xffff, 3L * i);
        }
        chip.expect(program -> true).answer(all);
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.read(new int[100_000], words -> words);

        RunResult result = link(serve(chip)).run(builder.done(), RunOptions.defaults());

        assertThat(result.spikes().size()).isEqualTo(spikes);
        assertThat(result.spikes().chipTime(spikes - 1)).isEqualTo(3L * (spikes - 1));
        assertThat(result.responses(ResponseKind.OMNIBUS)).isEqualTo(100_000);
    }

    @Test
    @DisplayName("T188 a surplus response reaches the caller as the same typed error with the partial result")
    void typedErrors() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<Integer> word = builder.read(0x10);
        PlaybackProgram program = builder.done();
        chip.onRead(0x10, 9).deliverOmnibusResponses(2);
        RemoteLink link = link(serve(chip));

        IncompleteResponseException incomplete =
                catchThrowableOfType(IncompleteResponseException.class, () -> link.run(program, RunOptions.defaults()));

        assertThat(incomplete.detail().fields()).containsEntry("expected", "1").containsEntry("received", "2");
        assertThat(incomplete.chipStateKnown()).isTrue();
        assertThat(RunResult.before(incomplete).orElseThrow().get(word)).isEqualTo(9);
    }

    @Test
    @DisplayName("T191 a time-out at the halt keeps its index, its text and that the state of the chip is unknown")
    void timeoutOverTheWire() {
        PlaybackProgram program = program();
        chip.failWithTimeoutAt(program.size());
        RemoteLink link = link(serve(chip));

        InstructionTimeoutException timeout =
                catchThrowableOfType(InstructionTimeoutException.class, () -> link.run(program, RunOptions.defaults()));

        assertThat(timeout).hasMessageContaining("at halt");
        assertThat(timeout.detail().instructionIndex()).hasValue(program.size());
        assertThat(timeout.chipStateKnown()).isFalse();
        assertThat(link.run(program, RunOptions.defaults())).isNotNull();
    }

    @Test
    @DisplayName("A bug behind the server becomes an incident without its stack trace, and the session goes on")
    void bugInTheServer() {
        chip.expect(program -> {
            throw new IllegalStateException("secret");
        });
        RemoteLink link = link(serve(chip));

        assertThatThrownBy(() -> link.run(program(), RunOptions.defaults()))
                .isInstanceOf(InternalChipException.class)
                .returns("SERVER_FAULT", error -> ((ChipException) error).code())
                .hasMessageContaining("incident")
                .hasMessageNotContaining("secret");
    }

    @Test
    @DisplayName("T245 a running program is cancelled, its partial result kept")
    void cancelRunning() {
        chip.delay(Duration.ofHours(1));
        RemoteLink link = link(serve(chip));
        Submission submission = link.submit(program(), RunOptions.defaults());
        clock.awaitPausing(1);

        submission.cancel();

        CancelledException cancelled =
                catchThrowableOfType(CancelledException.class, () -> submission.result(Duration.ofSeconds(20)));
        assertThat(cancelled.partialResult()).isPresent();
        assertThat(cancelled.detail().fields()).containsEntry("by", "client");
        assertThat(submission.state()).isEqualTo(Submission.State.CANCELLED);
        assertThat(link.run(program(), RunOptions.defaults())).isNotNull();
    }

    @Test
    @DisplayName(
            "T244 a queued program is cancelled and never executed; T246 cancelling a finished one changes nothing")
    void cancelQueuedAndFinished() {
        chip.delay(Duration.ofSeconds(5));
        RemoteLink link = link(serve(chip));
        Submission running = link.submit(program(), RunOptions.defaults());
        Submission queued = link.submit(program(), RunOptions.defaults());
        clock.awaitPausing(1);

        queued.cancel();
        assertThatThrownBy(() -> queued.result(Duration.ofSeconds(20))).isInstanceOf(CancelledException.class);
        clock.advance(Duration.ofSeconds(5));
        running.result(Duration.ofSeconds(20));
        running.cancel();

        assertThat(running.state()).isEqualTo(Submission.State.DONE);
        assertThat(chip.programs()).hasSize(1);
    }

    @Test
    @DisplayName("T248 an execution longer than its limit fails, and the chip is free again")
    void executionLimit() {
        chip.delay(Duration.ofSeconds(10));
        RemoteLink link = link(serve(chip));
        Submission submission = link.submit(program(), RunOptions.defaults().withExecutionLimit(Duration.ofSeconds(1)));
        clock.awaitPausing(1);

        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> submission.result(Duration.ofSeconds(20)))
                .isInstanceOf(DeadlineExceededException.class)
                .satisfies(e ->
                        assertThat(((ChipException) e).detail().fields()).containsEntry("reason", "EXECUTION_LIMIT"));
        assertThat(link.run(program(), RunOptions.defaults())).isNotNull();
    }

    @Test
    @DisplayName("J53 the caller's deadline ends the wait at once and frees the chip")
    void deadline() {
        chip.delay(Duration.ofHours(1));
        RemoteLink link = link(serve(chip));

        DeadlineExceededException late = catchThrowableOfType(
                DeadlineExceededException.class,
                () -> link.run(program(), RunOptions.defaults().withDeadline(Duration.ofMillis(200))));

        assertThat(late.detail().fields()).containsEntry("reason", "CALL_DEADLINE");
        // the hour never passes on the test clock: only the cancel can have ended the run
        assertThat(link.run(program(), RunOptions.defaults())).isNotNull();
    }

    @Test
    @DisplayName("An interrupted caller stops waiting and cancels")
    void interrupted() throws Exception {
        chip.delay(Duration.ofHours(1));
        RemoteLink link = link(serve(chip));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                link.run(program(), RunOptions.defaults());
                thrown.complete(null);
            } catch (ChipException e) {
                thrown.complete(e);
            }
        });
        caller.start();
        clock.awaitPausing(1);

        caller.interrupt();

        assertThat(thrown.get()).isInstanceOf(CancelledException.class);
        assertThat(link.run(program(), RunOptions.defaults())).isNotNull();
    }

    @ParameterizedTest(
            name = "J11 connections cut at random bytes, seed {0}: every program runs once, results are whole")
    @ValueSource(longs = {1, 2, 3})
    void cutConnections(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ChipServer server = serve(chip);
        CuttingProxy proxy = new CuttingProxy(server.port(), () -> 3000 + random.nextInt(60_000));
        open.add(proxy);
        ChipSource source = GrpcProvider.source(
                TargetUri.parse("grpc://127.0.0.1:" + proxy.port()), QUICK, TestClock.jumping(), 500);
        ChipLink link = source.open(new ChipId("mock"), QUICK);
        open.add(link);
        int programs = 100;
        long reconnects = 0;

        for (int i = 0; i < programs; i++) {
            PlaybackProgramBuilder builder = PlaybackProgram.builder();
            for (int k = 0; k < 400; k++) {
                builder.write(k, i);
            }
            Ticket<Marker> marker = builder.marker();
            chip.onMarker(1000 + i).emit(i, 5);
            RunResult result = link.run(builder.done(), RunOptions.defaults());

            assertThat(result.fpgaTime(marker)).as("seed %d", seed).isEqualTo(1000 + i);
            assertThat(result.spikes().label(0)).as("seed %d", seed).isEqualTo(i);
            assertThat(result.provenance().programOrdinal()).as("seed %d", seed).isEqualTo(i);
            reconnects += result.health().count(HealthKeys.LINK_RECONNECTS);
        }

        assertThat(chip.programs()).as("seed %d", seed).hasSize(programs);
        assertThat(proxy.cuts()).as("seed %d", seed).isPositive();
        assertThat(reconnects).as("seed %d", seed).isPositive();
    }

    @Test
    @DisplayName("T255 a restarted server does not know the session; the client says so and runs nothing by itself")
    void serverRestart() throws Exception {
        ChipServer first = serve(chip);
        RemoteLink link = link(first);
        link.run(program(), RunOptions.defaults());
        first.close();
        ScriptedLink other = new ScriptedLink(clock);
        open.add(ChipServer.start(
                ScriptedSource.of(other),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port()),
                ServerOptions.defaults()));

        assertThatThrownBy(() -> link.run(program(), RunOptions.defaults()))
                .isInstanceOf(SessionUnknownException.class)
                .satisfies(e -> assertThat(((SessionUnknownException) e).chipStateKnown())
                        .isFalse());
        assertThat(other.programs()).isEmpty();
    }

    @Test
    @DisplayName("T241 a server that is gone for longer than the patience is a lost link, with attempts and time")
    void serverGone() throws Exception {
        TestClock jumping = TestClock.jumping();
        ChipServer server = serve(chip);
        ChipSource source = GrpcProvider.source(TargetUri.parse(uri(server)), QUICK, jumping, 1 << 16);
        ChipLink link = source.open(source.chips().get(0).chipId(), QUICK);
        open.add(link);
        server.close();

        LinkLostException lost =
                catchThrowableOfType(LinkLostException.class, () -> link.run(program(), RunOptions.defaults()));

        assertThat(lost).hasMessageContaining(uri(server)).hasMessageContaining("attempts");
        assertThat(Integer.parseInt(lost.detail().fields().get("attempts"))).isGreaterThan(4);
        assertThat(lost.chipStateKnown()).isFalse();
        assertThat(Duration.ofNanos(jumping.nanoTime())).isLessThanOrEqualTo(Duration.ofSeconds(11));
    }

    @Test
    @DisplayName("J13 a server that never answered is unreachable, with address, attempts and time")
    void unreachable() throws Exception {
        ChipServer server = serve(chip);
        String uri = uri(server);
        server.close();
        TestClock jumping = TestClock.jumping();

        TargetUnavailableException unreachable =
                catchThrowableOfType(TargetUnavailableException.class, () -> GrpcProvider.source(
                                TargetUri.parse(uri), QUICK, jumping, 1 << 16)
                        .chips());
        assertThat(unreachable.code()).isEqualTo("TARGET_UNREACHABLE");

        assertThat(unreachable).hasMessageContaining("127.0.0.1:" + server.port());
        assertThat(unreachable.detail().fields()).containsKeys("attempts", "elapsed_ms", "last_error");
        assertThat(Duration.ofNanos(jumping.nanoTime())).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("T259 20 clients with 50 programs each get 1000 whole results, and nothing is left over")
    void mixedLoad() throws Exception {
        ScriptedSource chips = ScriptedSource.each(ScriptedLink::new);
        ChipServer server = serve(chips, ServerOptions.defaults());
        ExecutorService clients = Executors.newFixedThreadPool(20);
        List<Future<Integer>> all = new ArrayList<>();
        for (int client = 0; client < 20; client++) {
            all.add(clients.submit(() -> {
                int right = 0;
                try (RemoteLink link = (RemoteLink) source(server, QUICK).open(new ChipId("mock"), QUICK)) {
                    for (int i = 0; i < 50; i++) {
                        PlaybackProgramBuilder builder = PlaybackProgram.builder();
                        builder.write(i, i);
                        Ticket<Marker> marker = builder.marker();
                        right += link.run(builder.done(), RunOptions.defaults()).fpgaTime(marker) == 1 ? 1 : 0;
                    }
                }
                return right;
            }));
        }

        int right = 0;
        for (Future<Integer> each : all) {
            right += each.get();
        }
        clients.shutdown();

        assertThat(right).isEqualTo(1000);
        assertThat(server.totals().programsDone()).isEqualTo(1000);
        assertThat(server.openSessions()).isZero();
        assertThat(chips.opened()).hasSize(20).allMatch(link -> link.programs().size() == 50);
        server.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("firstspike-session-"));
    }

    @Test
    @DisplayName("T256 two sessions have two chips")
    void twoSessions() {
        ScriptedSource chips = ScriptedSource.each(ScriptedLink::new);
        ChipServer server = serve(chips, ServerOptions.defaults());
        RemoteLink one = link(server);
        RemoteLink two = link(server);

        one.run(program(), RunOptions.defaults());

        assertThat(chips.opened().get(0).programs()).hasSize(1);
        assertThat(chips.opened().get(1).programs()).isEmpty();
        two.close();
        assertThat(server.openSessions()).isEqualTo(1);
    }

    @Test
    @DisplayName("Ordinal, shared name and ppu option reach the chip's source")
    void sessionOptions() {
        ScriptedSource chips = ScriptedSource.of(chip);
        ChipServer server = serve(chips, ServerOptions.defaults());
        ChipSource source = GrpcProvider.source(
                TargetUri.parse(uri(server) + "?chip=mock&shared=ours&ppu=ignore"), QUICK, WallClock.system(), 1 << 16);

        open.add(source.open(new ChipId("mock"), QUICK.withFirstProgramOrdinal(7)));

        LinkOptions seen = chips.options().get(0);
        assertThat(seen.firstProgramOrdinal()).isEqualTo(7);
        assertThat(seen.shared()).hasValue("ours");
        assertThat(seen.ppu()).hasValue(PpuPolicy.IGNORE);
    }

    @Test
    @DisplayName("Closing a server lets the running program finish and refuses others as draining")
    void draining() throws Exception {
        chip.delay(Duration.ofSeconds(5));
        ChipServer server = serve(chip);
        RemoteLink link = link(server);
        Submission running = link.submit(program(), RunOptions.defaults());
        clock.awaitPausing(1);
        Thread closing = new Thread(server::close);
        closing.start();
        while (!server.isDraining()) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> source(server, QUICK).open(new ChipId("mock"), QUICK))
                .isInstanceOf(ChipBusyException.class)
                .satisfies(
                        e -> assertThat(((ChipException) e).detail().fields()).containsEntry("reason", "DRAINING"));
        clock.advance(Duration.ofSeconds(5));

        assertThat(running.result(Duration.ofSeconds(20))).isNotNull();
        closing.join();
        assertThat(chip.isClosed()).isTrue();
    }

    @Test
    @DisplayName("A result above the server's limit fails with limit and size, and the part before it is delivered")
    void resultTooLarge() {
        chip.emit(1, 1).emit(2, 2);
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.read(new int[10_000], words -> words);
        ChipServer server = serve(
                ScriptedSource.of(chip),
                ServerOptions.defaults().withLimits(ServerLimits.defaults().withResultBytes(50_000, 1 << 20)));

        assertThatThrownBy(() -> link(server).run(builder.done(), RunOptions.defaults()))
                .isInstanceOf(ResultTooLargeException.class)
                .hasMessageContaining("50000");
    }

    private ChipServer serve(ScriptedLink link) {
        return serve(ScriptedSource.of(link), ServerOptions.defaults().withClock(clock));
    }

    private ChipServer serve(ScriptedSource source, ServerOptions options) {
        try {
            ChipServer server =
                    ChipServer.start(source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
            open.add(server);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RemoteLink link(ChipServer server) {
        return link(server, 1 << 16);
    }

    private RemoteLink link(ChipServer server, int chunkInstructions) {
        RemoteLink link = (RemoteLink)
                GrpcProvider.source(TargetUri.parse(uri(server)), QUICK, WallClock.system(), chunkInstructions)
                        .open(new ChipId("mock"), QUICK);
        open.add(link);
        return link;
    }

    private static ChipSource source(ChipServer server, LinkOptions options) {
        return new GrpcProvider().source(TargetUri.parse(uri(server)), options);
    }

    private static String uri(ChipServer server) {
        return "grpc://127.0.0.1:" + server.port();
    }

    private static PlaybackProgram program() {
        return PlaybackProgram.builder().write(0x10, 1).done();
    }
}
