package firstspike.experiments.cli.serve;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.WireException;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.access.AccessOptions;
import firstspike.emulator.FpgaServer;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.UsageException;
import firstspike.runtime.error.StorageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves emulated chips: over gRPC, as an FPGA over UDP, or both. */
@Command(
        name = "emulate",
        header = "Serves emulated chips over gRPC, or as an FPGA over UDP, until it is stopped.",
        footer = {
            "  firstspike emulate --chip 'varied?seed=7&mismatch=residual'",
            "  firstspike emulate --listen 127.0.0.1:0 --chip nominal?seed=0 --chips 2 --json",
            "  firstspike emulate --listen 127.0.0.1:7007 --metrics-port 9464 --verbose",
            "  firstspike emulate --fpga udp://127.0.0.1:1234 --chip nominal?seed=7"
        })
public final class EmulateCommand extends Action {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address of the gRPC server; port 0 takes a free one (default: 127.0.0.1:7007, with --fpga"
                    + " none).")
    String listen;

    @Option(
            names = "--fpga",
            paramLabel = "udp://HOST:PORT",
            description =
                    "Be an FPGA with one chip: HostARQ over UDP; ?reset_port=N, else 45054 beside 1234 or the next"
                            + " port; port 0 takes free ones.")
    String fpga;

    @Option(
            names = "--chip",
            paramLabel = "CHIP",
            defaultValue = "nominal?seed=0",
            description = "What stands behind emu: (default: nominal?seed=0).")
    String chip;

    @Option(names = "--chips", paramLabel = "N", defaultValue = "1", description = "Number of chips (default: 1).")
    int chips = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads a chip may use (default: all cores).")
    Integer threads;

    @Mixin
    ServerSwitches serving;

    @Mixin
    MetricsSwitch metrics = new MetricsSwitch();

    @Override
    protected int run(Environment environment, Console console) throws InterruptedException {
        metrics.check();
        boolean serves = listen != null || fpga == null;
        if (!serves && metrics.port != null) {
            throw new UsageException("--metrics-port: " + metrics.port
                    + " without a gRPC server (limit: with --listen); add --listen, or leave it out");
        }
        AccessOptions callers = serving.access.options(environment.err());
        if (!serves && serving.access.asks()) {
            throw new UsageException("--tls-*, --token-file: given without --listen (limit: gRPC; HostARQ has no such"
                    + " thing); add --listen, or leave them out");
        }
        Optional<InetSocketAddress> address = serves
                ? Optional.of(ListenAddress.parse("--listen", listenText(), serving.access.anywhere()))
                : Optional.empty();
        Optional<FpgaPorts> ports =
                Optional.ofNullable(fpga).map(text -> FpgaPorts.parse(text, serving.access.insecure));
        if (fpga != null && chips != 1) {
            throw new UsageException("--chips: " + chips + " (limit: 1 with --fpga); start an FPGA for each chip");
        }
        String uri = "emu:" + chip + (chips == 1 ? "" : (chip.contains("?") ? "&" : "?") + "chips=" + chips);
        int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (cores < 1 || cores > 1024) {
            throw new UsageException("--threads: " + cores + " (limit: 1 to 1024); give the number of cores");
        }
        LinkOptions links = LinkOptions.defaults().withThreads(cores);
        SessionLog log = SessionLog.begin(console.verbose());
        try (log;
                Interrupts interrupts = Interrupts.listen(console, "stopping; running programs finish");
                ChipSource source = source(uri, links)) {
            EmulatedServers servers = start(source, address, ports, links, callers);
            try (servers) {
                servers.ready(console);
                interrupts.await();
            }
            servers.totals(console);
            return interrupts.exit();
        }
    }

    private String listenText() {
        return listen == null ? "127.0.0.1:7007" : listen;
    }

    private EmulatedServers start(
            ChipSource source,
            Optional<InetSocketAddress> address,
            Optional<FpgaPorts> ports,
            LinkOptions links,
            AccessOptions callers) {
        InetAddress shown =
                address.or(() -> ports.map(FpgaPorts::data)).orElseThrow().getAddress();
        Optional<FpgaServer> udp = ports.map(where -> emulate(source, where, links));
        Optional<ChipServer> grpc = Optional.empty();
        try {
            grpc = address.map(where -> serving.start(source, where, listenText(), links, callers));
            return new EmulatedServers(shown, grpc, udp, grpc.flatMap(metrics::start));
        } catch (RuntimeException e) {
            grpc.ifPresent(ChipServer::close);
            udp.ifPresent(FpgaServer::close);
            throw e;
        }
    }

    private static FpgaServer emulate(ChipSource source, FpgaPorts ports, LinkOptions links) {
        try {
            String target = source.chips().get(0).target();
            return FpgaServer.start(target, ports.data(), ports.resetPort(), links.threads());
        } catch (WireException e) {
            throw new StorageException(StorageException.Code.STORAGE_DENIED, e.detail(), e);
        }
    }

    private static ChipSource source(String uri, LinkOptions links) {
        TargetUri parsed = TargetUri.parse(uri);
        for (LinkProvider provider : ServiceLoader.load(LinkProvider.class)) {
            if (provider.schemes().contains(parsed.scheme())) {
                return provider.source(parsed, links);
            }
        }
        throw new IllegalStateException("no emulator on the class path; build the program again");
    }
}
