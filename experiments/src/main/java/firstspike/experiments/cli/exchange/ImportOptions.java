package firstspike.experiments.cli.exchange;

import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.exchange.ImportedExperiment;
import firstspike.experiments.exchange.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What imports of networks share: where the experiment goes, where it runs, what it is like. */
final class ImportOptions {

    @Option(
            names = "--out",
            paramLabel = "FILE.yaml",
            description = "The experiment; its weights go beside it as .npz. Without it nothing is written.")
    Path out;

    @Option(names = "--like", paramLabel = "EXP", description = "Experiment that gives data, loss and training.")
    String like;

    @Option(
            names = "--target",
            paramLabel = "URI",
            defaultValue = "ideal:",
            description = "Where the experiment shall run (default: ideal:).")
    String target = "ideal:";

    @Mixin
    OutputFile output = new OutputFile();

    Optional<ExperimentFile> like() {
        return Optional.ofNullable(like).map(ExperimentFile::find);
    }

    /** Refuses to overwrite, before any work. */
    void check() {
        if (out != null) {
            if (!out.getFileName().toString().matches(".+\\.ya?ml")) {
                throw new UsageException("--out: " + out + " (limit: a name that ends in .yaml); choose another");
            }
            output.check(out);
            output.check(weights());
        }
    }

    private Path weights() {
        String name = out.getFileName().toString().replaceFirst("\\.ya?ml$", ".npz");
        return out.resolveSibling(name);
    }

    /** Writes, or checks only, and says what came out. */
    void finish(
            String format,
            Path source,
            ImportedExperiment imported,
            ExperimentFile base,
            List<String> notes,
            Console console) {
        List<String> all = new ArrayList<>(notes);
        all.add("data, loss and training as in " + base.name());
        String name = String.valueOf(source.getFileName());
        Written written;
        if (out == null) {
            imported.experiment(base, target, "imported", name);
            all.add("nothing written: --out FILE.yaml writes an experiment and its weights");
            written = new Written(List.of(), List.of(), all);
        } else {
            Written done =
                    imported.write(base, target, out.toAbsolutePath(), weights().toAbsolutePath(), name);
            all.addAll(done.notes());
            written = new Written(done.files(), done.leftOut(), all);
        }
        show(format, source, written, console);
    }

    static void show(String format, Path source, Written written, Console console) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.import/1");
        tree.put("format", format);
        tree.put("source", source.toString());
        written.putInto(tree);
        console.object(tree);
        written.lines().forEach(console::line);
    }
}
