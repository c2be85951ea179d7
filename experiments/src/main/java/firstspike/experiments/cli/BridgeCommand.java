package firstspike.experiments.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the chip behind an FPGA. */
@Command(
        name = "bridge",
        header = "Serves the chip behind an FPGA over gRPC until it is stopped.",
        footer = {
            "  firstspike bridge --fpga 192.168.66.4 --chip-id W66F3",
            "  firstspike bridge --fpga 127.0.0.1:1234 --listen 127.0.0.1:0 --capture link.pcap --json"
        })
final class BridgeCommand extends Action {

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

    @Option(names = "--insecure", description = "Listen in plain text on an address that is not loopback.")
    boolean insecure;

    @Option(
            names = {"--tls-cert", "--tls-key", "--tls-ca", "--token-file", "--spool", "--metrics-port"},
            paramLabel = "VALUE",
            description = "Not built yet.")
    String later;

    @Option(names = "--turn-period", paramLabel = "TIME", hidden = true, description = "Not built yet.")
    String turnPeriod;

    @Override
    int run(Environment environment, Console console) {
        Unbuilt.refuse("--fpga", true, "the link to an FPGA, which is not linked yet");
        return DONE;
    }
}
