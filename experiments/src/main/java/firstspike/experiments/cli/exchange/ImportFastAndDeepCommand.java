package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.exchange.FastAndDeepFolder;
import firstspike.experiments.exchange.Written;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an experiment of a fastAndDeep run. */
@Command(
        name = "fastanddeep",
        header = "Makes an experiment of the folder of a fastAndDeep run, its series and its weights.",
        description = {
            "",
            "Reads config.yaml and the .npy series of its epochs. Its network is a pickle and is not read:",
            "export the weights once with NumPy, the command says how, and name them by --weights."
        },
        footer = {
            "  firstspike import fastanddeep DIR --target ideal: --out exp.yaml",
            "  firstspike import fastanddeep DIR --target emu:nominal --weights net.npz --out exp.yaml"
        })
final class ImportFastAndDeepCommand extends Action {

    @Parameters(paramLabel = "DIR", description = "Folder with config.yaml and epoch folders.")
    Path folder;

    @Option(names = "--target", paramLabel = "URI", description = "Where the experiment shall run; never guessed.")
    String target;

    @Option(names = "--weights", paramLabel = "FILE.npz", description = "Weights that were exported from its network.")
    Path weights;

    @Option(
            names = "--out",
            paramLabel = "FILE.yaml",
            description = "The experiment; series and weights go beside it. Without it nothing is written.")
    Path out;

    @Mixin
    OutputFile output = new OutputFile();

    @Override
    protected int run(Environment environment, Console console) {
        if (target == null) {
            throw new UsageException("--target: none (limit: one; the file's substrate is not a target of this"
                    + " program); say where it shall run: ideal:, emu:nominal?seed=0, grpc://host:port");
        }
        Optional<Path> place = Optional.ofNullable(out).map(Path::toAbsolutePath);
        FastAndDeepFolder found = FastAndDeepFolder.read(folder);
        place.ifPresent(path -> found.outputs(path, weights != null).forEach(output::check));
        Written written = found.write(target, Optional.ofNullable(weights), place);
        ImportOptions.show("fastanddeep", folder, written, console);
        return DONE;
    }
}
