package firstspike.experiments.cli;

import firstspike.experiments.config.Nearest;
import firstspike.experiments.figure.FigureSet;
import firstspike.experiments.figure.FigureSize;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.error.StorageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
        header = "Draws one figure of a run as SVG or PNG.",
        description = {
            "",
            "Figures: loss_accuracy, decision_map, confusion_test, output_times, raster, weights, health, chip."
        },
        footer = {
            "  firstspike plot @last decision_map --out yy.svg",
            "  firstspike plot @last confusion_test --out answers.png --size 800x600"
        })
final class PlotCommand extends Action {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    @Parameters(index = "0", paramLabel = "RUN", description = "A folder, its name, a beginning of its id, or @last.")
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

    @Override
    int run(Environment environment, Console console) {
        if (!FigureSet.NAMES.contains(figure)) {
            throw new UsageException("figure: " + figure + " (limit: " + String.join(", ", FigureSet.NAMES) + ")"
                    + Nearest.to(figure, FigureSet.NAMES)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; choose one"));
        }
        Path file = out == null ? Path.of(figure + ".svg") : out;
        if (!file.toString().endsWith(".svg") && !file.toString().endsWith(".png")) {
            throw new UsageException("--out: " + file + " (limit: a name that ends in .svg or .png); choose one");
        }
        Optional<FigureSize> wanted = size();
        output.check(file);
        StoredRun stored = StoredRun.read(runs.index(environment).find(run));
        if (!FigureSet.write(figure, stored.measured(), stored.footer(), wanted, file.toAbsolutePath())) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    "figure " + figure + " of run " + stored.folderName(),
                    "no numbers for it in the folder, " + stored.stateLine(),
                    "a run that drew it at its end, on data or a target that has it",
                    "choose another figure, or train with report.figures=all");
        }
        console.line("figure " + file);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.plot/1");
        tree.put("run", stored.record().get("run_id"));
        tree.put("figure", figure);
        tree.put("path", file.toString());
        console.object(tree);
        return DONE;
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
            return Optional.of(
                    new FigureSize(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--size: " + e.getMessage());
        }
    }
}
