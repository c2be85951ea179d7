package firstspike.experiments.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** What travels between host and FPGA, as text and back. */
@Command(
        name = "wire",
        header = "Reads and makes what travels between host and FPGA.",
        subcommands = {WireDecodeCommand.class, WireEncodeCommand.class},
        footer = {"  firstspike wire decode run.pcap", "  firstspike wire encode program.txt --out program.words"})
final class WireCommand extends Action {

    @Override
    int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; decode or encode");
    }
}
