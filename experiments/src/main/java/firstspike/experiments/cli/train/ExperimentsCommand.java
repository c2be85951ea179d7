package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.firsthour.FirstHour;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the bundled experiments. */
@Command(
        name = "experiments",
        header = "Lists the bundled experiments; runs those of the first hour.",
        subcommands = {ExperimentsRunCommand.class},
        commandListHeading = "%nCommands:%n",
        footer = {
            "  firstspike experiments",
            "  firstspike experiments --details yin-yang",
            "  firstspike experiments run leak-over-threshold --target emu:nominal"
        })
public final class ExperimentsCommand extends Action {

    @Option(names = "--details", paramLabel = "ID", description = "Print one of them as it was written.")
    String details;

    @Override
    protected int run(Environment environment, Console console) {
        if (details != null) {
            ExperimentFile file = ExperimentFile.find(details);
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("schema", "firstspike.experiments/1");
            tree.put("experiments", List.of(row(details)));
            console.object(tree);
            console.line(new String(file.bytes(), java.nio.charset.StandardCharsets.UTF_8).stripTrailing());
            return DONE;
        }
        List<Map<String, Object>> rows = ExperimentFile.bundledIds().stream()
                .map(ExperimentsCommand::row)
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.experiments/1");
        tree.put("experiments", new ArrayList<Object>(rows));
        List<Map<String, Object>> hour = Arrays.stream(FirstHour.values())
                .map(each -> Map.<String, Object>of("id", each.id(), "description", each.description()))
                .toList();
        tree.put("first_hour", hour);
        console.object(tree);
        String form = "%-18s %-12s %-12s %-18s %s";
        console.line(String.format(Locale.ROOT, form, "id", "data set", "network", "target", "published accuracy"));
        for (Map<String, Object> row : rows) {
            Object published = row.get("published_accuracy");
            console.line(String.format(
                    Locale.ROOT,
                    form,
                    row.get("id"),
                    row.get("dataset"),
                    row.get("network"),
                    row.get("target"),
                    published == null ? "-" : published));
        }
        console.line("");
        console.line("first hour (firstspike experiments run ID --target URI):");
        for (FirstHour each : FirstHour.values()) {
            console.line(String.format(Locale.ROOT, "%-20s %s", each.id(), each.description()));
        }
        return DONE;
    }

    private static Map<String, Object> row(String id) {
        // listing needs no solver, so a stepped integrator is as good as another
        Experiment experiment = ExperimentFile.bundled(id)
                .resolve(Overrides.of("forward={kind: event-driven}"))
                .orThrow();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("dataset", experiment.dataset().name());
        row.put("network", shape(experiment.network()));
        row.put("target", experiment.target());
        row.put("published_accuracy", published(experiment));
        row.put("description", experiment.tree().get("description"));
        return row;
    }

    private static String shape(Network network) {
        StringBuilder shape = new StringBuilder().append(network.inputs());
        for (Layer layer : network.layers()) {
            shape.append('-').append(layer.size());
        }
        return shape.toString();
    }

    private static Object published(Experiment experiment) {
        return experiment.tree().get("reference") instanceof Map<?, ?> reference
                        && reference.get("test_accuracy_published") instanceof Map<?, ?> accuracy
                ? accuracy.get("mean")
                : null;
    }
}
