package firstspike.experiments.cli.targets;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.fit.ChipModelFit;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.exchange.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a chip model for the emulator from a calibration. */
@Command(
        name = "fit",
        header = "Writes a chip model for emu:fitted from what a calibration measured of a chip.",
        footer = {
            "  firstspike targets fit cal-20261127T231500Z-0123456789ab --out chip.npz",
            "  firstspike experiments run fi-curve --target 'emu:fitted?file=chip.npz' --allow-uncalibrated"
        })
final class TargetsFitCommand extends Action {

    @Parameters(paramLabel = "CALIBRATION", description = "Id of a stored calibration, or its folder.")
    String calibration;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The chip model (.npz).")
    Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (Files.exists(out) && !force) {
            throw new UsageException("--out: " + out + " is there (limit: a new file); say --force to replace it");
        }
        CalibrationResult result = CalibrationId.isId(calibration)
                ? new CalibrationStore(options.calibrations(environment).store(), Clock.systemUTC())
                        .find(new CalibrationId(calibration))
                : CalibrationStore.read(Path.of(calibration));
        ChipModelFit fit = new ChipModelFit(result);
        AtomicFile.replace(out, fit.bytes(Instant.now(), Versions.product()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.fit/1");
        tree.put("calibration", result.id().value());
        tree.put("chip_id", result.chip().chipId().value());
        tree.put("file", out.toString());
        tree.put("nominal_for_want_of_a_measurement", fit.nominal());
        tree.put("noise", fit.noise());
        console.object(tree);
        console.line("chip model " + out + " of calibration " + result.id() + ", chip "
                + result.chip().chipId());
        fit.noise().forEach((name, value) -> console.line(String.format(Locale.ROOT, "%-20s %.4g", name, value)));
        fit.nominal()
                .forEach((quantity, count) -> console.line(String.format(
                        "%-20s %d measured, %d nominal for want of a measurement",
                        quantity, fit.pattern().get(quantity).length - count, count)));
        return DONE;
    }
}
