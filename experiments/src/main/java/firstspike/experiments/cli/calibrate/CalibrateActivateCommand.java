package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a calibration into use. */
@Command(
        name = "activate",
        header = "Brings a calibration into use on its chip.",
        footer = {
            "  firstspike calibrate activate cal-20261127T231500Z-0123456789ab",
            "  firstspike calibrate activate cal-20261127T231500Z-0123456789ab --allow-partial"
        })
final class CalibrateActivateCommand extends Action {

    @Parameters(paramLabel = "ID", description = "Which one.")
    String id;

    @Option(names = "--allow-partial", description = "Though a share of neurons missed its targets.")
    boolean allowPartial;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationStore store = options.store(environment);
        CalibrationResult found = store.find(StoreOptions.id(id));
        CalibrationResult result =
                store.activate(found.chip().chipId(), found.id(), allowPartial, options.needed(environment));
        console.object(CalibrationLines.json(result, true));
        console.line("calibration " + result.id() + " is in use on chip "
                + result.chip().chipId());
        return DONE;
    }
}
