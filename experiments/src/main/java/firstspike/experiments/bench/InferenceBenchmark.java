package firstspike.experiments.bench;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.FpgaServer;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Samples that a network on an emulated chip answers a second, every spike of all layers returned: from input times to first
 * spike times, in process and through gRPC on loopback. Where fewer than half of the hidden neurons fire, no rate is given,
 * for silent neurons cost nothing.
 */
final class InferenceBenchmark {

    private static final String NOMINAL = "emu:nominal?seed=1";
    private static final String VARIED = "emu:varied?seed=1&mismatch=residual";
    private static final String CHIP = "chip: 20800 a second";
    private static final int WARM_UP = 3;

    private final boolean quick;
    private final int threads;
    private final Function<String, ChipSource> emulators;
    private final Consumer<Rate> rates;

    /**
     * @param emulators makes a source of emulated chips of a target
     */
    InferenceBenchmark(boolean quick, int threads, Function<String, ChipSource> emulators, Consumer<Rate> rates) {
        this.quick = quick;
        this.threads = threads;
        this.emulators = emulators;
        this.rates = rates;
    }

    void run() {
        for (InferenceNetwork network :
                new InferenceNetwork[] {InferenceNetwork.yinYang(), InferenceNetwork.mnist16()}) {
            for (String target : new String[] {NOMINAL, VARIED}) {
                measure(network, target, target, "in process");
                remote(network, target);
            }
        }
        datagrams(InferenceNetwork.mnist16(), NOMINAL);
    }

    /** Through the whole stack of a physical FPGA: HostARQ over UDP, its executor, the chip's links. */
    private void datagrams(InferenceNetwork network, String target) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (FpgaServer fpga = FpgaServer.start(target, anyPort, OptionalInt.empty(), threads)) {
            measure(
                    network,
                    target,
                    "fpga://127.0.0.1:" + fpga.dataPort() + "?reset_port=" + fpga.resetPort(),
                    "UDP of an FPGA");
        }
    }

    private void remote(InferenceNetwork network, String target) {
        try (ChipSource source = emulators.apply(target);
                ChipServer server = ChipServer.start(
                        source,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ServerOptions.defaults()
                                .withLinks(LinkOptions.defaults().withThreads(threads)))) {
            measure(network, target, "grpc://127.0.0.1:" + server.port(), "gRPC");
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback: " + e.getMessage(), e);
        }
    }

    private void measure(InferenceNetwork network, String chipTarget, String target, String way) {
        int batch = quick ? 200 : 1000;
        int rounds = quick ? 3 : 10;
        String subject = network.name() + ", "
                + chipTarget.replaceAll("\\?seed=1&?", " ").strip() + ", " + way;
        LinkOptions options = LinkOptions.defaults().withThreads(threads);
        List<MeteredLink> links = new ArrayList<>();
        try (ChipTarget chips = ((ChipTarget) Targets.installed().resolve(target, options))
                        .tapped((index, first, link) -> {
                            links.add(new MeteredLink(link));
                            return links.get(links.size() - 1);
                        });
                ChipExecutor chip = ChipExecutor.open(
                        Mapper.map(
                                network.network(),
                                InferenceNetwork.settings(),
                                chips.chips().get(0),
                                true),
                        chips,
                        0)) {
            chip.load(network.weights());
            for (int i = 0; i < WARM_UP; i++) {
                chip.run(network.samples(batch, i), RunIntent.EVALUATE);
            }
            double[] perSecond = new double[rounds];
            double[] processor = new double[rounds];
            double[] allocated = new double[rounds];
            double[] byLink = new double[rounds];
            long[] spikes = new long[3];
            for (int i = 0; i < rounds; i++) {
                InputSpikes samples = network.samples(batch, WARM_UP + i);
                long bytes = Allocation.bytes();
                long bytesOfLink = links.stream().mapToLong(MeteredLink::bytes).sum();
                long busy = processorNanos();
                long start = System.nanoTime();
                FirstSpikes answer = chip.run(samples, RunIntent.EVALUATE);
                perSecond[i] = batch * 1e9 / (System.nanoTime() - start);
                processor[i] = (processorNanos() - busy) / 1e3 / batch;
                allocated[i] = (Allocation.bytes() - bytes) / 1024.0 / batch;
                byLink[i] = (links.stream().mapToLong(MeteredLink::bytes).sum() - bytesOfLink) / 1024.0 / batch;
                spikes[0] += samples.time().length;
                spikes[1] += fired(answer.layers()[0]);
                spikes[2] += fired(answer.layers()[1]);
            }
            report(network, subject, perSecond, processor, allocated, byLink, spikes, (double) batch * rounds);
        }
    }

    private void report(
            InferenceNetwork network,
            String subject,
            double[] perSecond,
            double[] processor,
            double[] allocated,
            double[] byLink,
            long[] spikes,
            double samples) {
        int hidden = network.network().layers().get(0).size();
        double firing = spikes[1] / samples / hidden;
        Rate rate = firing < 0.5
                ? Rate.of("inference", subject, new double[] {100 * firing}, "% of hidden fire", "50 % for a rate")
                : Rate.of("inference", subject, perSecond, "samples/s", CHIP);
        rates.accept(rate.with("threads", threads)
                .with("processor_us_per_sample", rounded(median(processor)))
                .with("allocated_kib_per_sample", rounded(median(allocated)))
                .with("allocated_beyond_result_kib_per_sample", rounded(median(byLink)))
                .with("input_spikes", rounded(spikes[0] / samples))
                .with("hidden_spikes", rounded(spikes[1] / samples))
                .with("label_spikes", rounded(spikes[2] / samples)));
    }

    private static double rounded(double value) {
        return Math.rint(10 * value) / 10;
    }

    private static long fired(double[] times) {
        return Arrays.stream(times).filter(Double::isFinite).count();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Processor time of all threads, compilation included. */
    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
