package firstspike.experiments.cli.wire;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** What travels between host and FPGA, as text and back. */
@Command(
        name = "wire",
        header = "Reads and makes what travels between host and FPGA.",
        subcommands = {WireDecodeCommand.class, WireEncodeCommand.class},
        footer = {"  firstspike wire decode run.pcap", "  firstspike wire encode program.txt --out program.words"})
public final class WireCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; decode or encode");
    }
}
