package firstspike.experiments.bench;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.experiments.figure.CostCurves;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The benchmarks by their names. */
public final class Benchmarks {

    private static final List<String> NAMES = List.of(
            "train",
            "threads",
            "ideal",
            "loop-nominal",
            "loop-residual",
            "inference",
            "scaling",
            "grpc",
            "codec",
            "hostarq",
            "fpga",
            "serve",
            "log",
            "record");
    private static final String NOMINAL = "emu:nominal?seed=1";
    private static final String RESIDUAL = "emu:varied?seed=1&mismatch=residual";
    private static final int TRAIN = 5000;
    private static final int FEW = 1000;

    private final boolean quick;
    private final int threads;
    private final Consumer<Measurement> sink;
    private final Consumer<Rate> rates;

    /**
     * @param quick shorter trainings
     * @param threads for everything but {@code threads}
     * @param sink takes each measured training when it is done
     * @param rates takes each measured speed when it is done
     */
    public Benchmarks(boolean quick, int threads, Consumer<Measurement> sink, Consumer<Rate> rates) {
        this.quick = quick;
        this.threads = threads;
        this.sink = sink;
        this.rates = rates;
    }

    /** Names of all benchmarks, in the order they run. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * @param name one of {@link #names()}
     */
    public void run(String name) {
        switch (name) {
            case "train" -> new TrainBenchmark(quick, threads, rates).run();
            case "threads" -> threads();
            case "ideal" ->
                sink.accept(MeasuredTraining.of(
                        name, "yin-yang-software", "ideal:", quick ? 20 : 300, TRAIN, threads, "300 epochs in 5 s"));
            case "loop-nominal" -> sink.accept(loop(name, NOMINAL, "160 us a sample"));
            case "loop-residual" -> sink.accept(loop(name, RESIDUAL, "400 us a sample"));
            case "inference" ->
                new InferenceBenchmark(
                                quick,
                                threads,
                                target ->
                                        emulator(target, LinkOptions.defaults().withThreads(threads)),
                                rates)
                        .run();
            case "scaling" -> new ScalingBenchmark(quick, rates).run();
            case "grpc" -> grpc();
            case "codec" -> new CodecBenchmark(quick, rates).run();
            case "hostarq" -> new HostArqBenchmark(quick, rates).run();
            case "fpga" -> new FpgaBenchmark(quick, rates).run();
            case "serve" -> new ServeBenchmark(quick, rates).run();
            case "log" -> new LogBenchmark(quick, rates).run();
            case "record" -> new RecordBenchmark(quick, threads, rates).run();
            default -> throw new IllegalArgumentException("benchmark: " + name + " (limit: " + NAMES + "); choose one");
        }
    }

    /**
     * What {@code scaling} measured, for a figure.
     *
     * @param measured all rates
     * @return time over input events, and over neurons that each reaches; empty where it did not run
     */
    public static List<CostCurves.Cost> scaling(List<Rate> measured) {
        List<Rate> all =
                measured.stream().filter(rate -> rate.name().equals("scaling")).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        double most = all.stream()
                .mapToDouble(rate -> fact(rate, ScalingBenchmark.NEURONS))
                .max()
                .orElseThrow();
        return List.of(
                cost(
                        "input events, each reaching " + (int) most + " neurons",
                        ScalingBenchmark.EVENTS,
                        all.stream()
                                .filter(rate -> fact(rate, ScalingBenchmark.NEURONS) == most)
                                .toList()),
                cost(
                        "neurons reached by each event",
                        ScalingBenchmark.NEURONS,
                        all.stream()
                                .filter(rate -> rate.subject().endsWith("neurons reached"))
                                .toList()));
    }

    private static CostCurves.Cost cost(String size, String key, List<Rate> measured) {
        List<Rate> ascending = measured.stream()
                .sorted(Comparator.comparingDouble(rate -> fact(rate, key)))
                .toList();
        return new CostCurves.Cost(
                size,
                ascending.stream().mapToDouble(rate -> fact(rate, key)).toArray(),
                ascending.stream().mapToDouble(Rate::median).toArray());
    }

    private static double fact(Rate rate, String key) {
        return ((Number) rate.facts().get(key)).doubleValue();
    }

    private void threads() {
        for (int count : new int[] {1, 2, 4}) {
            sink.accept(MeasuredTraining.of(
                    "threads",
                    "yin-yang-software",
                    "ideal:",
                    quick ? 10 : 60,
                    TRAIN,
                    count,
                    count == 2 ? "1.5 times as fast as one" : ""));
        }
    }

    /** Long trainings hardly feel the first epoch, in which the code is compiled, so it is not measured. */
    private Measurement loop(String name, String target, String goal) {
        int size = quick ? FEW : TRAIN;
        MeasuredTraining.of("warm-up", "yin-yang-chip", target, 1, size, threads, "");
        return MeasuredTraining.of(name, "yin-yang-chip", target, quick ? 1 : 2, size, threads, goal);
    }

    private void grpc() {
        sink.accept(loop("grpc: in process", NOMINAL, ""));
        LinkOptions links = LinkOptions.defaults().withThreads(threads);
        try (ChipSource source = emulator(NOMINAL, links);
                ChipServer server = ChipServer.start(
                        source,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ServerOptions.defaults().withLinks(links))) {
            sink.accept(loop("grpc: loopback", "grpc://127.0.0.1:" + server.port(), "1.3 times in process"));
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback: " + e.getMessage(), e);
        }
    }

    private static ChipSource emulator(String target, LinkOptions links) {
        TargetUri uri = TargetUri.parse(target);
        for (LinkProvider provider : ServiceLoader.load(LinkProvider.class)) {
            if (provider.schemes().contains(uri.scheme())) {
                return provider.source(uri, links);
            }
        }
        throw new IllegalStateException("no emulator on the class path; build the program again");
    }
}
