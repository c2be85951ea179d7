package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.cli.common.SelectionOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Nearest;
import firstspike.experiments.figure.FigureSet;
import firstspike.experiments.figure.LogRaster;
import firstspike.experiments.plot.FigureSize;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws one figure of a run into a file. */
@Command(
        name = "plot",
        header = "Draws one figure of a run, or the spikes of a log, as SVG or PNG.",
        description = {
            "",
            "Figures: loss_accuracy, decision_map, confusion_test, output_times, raster, weights, health, chip;",
            "of a log (.fslog): raster, of all its programs above each other or of those that are chosen."
        },
        footer = {
            "  firstspike plot @last decision_map --out yy.svg",
            "  firstspike plot @last confusion_test --out answers.png --size 800x600",
            "  firstspike plot out.fslog raster --program 0 --from 1ms --to 2ms"
        })
public final class PlotCommand extends Action {

    private static final String LOG = ".fslog";
    private static final double PS_PER_US = 1e6;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    @Parameters(index = "0", paramLabel = "RUN|LOG", description = "A run, or a .fslog file.")
    String run;

    @Parameters(index = "1", paramLabel = "FIGURE", description = "Which one.")
    String figure;

    @Option(names = "--out", paramLabel = "FILE", description = "A .svg or .png file (default: FIGURE.svg).")
    Path out;

    @Option(names = "--size", paramLabel = "WxH", description = "Pixels of a PNG, units of an SVG (default: as drawn).")
    String size;

    @Mixin
    OutputFile output = new OutputFile();

    @Mixin
    RunsOption runs = new RunsOption();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (!FigureSet.NAMES.contains(figure)) {
            throw new UsageException("figure: " + figure + " (limit: " + String.join(", ", FigureSet.NAMES) + ")"
                    + Nearest.to(figure, FigureSet.NAMES)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; choose one"));
        }
        Path file = out == null ? Path.of(figure + ".svg") : out;
        if (!FigureSet.isPicture(file)) {
            throw new UsageException("--out: " + file + " (limit: a name that ends in .svg or .png); choose one");
        }
        Optional<FigureSize> wanted = size();
        output.check(file);
        if (run.endsWith(LOG)) {
            return ofLog(Path.of(run), wanted, file, console);
        }
        StoredRun stored = StoredRun.read(runs.index(environment).find(run));
        if (!FigureSet.write(figure, stored.measured(), stored.footer(), wanted, file.toAbsolutePath())) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    "figure " + figure + " of run " + stored.folderName(),
                    "no numbers for it in the folder, " + stored.stateLine(),
                    "a run that drew it at its end, on data or a target that has it",
                    "choose another figure, or train with report.figures=all");
        }
        return drawn(stored.record().get("run_id"), file, console, ReadOutcome.of());
    }

    private int drawn(Object id, Path file, Console console, ReadOutcome outcome) {
        console.line("figure " + file);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.plot/1");
        tree.put("run", id);
        tree.put("figure", figure);
        tree.put("path", file.toString());
        outcome.into(tree);
        console.object(tree);
        return outcome.exit();
    }

    private int ofLog(Path path, Optional<FigureSize> wanted, Path file, Console console) {
        if (!figure.equals("raster")) {
            throw new UsageException("figure: " + figure + " of a log (limit: raster); choose it");
        }
        try (SpikeLog log = SpikeLog.open(path)) {
            LogHeader header = log.header();
            LabelTable labels = LabelTable.of(header.labels());
            List<LabelTable.Population> populations = labels.populations();
            LogRaster raster = new LogRaster();
            LogHealth health =
                    OrderedSpikes.read(log, false, selection.of(log), (program, tick, direction, label, population) -> {
                        boolean known = population >= 0;
                        boolean taken = raster.add(
                                known ? populations.get(population).name() : direction.text(),
                                known ? labels.neuron(direction, label) : label,
                                tick * (header.tickPs() / PS_PER_US));
                        if (!taken) {
                            throw new UsageException("spikes of " + path + ": more than " + LogRaster.MOST_SPIKES
                                    + " (limit of a picture); choose fewer with --program, --from, --to, --population");
                        }
                    });
            raster.write(
                    raster.spikes() + " spikes of " + path.getFileName(),
                    "run " + header.runId() + "   target " + header.target() + "   fidelity " + header.fidelity()
                            + (health.missing().isEmpty() ? "" : "   INCOMPLETE"),
                    wanted,
                    file.toAbsolutePath());
            return drawn(header.runId(), file, console, ReadOutcome.of(health).tell(console));
        }
    }

    private Optional<FigureSize> size() {
        if (size == null) {
            return Optional.empty();
        }
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches()) {
            throw new UsageException("--size: " + size + " (limit: WIDTHxHEIGHT); write for example 800x600");
        }
        try {
            return Optional.of(new FigureSize(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--size: " + e.getMessage());
        }
    }
}
