package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a calibration found. */
@Command(
        name = "show",
        header = "Shows what a calibration found, and whether it is in use.",
        footer = {
            "  firstspike calibrate show --chip emu-varied-7",
            "  firstspike calibrate show cal-20261127T231500Z-0123456789ab --json"
        })
final class CalibrateShowCommand extends Action {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one (default: the one in use).")
    String id = "current";

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationResult result = options.find(id, environment);
        boolean active = options.store(environment)
                .current(result.chip().chipId(), result.kind())
                .equals(Optional.of(result.id()));
        console.object(CalibrationLines.json(result, active));
        CalibrationLines.of(result, active).forEach(console::line);
        return DONE;
    }
}
