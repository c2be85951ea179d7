package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.DataFolderOption;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.exchange.NetworkExport;
import firstspike.experiments.exchange.Written;
import firstspike.experiments.run.EvaluationRun;
import firstspike.experiments.run.EvaluationSource;
import firstspike.runtime.recording.StorageFailure;
import firstspike.runtime.recording.log.LogHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the network of a run in the formats of others. */
@Command(
        name = "export",
        header = "Writes the network of a run in a format that other programs read.",
        description = {
            "",
            "nir: a graph for Norse, snnTorch, hxtorch and others, times in ms; npz: weights for NumPy;",
            "csv: a folder with metrics and weights; sonata: a folder with nodes.h5 and node_types.csv."
        },
        footer = {
            "  firstspike export @last --format nir --out net.nir",
            "  firstspike export @last --format nir --out net.nir --samples test.h5",
            "  firstspike export @last --format npz --out net.npz --checkpoint latest"
        })
public final class ExportCommand extends Action {

    private static final List<String> FILES = List.of("nir", "npz");
    private static final List<String> FOLDERS = List.of("csv", "sonata");

    /** How much faster than biology the chip is. */
    private static final double BIOLOGICAL = 1000;

    @Parameters(paramLabel = "RUN", description = "Folder, name, beginning of the id, or @last.")
    String run;

    @Option(names = "--format", required = true, paramLabel = "NAME", description = "nir, npz, csv, sonata or arrow.")
    String format;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "What is written: a file for nir and npz, a folder for csv and sonata.")
    Path out;

    @Option(
            names = "--checkpoint",
            paramLabel = "WHICH",
            defaultValue = "best",
            description = "best, latest or an epoch (default: best).")
    String checkpoint = "best";

    @Option(
            names = "--samples",
            paramLabel = "FILE.h5",
            description = "With nir: write the encoded test samples as NIR data too.")
    Path samples;

    @Option(
            names = "--time-base",
            paramLabel = "BASE",
            defaultValue = "chip",
            description =
                    "With sonata: times of spikes as on the chip, or biological, 1000 times longer (default: chip).")
    String timeBase = "chip";

    @Mixin
    OutputFile output = new OutputFile();

    @Mixin
    RunsOption runs = new RunsOption();

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Override
    protected int run(Environment environment, Console console) {
        Unbuilt.refuse("--format arrow", format.equals("arrow"), "an Arrow file");
        if (!FILES.contains(format) && !FOLDERS.contains(format)) {
            throw new UsageException("--format: " + format + " (limit: nir, npz, csv, sonata); choose one");
        }
        if (samples != null && !format.equals("nir")) {
            throw new UsageException("--samples: goes with --format nir (limit: nir); leave it out");
        }
        if (!timeBase.matches("chip|biological")) {
            throw new UsageException("--time-base: " + timeBase + " (limit: chip, biological); choose one");
        }
        if (!checkpoint.matches("best|latest|[0-9]{1,9}")) {
            throw new UsageException("--checkpoint: " + checkpoint + " (limit: best, latest or an epoch); choose one");
        }
        EvaluationRun.Request source =
                EvaluationSource.ofRun(run, runs.folder(environment), checkpoint, Overrides.none(), true, "test", 1);
        Written written = write(new NetworkExport(source), environment);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.export/1");
        tree.put("run", source.runId());
        tree.put("epoch", source.epochs());
        tree.put("format", format);
        written.putInto(tree);
        ReadOutcome outcome =
                ReadOutcome.of(written.logs().toArray(LogHealth[]::new)).into(tree);
        console.object(tree);
        console.line("run                  " + source.runId() + ", epoch " + source.epochs());
        written.lines().forEach(console::line);
        return outcome.tell(console).exit();
    }

    private Written write(NetworkExport export, Environment environment) {
        if (FILES.contains(format)) {
            output.check(out);
            Optional.ofNullable(samples).ifPresent(output::check);
        } else {
            makeFolder();
        }
        Path place = out.toAbsolutePath();
        return switch (format) {
            case "nir" ->
                export.nir(place, Optional.ofNullable(samples).map(Path::toAbsolutePath), data.folder(environment));
            case "npz" -> export.npz(place);
            case "csv" -> export.csv(place);
            default -> export.sonata(place, timeBase.equals("biological") ? BIOLOGICAL : 1);
        };
    }

    private void makeFolder() {
        try {
            if (Files.isDirectory(out)) {
                output.check(out);
            } else {
                Files.createDirectories(out);
            }
        } catch (IOException e) {
            throw StorageFailure.of(out, e);
        }
    }
}
