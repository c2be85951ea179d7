package firstspike.experiments.cli.calibrate;

import firstspike.driver.error.ErrorDetail;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs a calibration into one file. */
@Command(
        name = "export",
        header = "Packs a calibration into one file, to be imported elsewhere.",
        footer = {
            "  firstspike calibrate export current --chip W66F3 --out w66f3.zip",
            "  firstspike calibrate export cal-20261127T231500Z-0123456789ab"
        })
final class CalibrateExportCommand extends Action {

    @Parameters(paramLabel = "ID", description = "An id, or current.")
    String id;

    @Option(names = "--out", paramLabel = "FILE", description = "The file (default: ID.zip).")
    Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationResult result = options.find(id, environment);
        Path file = out == null ? Path.of(result.id() + ".zip") : out;
        if (Files.exists(file) && !force) {
            throw new StorageException(
                    StorageException.Code.EXISTS,
                    ErrorDetail.of(file.toString(), "is there already", "", "choose another name, or say --force"),
                    null);
        }
        AtomicFile.replace(
                file.toAbsolutePath(),
                options.store(environment).export(result.chip().chipId(), result.id()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.export/1");
        tree.put("id", result.id().value());
        tree.put("chip_id", result.chip().chipId().value());
        tree.put("path", file.toString());
        console.object(tree);
        console.line("calibration " + result.id() + " of chip " + result.chip().chipId() + " written to " + file);
        return DONE;
    }
}
