package firstspike.experiments.cli.config;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows in which keys two experiments differ. */
@Command(
        name = "diff",
        header = "Shows in which keys two experiments differ, defaults filled in.",
        footer = {
            "  firstspike config diff yin-yang-chip yin-yang",
            "  firstspike config diff yin-yang mine.yaml --json"
        })
final class ConfigDiffCommand extends Action {

    @Parameters(index = "0", paramLabel = "EXP", description = "Bundled id or .yaml file.")
    String first;

    @Parameters(index = "1", paramLabel = "EXP", description = "The other one.")
    String second;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        Experiment left = resolved(first, environment);
        Experiment right = resolved(second, environment);
        Map<String, List<String>> differing = left.differences(right);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.config-diff/1");
        tree.put("experiments", List.of(first, second));
        tree.put("config_sha256", List.of(left.sha256(), right.sha256()));
        tree.put("differing", differing);
        console.object(tree);
        if (differing.isEmpty()) {
            console.line("no key differs");
        }
        int widest = differing.keySet().stream().mapToInt(String::length).max().orElse(0);
        differing.forEach((key, values) ->
                console.line(key + " ".repeat(widest - key.length() + 2) + values.get(0) + "  ->  " + values.get(1)));
        return DONE;
    }

    private Experiment resolved(String name, Environment environment) {
        return ExperimentFile.find(name)
                .resolve(options.overrides(environment, OptionalLong.empty()))
                .orThrow();
    }
}
