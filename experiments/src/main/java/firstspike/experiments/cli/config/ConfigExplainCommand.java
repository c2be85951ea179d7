package firstspike.experiments.cli.config;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.KeyInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what a key of an experiment means. */
@Command(
        name = "explain",
        header = "Says what a key of an experiment means, what it may be, and what it is when it is left out.",
        footer = {
            "  firstspike config explain training.epochs",
            "  firstspike config explain network.layers.0.size",
            "  firstspike config explain learning_rate --json"
        })
final class ConfigExplainCommand extends Action {

    @Parameters(paramLabel = "KEY", description = "Path such as training.epochs, or the end of one.")
    String key;

    @Override
    protected int run(Environment environment, Console console) {
        return explain(key, console);
    }

    /** Shows all keys that are meant. */
    static int explain(String key, Console console) {
        List<KeyInfo> found;
        try {
            found = KeyInfo.find(key);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.key/1");
        List<Object> keys = new ArrayList<>();
        for (KeyInfo info : found) {
            keys.add(tree(info));
            if (keys.size() > 1) {
                console.line("");
            }
            lines(info).forEach(console::line);
        }
        tree.put("keys", keys);
        console.object(tree);
        return DONE;
    }

    private static Map<String, Object> tree(KeyInfo info) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", info.key());
        row.put("meaning", info.meaning());
        row.put("allowed", info.allowed());
        row.put("default", info.fallback().orElse(null));
        row.put("required", info.required());
        row.put("when", info.when().isEmpty() ? null : info.when());
        row.put("below", info.below());
        return row;
    }

    private static List<String> lines(KeyInfo info) {
        List<String> lines = new ArrayList<>();
        lines.add(info.key());
        lines.add("  meaning   " + info.meaning());
        lines.add("  allowed   " + info.allowed());
        lines.add("  default   "
                + (info.required() ? "none, it must be given" : info.fallback().orElse("none")));
        if (!info.when().isEmpty()) {
            lines.add("  with      " + info.when());
        }
        if (!info.below().isEmpty()) {
            lines.add("  holds     " + String.join(", ", info.below()));
        }
        return lines;
    }
}
