package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Networks and spikes of other programs. */
@Command(
        name = "import",
        header = "Makes experiments of networks of other programs, and tables of their spikes.",
        description = {"", "Nothing in a file is ever executed: pickles and PyTorch files are refused."},
        subcommands = {
            ImportNirCommand.class,
            ImportNpzCommand.class,
            ImportFastAndDeepCommand.class,
            ImportSonataCommand.class
        },
        footer = {
            "  firstspike import nir net.nir --time-unit ms --out exp.yaml",
            "  firstspike import sonata spikes.h5 --out spikes.csv"
        })
public final class ImportCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; nir, npz, fastanddeep or sonata");
    }
}
