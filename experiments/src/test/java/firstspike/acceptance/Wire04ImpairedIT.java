package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.hostarq.FaultInjector;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.Impairments;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.FpgaServer;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bad network changes no result; a dead one, and a dead FPGA, are typed errors in time, and the bridge lives on. */
@Tag("acceptance")
class Wire04ImpairedIT {

    private static final int PROGRAMS = 1000;
    private static final int MOST_WORDS = 5000;
    private static final int MEMORY = 0x0280_0000;
    private static final int MEMORY_WORDS = 4096;
    private static final long SEED = 20_261_127;
    private static final long MILLISECOND = 1_000_000;
    private static final double LIMIT_S = 11;
    private static final int SPIKES = 100;

    @Test
    @DisplayName("Shows 4 a thousand programs on a bad network, all correct, then a dead one")
    void badNetwork() {
        Impairments bad = Impairments.none()
                .withLoss(0.05)
                .withDuplication(0.05)
                .withReordering(0.05, 5 * MILLISECOND)
                .withDelay(0, 5 * MILLISECOND);
        long begin = System.nanoTime();
        try (FpgaServer fpga = FpgaServer.start(
                        "emu:nominal?seed=4",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        OptionalInt.of(0),
                        1);
                FaultInjector network = FaultInjector.before(
                        new HostArqAddress("127.0.0.1", fpga.dataPort(), fpga.resetPort()), bad, SEED);
                FpgaSource source = FpgaSource.of(target(network.address()), FpgaOptions.defaults());
                ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            link.run(setup(), RunOptions.forSetup());
            int wrong = thousand(link);
            Table.row(
                    "wire 4",
                    PROGRAMS + " programs of 1 to " + MOST_WORDS + " words, seed " + SEED,
                    "all correct at 5 % loss, duplication and reordering, 5 ms jitter",
                    (PROGRAMS - wrong) + " correct; to the FPGA " + network.toFpga() + ", to the host "
                            + network.toHost(),
                    (System.nanoTime() - begin) / 1e9,
                    wrong == 0);

            network.cut();
            long cut = System.nanoTime();
            RunFailedException lost =
                    catchThrowableOfType(RunFailedException.class, () -> link.run(marker(), RunOptions.defaults()));
            row("a run while every datagram is lost", "LinkLostException, state unknown", lost, cut);
            assertThat(lost).isInstanceOf(LinkLostException.class);
            assertThat(lost.chipStateKnown()).isFalse();
        }
    }

    @Test
    @DisplayName("Shows 4 nobody answers the reset frame")
    void nobodyThere() {
        try (FaultInjector network = FaultInjector.before(
                new HostArqAddress("127.0.0.1", 9, 10), Impairments.none().withLoss(1), SEED)) {
            long begin = System.nanoTime();
            try (FpgaSource source = FpgaSource.of(target(network.address()), FpgaOptions.defaults())) {
                ChipException refused = catchThrowableOfType(ChipException.class, source::chips);
                row("opening where every datagram is lost", "unreachable after at most 17 s", refused, begin, 17);
                assertThat(refused).isInstanceOf(TargetUnavailableException.class);
            }
        }
    }

    @Test
    @DisplayName(
            "J54 the FPGA is killed and comes back: one typed error, then the right spikes through the same bridge")
    void killedFpga() throws Exception {
        Served fpga = Served.fpga("nominal?seed=5");
        HostArqAddress address = fpga.address();
        try (Served bridge = Served.bridge(address, "");
                ChipTarget target =
                        (ChipTarget) Targets.installed().resolve(bridge.grpcTarget(), LinkOptions.defaults());
                ChipLink link = target.open(0, 0)) {
            link.run(setup(), RunOptions.forSetup());
            assertThat(link.run(loopBack(), RunOptions.defaults()).spikes().size())
                    .isEqualTo(SPIKES);

            fpga.kill();
            long killed = System.nanoTime();
            RunFailedException lost =
                    catchThrowableOfType(RunFailedException.class, () -> link.run(loopBack(), RunOptions.defaults()));
            row("the first run after the FPGA was killed", "LinkLostException, state unknown", lost, killed);
            assertThat(lost).isInstanceOf(LinkLostException.class);
            assertThat(lost.chipStateKnown()).isFalse();

            long begin = System.nanoTime();
            try (Served again = Served.fpgaAt(
                    "udp://127.0.0.1:" + address.dataPort() + "?reset_port=" + address.resetPort(), "nominal?seed=5")) {
                link.run(setup(), RunOptions.forSetup());
                int spikes =
                        link.run(loopBack(), RunOptions.defaults()).spikes().size();
                Table.row(
                        "wire 4",
                        "emulate --fpga again on the same ports, same bridge",
                        SPIKES + " spikes after initialisation",
                        spikes + " spikes at " + again.address(),
                        (System.nanoTime() - begin) / 1e9,
                        spikes == SPIKES);
            }
        } finally {
            fpga.close();
        }
    }

    private static void row(String what, String expected, ChipException thrown, long since) {
        row(what, expected + ", within " + LIMIT_S + " s", thrown, since, LIMIT_S);
    }

    private static void row(String what, String expected, ChipException thrown, long since, double limit) {
        double seconds = (System.nanoTime() - since) / 1e9;
        String measured = thrown == null
                ? "no error"
                : thrown.getClass().getSimpleName() + ": "
                        + thrown.getMessage().lines().findFirst().orElse("");
        Table.row("wire 4", what, expected, measured, seconds, thrown != null && seconds <= limit);
    }

    private static String target(HostArqAddress address) {
        return "fpga://127.0.0.1:" + address.dataPort() + "?reset_port=" + address.resetPort();
    }

    /** Runs the programs; gives the number of those whose answers are not what a model of the memory says. */
    private static int thousand(ChipLink link) {
        int[] memory = new int[MEMORY_WORDS];
        SplittableRandom random = new SplittableRandom(SEED);
        link.run(cleared(), RunOptions.defaults());
        int wrong = 0;
        for (int n = 0; n < PROGRAMS; n++) {
            PlaybackProgramBuilder builder = PlaybackProgram.builder();
            long[] expected = new long[MOST_WORDS];
            int reads = 0;
            int markers = 0;
            int words = random.nextInt(1, MOST_WORDS + 1);
            while (builder.instructionCount() < words) {
                int at = random.nextInt(MEMORY_WORDS);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        builder.read(MEMORY + at);
                        expected[reads++] = Integer.toUnsignedLong(memory[at]);
                    }
                    case 1 -> {
                        builder.marker();
                        markers++;
                    }
                    default -> {
                        memory[at] = random.nextInt();
                        builder.write(MEMORY + at, memory[at]);
                    }
                }
            }
            RunResult result = link.run(builder.done(), RunOptions.defaults());
            boolean right = Arrays.equals(result.values(ResponseKind.OMNIBUS), Arrays.copyOf(expected, reads))
                    && result.responses(ResponseKind.LOOPBACK) == markers;
            wrong += right ? 0 : 1;
        }
        return wrong;
    }

    private static PlaybackProgram cleared() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < MEMORY_WORDS; i++) {
            builder.write(MEMORY + i, 0);
        }
        return builder.done();
    }

    private static PlaybackProgram setup() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), builder);
        return builder.done();
    }

    private static PlaybackProgram marker() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.marker();
        return builder.done();
    }

    private static PlaybackProgram loopBack() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        for (int i = 0; i < SPIKES; i++) {
            builder.waitUntil(100L * i).spike(i);
        }
        return builder.settle(2000).done();
    }
}
