package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.driver.server.turn.UnitState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Emulated chips that several users share, and own ones side by side, behind a server. */
@Timeout(120)
class SharedEmulatorTest {

    private static final String TARGET = "emu:varied?seed=3&mismatch=residual";
    private static final int PROGRAMS = 2;
    /** External memory of the FPGA. */
    private static final int WORD = 0x8000_0000;

    private EmulatorSource source;
    private ChipServer server;

    @BeforeEach
    void serve() throws IOException {
        source = EmulatorSource.of(TARGET);
        server = ChipServer.start(
                source,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults().withTurnPeriod(Duration.ofMillis(50)));
    }

    @AfterEach
    void stop() {
        server.close();
        source.close();
    }

    private ChipSource remote() {
        return new GrpcProvider().source(TargetUri.parse("grpc://127.0.0.1:" + server.port()), LinkOptions.defaults());
    }

    private static ChipLink open(ChipSource from, LinkOptions options) {
        return from.open(from.chips().get(0).chipId(), options);
    }

    /** Sets the chip up and runs programs; whenever others had the chip it sets it up again and repeats, as trainings do. */
    private static List<String> experiment(ChipLink chip, int spikes) {
        List<String> observed = new ArrayList<>();
        boolean ready = false;
        while (observed.size() < PROGRAMS) {
            try {
                if (!ready) {
                    PlaybackProgramBuilder init = PlaybackProgram.builder();
                    InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), init);
                    chip.run(init.done(), RunOptions.forSetup());
                    chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
                    ready = true;
                }
                PlaybackProgramBuilder builder = PlaybackProgram.builder();
                builder.timerReset();
                Ticket<PlaybackProgramBuilder.Marker> first = builder.marker();
                var result = chip.run(TwoNeurons.stimulus(builder, spikes), RunOptions.defaults());
                long zero = result.fpgaTime(first);
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < result.spikes().size(); i++) {
                    text.append(result.spikes().label(i))
                            .append(':')
                            .append(result.spikes().chipTime(i) - zero)
                            .append(' ');
                }
                observed.add(text.toString());
            } catch (SessionStateLostException e) {
                ready = false;
            }
        }
        return observed;
    }

    private static List<String> alone(int spikes) {
        try (EmulatedChip chip = EmulatedChip.open(TARGET)) {
            return experiment(chip, spikes);
        }
    }

    @Test
    @DisplayName("J36 users at once on one shared chip get what each gets alone, noise included")
    void sharedAsAlone() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(2);
        List<Future<List<String>>> found = new ArrayList<>();
        try {
            for (int user = 0; user < 2; user++) {
                int spikes = 3 + user;
                Callable<List<String>> work = () -> {
                    try (ChipSource own = remote();
                            ChipLink chip = open(own, LinkOptions.defaults().withShared("one"))) {
                        return experiment(chip, spikes);
                    }
                };
                found.add(users.submit(work));
            }
            for (int user = 0; user < 2; user++) {
                List<String> expected = alone(3 + user);
                assertThat(expected).allMatch(text -> !text.isEmpty());
                assertThat(found.get(user).get()).isEqualTo(expected);
            }
        } finally {
            users.shutdownNow();
        }
    }

    @Test
    @DisplayName("T259 20 clients with 50 small programs each: all results are right, nothing waits at the end")
    void mixedLoad() throws InterruptedException, ExecutionException {
        ExecutorService users = Executors.newFixedThreadPool(20);
        try (ChipSource all = remote()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int user = 0; user < 20; user++) {
                int base = 1000 * user;
                work.add(() -> {
                    int right = 0;
                    try (ChipLink chip = open(all, LinkOptions.defaults())) {
                        for (int i = 0; i < 50; i++) {
                            PlaybackProgramBuilder builder = PlaybackProgram.builder();
                            builder.write(WORD, base + i).barrier(Barrier.OMNIBUS);
                            Ticket<Integer> read = builder.read(WORD);
                            right += chip.run(builder.done(), RunOptions.defaults())
                                                    .get(read)
                                            == base + i
                                    ? 1
                                    : 0;
                        }
                    }
                    return right;
                });
            }
            int right = 0;
            for (Future<Integer> user : users.invokeAll(work)) {
                right += user.get();
            }

            assertThat(right).isEqualTo(1000);
            assertThat(server.activity().get(0).queued()).isZero();
            assertThat(server.activity().get(0).ended()).containsEntry(UnitState.DONE, 1000L);
            assertThat(server.openSessions()).isZero();
        } finally {
            users.shutdownNow();
        }
    }
}
