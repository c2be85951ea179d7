package firstspike.experiments.cli;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import firstspike.driver.service.ChipServer;
import firstspike.driver.service.ServerOptions;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves emulated chips. */
@Command(
        name = "emulate",
        header = "Serves emulated chips over gRPC until it is stopped.",
        footer = {
            "  firstspike emulate --chip 'varied?seed=7&mismatch=residual'",
            "  firstspike emulate --listen 127.0.0.1:0 --chip nominal?seed=0 --chips 2 --json"
        })
final class EmulateCommand extends Action {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7007",
            description = "Address; port 0 takes a free one (default: 127.0.0.1:7007).")
    String listen;

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

    @Option(names = "--insecure", description = "Listen in plain text on an address that is not loopback.")
    boolean insecure;

    @Option(
            names = {"--fpga", "--tls-cert", "--tls-key", "--tls-ca", "--token-file", "--spool", "--metrics-port"},
            paramLabel = "VALUE",
            description = "Not built yet.")
    String later;

    @Option(names = "--turn-period", paramLabel = "TIME", hidden = true, description = "Not built yet.")
    String turnPeriod;

    @Override
    int run(Environment environment, Console console) throws InterruptedException {
        Unbuilt.refuse(
                "--fpga, --tls-*, --token-file, --spool, --metrics-port, --turn-period",
                later != null || turnPeriod != null,
                "a part of the server that does not exist yet");
        InetSocketAddress address = address();
        String uri = "emu:" + chip + (chips == 1 ? "" : (chip.contains("?") ? "&" : "?") + "chips=" + chips);
        int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (cores < 1 || cores > 1024) {
            throw new UsageException("--threads: " + cores + " (limit: 1 to 1024); give the number of cores");
        }
        LinkOptions links = LinkOptions.defaults().withThreads(cores);
        try (Interrupts interrupts = Interrupts.listen(console, "stopping; running programs finish");
                ChipSource source = source(uri, links)) {
            serve(source, address, links, interrupts, console);
            return interrupts.exit();
        }
    }

    private void serve(
            ChipSource source, InetSocketAddress address, LinkOptions links, Interrupts interrupts, Console console)
            throws InterruptedException {
        ChipServer server = start(source, address, links);
        try (server) {
            ready(server, address, console);
            interrupts.await();
        }
        totals(server, console);
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        String port = colon < 1 ? "" : listen.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new UsageException("--listen: " + listen + " (limit: HOST:PORT, port 0 to 65535); write for example"
                    + " 127.0.0.1:7007");
        }
        InetSocketAddress address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new UsageException("--listen: " + listen + " has no address (limit: an address of this machine);"
                    + " correct the host");
        }
        if (!address.getAddress().isLoopbackAddress() && !insecure) {
            throw new UsageException("--listen: " + listen + " in plain text (limit: loopback); listen on 127.0.0.1,"
                    + " or say --insecure");
        }
        return address;
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

    private ChipServer start(ChipSource source, InetSocketAddress address, LinkOptions links) {
        ServerOptions options = ServerOptions.defaults().withLinks(links);
        try {
            return ChipServer.start(source, address, insecure ? options.listeningInsecurely() : options);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    firstspike.driver.link.ErrorDetail.of(
                            "--listen " + listen,
                            "cannot be had (" + e.getMessage() + ")",
                            "a free port",
                            "choose another port, 0 takes a free one"),
                    e);
        }
    }

    private static void ready(ChipServer server, InetSocketAddress address, Console console) {
        String host = address.getAddress().getHostAddress();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.server/1");
        tree.put("address", host);
        tree.put("port", server.port());
        tree.put("pid", ProcessHandle.current().pid());
        tree.put("protocol", Versions.PROTOCOL);
        List<Object> rows = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (ChipDescription description : server.chips()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", description.chipId().value());
            row.put("kind", description.kind().name().toLowerCase(Locale.ROOT));
            row.put("fidelity", description.fidelity());
            rows.add(row);
            ids.add(description.chipId().value());
        }
        tree.put("chips", rows);
        console.object(tree);
        console.line("serving " + ids.size() + (ids.size() == 1 ? " chip (" : " chips (") + String.join(", ", ids)
                + ") on " + host + ":" + server.port() + ", protocol " + Versions.PROTOCOL + ", reflection on");
    }

    private static void totals(ChipServer server, Console console) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.server/1");
        tree.put("port", server.port());
        tree.put("sessions", server.totals().sessions());
        tree.put("expired_sessions", server.totals().expiredSessions());
        tree.put("programs_done", server.totals().programsDone());
        tree.put("programs_failed", server.totals().programsFailed());
        tree.put("calls_refused", server.totals().refusedCalls());
        console.object(tree);
        console.line(server.totals().toString());
    }
}
