package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Calibrates chips and looks after their calibrations. */
@Command(
        name = "calibrate",
        header = "Calibrates a chip, and keeps, compares, activates and checks calibrations.",
        subcommands = {
            CalibrateRunCommand.class,
            CalibrateRefineCommand.class,
            CalibrateCheckCommand.class,
            CalibrateVerifyCommand.class,
            CalibrateShowCommand.class,
            CalibrateListCommand.class,
            CalibrateDiffCommand.class,
            CalibrateActivateCommand.class,
            CalibrateRollbackCommand.class,
            CalibrateExportCommand.class,
            CalibrateImportCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "  firstspike calibrate run --target 'emu:varied?seed=7' --targets fast-and-deep --activate",
            "  firstspike calibrate verify --target 'emu:varied?seed=7'"
        })
public final class CalibrateCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(
                spec.commandLine(), "calibrate: no command; 'firstspike calibrate --help' lists them");
    }
}
