package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationResult;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a calibration over from a file. */
@Command(
        name = "import",
        header = "Takes a calibration over that was exported elsewhere; it does not come into use.",
        footer = {"  firstspike calibrate import w66f3.zip", "  firstspike calibrate import w66f3.zip --json"})
final class CalibrateImportCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "What 'calibrate export' wrote.")
    Path file;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationResult result = options.store(environment).importFrom(file);
        console.object(CalibrationLines.json(result, false));
        console.line("calibration " + result.id() + " of chip " + result.chip().chipId() + " imported");
        console.line(CalibrationLines.line("activated", "no (use: " + StoreOptions.activateCommand(result) + ")"));
        return DONE;
    }
}
