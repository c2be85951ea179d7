package firstspike.experiments.cli.serve;

import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.hostarq.DatagramTap;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.access.AccessOptions;
import firstspike.experiments.capture.CaptureTotals;
import firstspike.experiments.capture.CaptureWriter;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.metrics.MetricsEndpoint;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the chip behind an FPGA. */
@Command(
        name = "bridge",
        header = "Serves the chip behind an FPGA over gRPC until it is stopped.",
        description = {
            "",
            "The FPGA must answer when the bridge starts; one that goes away later is waited for and opened",
            "again when the next program comes. The log is JSON, one object a line on standard error."
        },
        footer = {
            "  firstspike bridge --fpga 192.168.66.4 --chip-id W66F3",
            "  firstspike bridge --fpga 192.168.66.4 --listen 0.0.0.0:7007 --tls-cert cert.pem" + " --tls-key key.pem",
            "  firstspike bridge --fpga 127.0.0.1:1234 --listen 127.0.0.1:0 --capture link.pcap --json"
        })
public final class BridgeCommand extends Action {

    @Option(
            names = "--fpga",
            required = true,
            paramLabel = "ADDRESS",
            description = "HOST[:PORT][?reset_port=N&congestion=on|off&allow_unknown=true] (default port: 1234).")
    String fpga;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7007",
            description = "Address; port 0 takes a free one (default: 127.0.0.1:7007).")
    String listen;

    @Option(names = "--chip-id", paramLabel = "NAME", description = "What the chip is called (default: by its FPGA).")
    String chipId;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Write all datagrams of the FPGA link to a pcap file.")
    Path capture;

    @Option(names = "--force", description = "Replace a capture that is there.")
    boolean force;

    @Mixin
    ServerSwitches serving;

    @Mixin
    MetricsSwitch metrics = new MetricsSwitch();

    @Override
    protected int run(Environment environment, Console console) throws InterruptedException {
        metrics.check();
        InetSocketAddress address = ListenAddress.parse("--listen", listen, serving.access.anywhere());
        AccessOptions callers = serving.access.options(environment.err());
        StructuredLog log = StructuredLog.begin(environment.err(), common.quiet);
        try (log;
                Interrupts interrupts = Interrupts.listen(console, "stopping; running programs finish")) {
            Optional<CaptureWriter> writer =
                    Optional.ofNullable(capture).map(file -> CaptureWriter.create(file, force));
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("schema", "firstspike.server/1");
            try {
                serve(source(writer), address, callers, interrupts, console, tree);
            } finally {
                writer.ifPresent(CaptureWriter::close);
            }
            writer.ifPresent(file -> captured(file.totals(), tree, console));
            console.object(tree);
            return interrupts.exit();
        }
    }

    private FpgaSource source(Optional<CaptureWriter> writer) {
        FpgaOptions options =
                FpgaOptions.defaults().watching().withTap(writer.isPresent() ? writer.get() : DatagramTap.NONE);
        if (chipId != null) {
            try {
                options = options.withChipId(new ChipId(chipId));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--chip-id: " + e.getMessage());
            }
        }
        return FpgaSource.of("fpga://" + fpga, options);
    }

    private void serve(
            FpgaSource source,
            InetSocketAddress address,
            AccessOptions callers,
            Interrupts interrupts,
            Console console,
            Map<String, Object> tree)
            throws InterruptedException {
        try (source) {
            ChipServer server = serving.start(source, address, listen, LinkOptions.defaults(), callers);
            Optional<HostArqCounters> counters;
            try (server) {
                Optional<MetricsEndpoint> endpoint = metrics.start(server, source::counters);
                try {
                    ready(server, source, address, endpoint, console);
                    interrupts.await();
                    // before the metrics end, so that it can be seen how the programs finish
                    server.close();
                } finally {
                    endpoint.ifPresent(MetricsEndpoint::close);
                }
            }
            counters = source.counters();
            tree.put("port", server.port());
            ServerLines.totals(server, tree);
            ServerLines.totals(server, console);
            counters.ifPresent(frames -> {
                tree.put("hostarq", ServerLines.frames(frames));
                console.line("FPGA link: " + ServerLines.text(frames));
            });
        }
    }

    private static void ready(
            ChipServer server,
            FpgaSource source,
            InetSocketAddress address,
            Optional<MetricsEndpoint> endpoint,
            Console console) {
        String host = address.getAddress().getHostAddress();
        List<ChipDescription> chips = server.chips();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.server/1");
        tree.put("address", host);
        tree.put("port", server.port());
        tree.put("fpga", source.address().host());
        tree.put("fpga_port", source.address().dataPort());
        tree.put("fpga_reset_port", source.address().resetPort());
        MetricsSwitch.ready(endpoint, tree);
        tree.put("pid", ProcessHandle.current().pid());
        tree.put("protocol", Versions.PROTOCOL);
        tree.put("chips", chips.stream().map(ServerLines::row).toList());
        tree.put(
                "identification", new LinkedHashMap<String, Object>(chips.get(0).properties()));
        source.counters().ifPresent(counters -> tree.put("hostarq", ServerLines.frames(counters)));
        console.object(tree);
        console.line("FPGA " + source.address() + ": " + chips.get(0).properties());
        source.counters()
                .ifPresent(
                        counters -> console.line("link up: window 128 of 256 frames, " + ServerLines.text(counters)));
        console.line("serving " + ServerLines.named(chips) + " on " + host + ":" + server.port() + ", protocol "
                + Versions.PROTOCOL + ", reflection on");
        MetricsSwitch.ready(endpoint, console);
    }

    private void captured(CaptureTotals totals, Map<String, Object> tree, Console console) {
        Map<String, Object> captured = new LinkedHashMap<>();
        captured.put("file", capture.toString());
        captured.put("datagrams", totals.datagrams());
        captured.put("dropped", totals.dropped());
        captured.put("bytes", totals.bytes());
        captured.put("error", totals.error().isEmpty() ? null : totals.error());
        tree.put("capture", captured);
        console.line("captured " + totals.datagrams() + " datagrams in " + capture);
        if (totals.dropped() > 0 || !totals.error().isEmpty()) {
            console.warn(totals.dropped() + " datagrams are not in " + capture
                    + (totals.error().isEmpty() ? "" : " (" + totals.error() + ")"));
        }
    }
}
