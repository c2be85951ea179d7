package firstspike.experiments.bench;

import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.FpgaServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Programs through {@code fpga://} against an emulated FPGA on loopback: how long one without instructions takes, health
 * reads included, alone and behind gRPC; and one that no memory holds, made on the fly, its results streamed away.
 */
final class FpgaBenchmark {

    private static final String NAME = "fpga";
    private static final String EMULATED = "emu:nominal?seed=1";
    private static final int WARM_UP = 1000;
    private static final int READABLE = 0x8800_0009;
    private static final int CYCLE = 8;
    private static final int SPIKES_A_CYCLE = 3;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final int runs;
    private final long instructions;
    private final Consumer<Rate> sink;

    FpgaBenchmark(boolean quick, Consumer<Rate> sink) {
        this.runs = quick ? 500 : 2000;
        this.instructions = quick ? 5_000_000 : 1L << 26;
        this.sink = sink;
    }

    void run() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (FpgaServer fpga = FpgaServer.start(EMULATED, anyPort, OptionalInt.empty(), 1);
                FpgaSource source = FpgaSource.of(
                        "fpga://127.0.0.1:" + fpga.dataPort() + "?reset_port=" + fpga.resetPort(),
                        FpgaOptions.defaults())) {
            try (ChipLink link = open(source)) {
                initialise(link);
                sink.accept(empty("empty program through HostARQ", link, "0.5 ms median"));
            }
            try (ChipServer bridge = ChipServer.start(source, anyPort, ServerOptions.defaults());
                    ChipSource remote = new GrpcProvider()
                            .source(TargetUri.parse("grpc://127.0.0.1:" + bridge.port()), LinkOptions.defaults());
                    ChipLink link = open(remote)) {
                initialise(link);
                sink.accept(empty("empty program through gRPC, bridge and HostARQ", link, "1 ms median"));
            }
            try (ChipLink link = open(source)) {
                initialise(link);
                sink.accept(stream(link));
            }
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback: " + e.getMessage(), e);
        }
    }

    private static ChipLink open(ChipSource source) {
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    private static void initialise(ChipLink link) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), builder);
        link.run(builder.done(), RunOptions.forSetup());
    }

    private Rate empty(String subject, ChipLink link, String goal) {
        PlaybackProgram nothing = PlaybackProgram.builder().done();
        double[] milliseconds = new double[runs];
        for (int i = -WARM_UP; i < runs; i++) {
            long begin = System.nanoTime();
            link.run(nothing, RunOptions.defaults());
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - begin) * 1e-6;
            }
        }
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return Rate.of(NAME, subject, milliseconds, "ms", goal).with("99_percent_ms", round(sorted[runs * 99 / 100]));
    }

    private Rate stream(ChipLink link) {
        System.gc();
        heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
        StreamCount count = new StreamCount();
        RunOptions options = RunOptions.defaults().allowingStreaming().withExecutionLimit(LONGEST);
        long begin = System.nanoTime();
        link.stream(ProgramSource.of(instructions, FpgaBenchmark::word), options, count);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        long cycles = instructions / CYCLE;
        check("answers to reads", count.responses(ResponseKind.OMNIBUS), cycles);
        check("markers", count.responses(ResponseKind.LOOPBACK), 2 * cycles);
        check("spikes", count.spikes(), SPIKES_A_CYCLE * cycles);
        long peak = heaps().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        String subject = "stream of " + instructions + " instructions";
        return Rate.of(
                        NAME,
                        subject,
                        new double[] {instructions / seconds * 1e-6},
                        "million/s",
                        "any, in a 512 MB heap")
                .with("seconds", round(seconds))
                .with("results", count.spikes() + 3 * cycles)
                .with("streamed", count.streamed())
                .with("largest_heap_mib", Runtime.getRuntime().maxMemory() >> 20)
                .with("peak_heap_mib", peak >> 20);
    }

    /** Spikes that come back through the crossbar, a read and two markers in each cycle, 400 ticks long. */
    private static long word(long index) {
        return switch ((int) (index % CYCLE)) {
            case 0 -> ToFpga.timerSetup();
            case 1 -> ToFpga.spike(1);
            case 2 -> ToFpga.omnibusRead(READABLE);
            case 3 -> ToFpga.tick();
            case 4 -> ToFpga.waitUntil(100);
            case 5 -> ToFpga.spikes(2, 3);
            case 6 -> ToFpga.waitUntil(399);
            default -> ToFpga.tick();
        };
    }

    private static Stream<MemoryPoolMXBean> heaps() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void check(String what, long got, long wanted) {
        if (got != wanted) {
            throw new IllegalStateException(
                    what + " of the streamed program: " + got + " (limit: exactly " + wanted + "); report this");
        }
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
