package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.exchange.SonataImport;
import firstspike.experiments.exchange.Written;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes tables of SONATA spikes and nodes. */
@Command(
        name = "sonata",
        header = "Makes a table of SONATA spikes, or of SONATA nodes and their parameters.",
        description = {"", "Times are rounded to the 8 ns grid; what was off it is counted."},
        footer = {
            "  firstspike import sonata spikes.h5 --out spikes.csv",
            "  firstspike import sonata nodes.h5 --types node_types.csv --out nodes.csv"
        })
final class ImportSonataCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "SONATA file with spikes, or with nodes.")
    Path file;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "The table; without it nothing is written.")
    Path out;

    @Option(
            names = "--types",
            paramLabel = "FILE.csv",
            description = "Table of node types (default: node_types.csv beside the nodes).")
    Path types;

    @Option(
            names = "--map",
            paramLabel = "FILE.csv",
            description = "What node ids mean: population,node_id,to_population,neuron.")
    Path map;

    @Mixin
    OutputFile output = new OutputFile();

    @Override
    protected int run(Environment environment, Console console) {
        if (out != null) {
            output.check(out);
        }
        Optional<Path> place = Optional.ofNullable(out).map(Path::toAbsolutePath);
        Written written = new SonataImport(file, place)
                .run(types == null ? file.resolveSibling("node_types.csv") : types, Optional.ofNullable(map));
        ImportOptions.show("sonata", file, written, console);
        return DONE;
    }
}
