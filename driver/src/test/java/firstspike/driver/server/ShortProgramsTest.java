package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.GrpcProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which programs a server runs on the thread that received them, and that nobody can tell. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class ShortProgramsTest {

    /** Threads that have nothing to do but run programs. */
    private static final String OF_CHIPS = "firstspike-chip";

    private static final int READ = 0x10;

    private final ScriptedLink chip = new ScriptedLink();
    private final PlaybackProgram shortProgram = shortProgram();
    private ChipServer server;
    private ChipSource source;
    private ChipLink link;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(
                ScriptedSource.of(chip),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults());
        LinkOptions options = LinkOptions.defaults().withPatience(Duration.ofSeconds(20), Duration.ofSeconds(20));
        source = new GrpcProvider().source(TargetUri.parse("grpc://127.0.0.1:" + server.port()), options);
        link = source.open(new ChipId("mock"), options);
    }

    @AfterEach
    void stop() {
        link.close();
        source.close();
        server.close();
    }

    @Test
    @DisplayName("A short program on a chip that computes runs on the thread that received it, with the same result")
    void received() {
        chip.onRead(READ, 42);
        RunResult before = run(shortProgram);
        assertThat(chip.threads()).containsExactly(OF_CHIPS);

        chip.computing();
        RunResult after = untilReceiverRuns();

        assertThat(after.values(ResponseKind.OMNIBUS))
                .isEqualTo(before.values(ResponseKind.OMNIBUS))
                .containsExactly(42);
        assertThat(after.health().counters()).isEqualTo(before.health().counters());
        assertThat(server.totals().programsDone()).isEqualTo(chip.programs().size());
    }

    @Test
    @DisplayName("A program that is longer, takes time on the chip, or polls has a thread of the chip")
    void notReceived() {
        chip.computing();
        PlaybackProgram longer = PlaybackProgram.builder()
                .repeat(33, builder -> builder.write(0x11, 1))
                .done();
        PlaybackProgram slow =
                PlaybackProgram.builder().waitUntil(6251).write(0x11, 1).done();
        PlaybackProgram polls = PlaybackProgram.builder()
                .write(0x11, 1)
                .barrier(Barrier.OMNIBUS)
                .pollUntil(READ, 1, 0, true)
                .done();

        for (PlaybackProgram program : List.of(longer, slow, polls)) {
            untilReceiverRuns();
            run(program);
            assertThat(lastThread()).as("thread of %s", program).isEqualTo(OF_CHIPS);
        }
    }

    @Test
    @DisplayName("A short program that fails on the thread that received it fails as any other, and the next one runs")
    void failing() {
        chip.computing();
        int failed = 0;

        do {
            untilReceiverRuns();
            chip.failWithTimeoutAt(0);
            assertThatThrownBy(() -> run(shortProgram)).isInstanceOf(InstructionTimeoutException.class);
            failed++;
        } while (lastThread().equals(OF_CHIPS));

        assertThat(run(shortProgram).responses(ResponseKind.OMNIBUS)).isOne();
        assertThat(server.totals().programsFailed()).isEqualTo(failed);
    }

    private static PlaybackProgram shortProgram() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().write(0x11, 1);
        builder.read(READ);
        return builder.done();
    }

    /** The server measures how long steps take: on a busy machine it may be a while until one was short. */
    private RunResult untilReceiverRuns() {
        RunResult result;
        do {
            result = run(shortProgram);
        } while (lastThread().equals(OF_CHIPS));
        return result;
    }

    private RunResult run(PlaybackProgram program) {
        return link.run(program, RunOptions.defaults());
    }

    private String lastThread() {
        List<String> threads = chip.threads();
        return threads.get(threads.size() - 1);
    }
}
