package firstspike.experiments.cli.config;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints an experiment with every default filled in. */
@Command(
        name = "show",
        header = "Prints an experiment with every default filled in.",
        footer = {
            "  firstspike config show yin-yang",
            "  firstspike config show yin-yang-chip --set network.layers.0.size=60 --json"
        })
final class ConfigShowCommand extends Action {

    @Parameters(paramLabel = "EXP", description = "Bundled id or .yaml file.")
    String experiment;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        Experiment resolved = ExperimentFile.find(experiment)
                .resolve(options.overrides(environment, OptionalLong.empty()))
                .orThrow();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.config/1");
        tree.put("config_sha256", resolved.sha256());
        tree.put("experiment", resolved.tree());
        console.object(tree);
        console.line(resolved.yaml().stripTrailing());
        return DONE;
    }
}
