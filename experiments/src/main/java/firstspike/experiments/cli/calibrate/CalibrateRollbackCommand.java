package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings the calibration before back into use. */
@Command(
        name = "rollback",
        header = "Brings the calibration that was in use before back into use.",
        footer = {
            "  firstspike calibrate rollback --chip W66F3",
            "  firstspike calibrate rollback cal-20261127T231500Z-0123456789ab --chip W66F3"
        })
final class CalibrateRollbackCommand extends Action {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one (default: the one before).")
    String id;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        Optional<CalibrationId> to = Optional.ofNullable(id).map(StoreOptions::id);
        CalibrationResult result =
                options.store(environment).rollback(options.chip(environment), CalibrationKind.SPIKING, to);
        console.object(CalibrationLines.json(result, true));
        console.line("calibration " + result.id() + " is in use again on chip "
                + result.chip().chipId());
        return DONE;
    }
}
