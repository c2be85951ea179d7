package firstspike.experiments.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns the text of instructions into words or a capture. */
@Command(
        name = "encode",
        header = "Turns instructions as 'wire decode' prints them into words, or into a capture.",
        footer = {
            "  firstspike wire encode program.txt --out program.words",
            "  firstspike wire encode program.txt --out program.pcap --force"
        })
final class WireEncodeCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "Text, one instruction a line.")
    Path file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "What is written: a capture when it ends in .pcap, else 64-bit words, big endian.")
    Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Override
    int run(Environment environment, Console console) {
        Unbuilt.refuse("FILE", true, "an encoder that is not linked yet");
        return DONE;
    }
}
