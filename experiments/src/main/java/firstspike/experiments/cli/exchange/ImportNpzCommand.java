package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.exchange.WeightsImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an experiment of weights alone. */
@Command(
        name = "npz",
        header = "Makes an experiment of weights alone, as large as they are.",
        description = {
            "",
            "Members layers/<i>/weight, layers_<i>_weight or w<i>, one a layer: rows are inputs and then biases,",
            "columns neurons."
        },
        footer = {
            "  firstspike import npz net.npz --out exp.yaml",
            "  firstspike import npz net.npz --like yin-yang --out exp.yaml"
        })
final class ImportNpzCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "Archive of arrays.")
    Path file;

    @Mixin
    ImportOptions options = new ImportOptions();

    @Override
    protected int run(Environment environment, Console console) {
        options.check();
        WeightsImport.Found found = WeightsImport.find(file, options.like());
        List<String> notes = new ArrayList<>();
        if (!found.ignored().isEmpty()) {
            notes.add("other members ignored: " + String.join(", ", found.ignored()));
        }
        options.finish("npz", file, found.experiment(), found.like(), notes, console);
        return DONE;
    }
}
