package firstspike.experiments.cli.serve;

import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.server.ChipServer;
import firstspike.emulator.FpgaServer;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.metrics.MetricsEndpoint;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code emulate} runs, at least one of the first two, and what it prints of them (journeys.md 4).
 *
 * @param address on which they listen, for people
 * @param grpc the server over gRPC
 * @param fpga the FPGA over UDP
 * @param metrics of the first
 */
record EmulatedServers(
        InetAddress address, Optional<ChipServer> grpc, Optional<FpgaServer> fpga, Optional<MetricsEndpoint> metrics)
        implements AutoCloseable {

    /** Everything listens: one line each, or one object. */
    void ready(Console console) {
        String host = address.getHostAddress();
        Map<String, Object> tree = tree();
        tree.put("address", host);
        grpc.ifPresent(server -> tree.put("port", server.port()));
        fpga.ifPresent(udp -> {
            tree.put("fpga_port", udp.dataPort());
            tree.put("fpga_reset_port", udp.resetPort());
        });
        MetricsSwitch.ready(metrics, tree);
        tree.put("pid", ProcessHandle.current().pid());
        grpc.ifPresent(server -> tree.put("protocol", Versions.PROTOCOL));
        List<ChipDescription> chips = grpc.map(ChipServer::chips)
                .orElseGet(() -> List.of(fpga.orElseThrow().describe()));
        tree.put("chips", chips.stream().map(ServerLines::row).toList());
        console.object(tree);
        grpc.ifPresent(server -> console.line("serving " + ServerLines.named(chips) + " on " + host + ":"
                + server.port() + ", protocol " + Versions.PROTOCOL + ", reflection on"));
        fpga.ifPresent(udp -> console.line("FPGA with " + ServerLines.named(List.of(udp.describe())) + " on udp://"
                + host + ":" + udp.dataPort() + "?reset_port=" + udp.resetPort() + ", HostARQ"));
        MetricsSwitch.ready(metrics, console);
    }

    private static Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.server/1");
        return tree;
    }

    /** Everything stopped: totals. */
    void totals(Console console) {
        Map<String, Object> tree = tree();
        grpc.ifPresent(server -> {
            tree.put("port", server.port());
            ServerLines.totals(server, tree);
            ServerLines.totals(server, console);
        });
        fpga.ifPresent(udp -> {
            HostArqCounters frames = udp.counters();
            Map<String, Object> counts = new LinkedHashMap<>(udp.totals().toMap());
            counts.put("frames_sent", frames.framesSent());
            counts.put("frames_resent", frames.framesResent());
            counts.put("frames_received", frames.framesReceived());
            counts.put("duplicates", frames.duplicates());
            counts.put("foreign_peer", frames.foreignPeer());
            counts.put("bad_reset", frames.badReset());
            tree.put("fpga_port", udp.dataPort());
            tree.put("fpga", counts);
            console.line("FPGA: " + udp.totals() + "; " + frames.framesReceived() + " frames received, "
                    + frames.framesSent() + " sent, " + frames.framesResent() + " of them again");
        });
        console.object(tree);
    }

    /** Stops all; running programs of the gRPC server finish. */
    @Override
    public void close() {
        grpc.ifPresent(ChipServer::close);
        fpga.ifPresent(FpgaServer::close);
        // last, so that it can be seen how the programs finish
        metrics.ifPresent(MetricsEndpoint::close);
    }
}
