package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.exchange.ImportedExperiment;
import firstspike.runtime.exchange.nir.ImportedNetwork;
import firstspike.runtime.exchange.nir.NirImport;
import firstspike.runtime.exchange.nir.NirReader;
import firstspike.runtime.exchange.nir.TimeUnit;
import firstspike.runtime.network.ChipSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an experiment of a NIR graph. */
@Command(
        name = "nir",
        header = "Makes an experiment and weights of a NIR graph.",
        description = {
            "",
            "Feed-forward graphs of CubaLIF neurons with Linear, Affine or Scale between them. All that does not",
            "fit is listed at once."
        },
        footer = {
            "  firstspike import nir net.nir --time-unit ms --out exp.yaml",
            "  firstspike import nir net.nir --like mnist16-software --out exp.yaml"
        })
final class ImportNirCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "NIR graph.")
    Path file;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            description = "Unit of its times: ms, us, s or tau; needed where the file does not say.")
    String timeUnit;

    @Option(names = "--bias-as-spike", description = "Make a constant current one spike at time 0.")
    boolean biasAsSpike;

    @Mixin
    ImportOptions options = new ImportOptions();

    @Override
    protected int run(Environment environment, Console console) {
        Optional<TimeUnit> unit = Optional.ofNullable(timeUnit).map(text -> TimeUnit.of(text)
                .orElseThrow(
                        () -> new UsageException("--time-unit: " + text + " (limit: ms, us, s, tau); choose one")));
        options.check();
        ImportedNetwork imported = NirImport.of(
                file.toString(),
                NirReader.read(file),
                unit,
                biasAsSpike,
                ChipSettings.forNetworksWithout().tauUs());
        List<String> notes = new ArrayList<>(imported.notes());
        ExperimentFile base = options.like()
                .or(() -> ImportedExperiment.carried(imported.experiment(), notes))
                .orElseGet(() -> ImportedExperiment.fitting(
                        imported.network().inputs(), imported.network().outputs()));
        options.finish(
                "nir",
                file,
                new ImportedExperiment(imported.network(), imported.weights(), imported.tauUs()),
                base,
                notes,
                console);
        return DONE;
    }
}
