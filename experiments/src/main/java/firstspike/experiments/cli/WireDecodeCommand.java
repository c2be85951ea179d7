package firstspike.experiments.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a captured stream as instructions and responses. */
@Command(
        name = "decode",
        header = "Prints a captured stream as instructions and responses with ticks.",
        description = {
            "",
            "FILE is a pcap or pcapng capture, or 64-bit words, big endian; its first bytes tell which.",
            "Repeated frames are shown once."
        },
        footer = {"  firstspike wire decode run.pcap", "  firstspike wire decode answers.words --direction from --json"
        })
final class WireDecodeCommand extends Action {

    /** Whose words. */
    enum Direction {
        /** Host to FPGA. */
        to,
        /** FPGA to host. */
        from
    }

    @Parameters(paramLabel = "FILE", description = "Capture or words.")
    Path file;

    @Option(
            names = "--direction",
            paramLabel = "to|from",
            description = "Capture: show only this direction (default: both). Words: whose they are (default: to).")
    Direction direction;

    @Override
    int run(Environment environment, Console console) {
        Unbuilt.refuse("FILE", true, "a decoder that is not linked yet");
        return DONE;
    }
}
