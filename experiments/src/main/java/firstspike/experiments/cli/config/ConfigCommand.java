package firstspike.experiments.cli.config;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Looks at experiment files without running them. */
@Command(
        name = "config",
        header = "Checks, shows, compares or explains experiments without running them.",
        subcommands = {
            ConfigCheckCommand.class,
            ConfigShowCommand.class,
            ConfigDiffCommand.class,
            ConfigExplainCommand.class
        },
        footer = {
            "  firstspike config check yin-yang-chip --target 'emu:nominal?seed=1'",
            "  firstspike config show yin-yang --set training.epochs=20"
        })
public final class ConfigCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; check, show, diff or explain");
    }
}
