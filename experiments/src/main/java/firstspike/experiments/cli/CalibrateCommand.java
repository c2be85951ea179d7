package firstspike.experiments.cli;

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
final class CalibrateCommand extends Action {

    @Override
    int run(Environment environment, Console console) {
        throw new ParameterException(
                spec.commandLine(), "calibrate: no command; 'firstspike calibrate --help' lists them");
    }
}
