package firstspike.experiments.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.RunStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says of a run what has not been said yet. One thread. */
final class RunWatch {

    private final Path path;
    private final Console console;
    private RunState said;
    private int lines;

    RunWatch(Path path, Console console) {
        this.path = path;
        this.console = console;
    }

    /** The state when it is another one than before, then every new epoch. */
    void show(RunStatus status) {
        if (status.state() != said) {
            said = status.state();
            console.line(StoredRun.footer(status.record()));
            console.line(StoredRun.stateLine(status));
            if (console.json()) {
                console.result(JsonText.compact(state(status)));
            }
        }
        List<JsonNode> all =
                new MetricsLog(path.resolve("metrics.jsonl")).read().lines();
        // a resumed run drops the lines after its checkpoint and writes them again
        lines = Math.min(lines, all.size());
        for (JsonNode line : all.subList(lines, all.size())) {
            console.line(epoch(line, StoredRun.text(status.record().get("epochs_total"))));
            if (console.json()) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("schema", "firstspike.epoch/1");
                tree.put("run", status.record().get("run_id"));
                tree.putAll(StoredRun.map(JsonTree.toTree(line)));
                console.result(JsonText.compact(tree));
            }
        }
        lines = all.size();
    }

    /** The last words. */
    void end(RunStatus status) {
        StoredRun.map(status.record().get("result"))
                .forEach((name, value) -> console.line(String.format("%-20s %s", name, StoredRun.text(value))));
        Object verdict = StoredRun.map(status.record().get("health")).get("verdict");
        console.line(
                "health: " + StoredRun.text(verdict == null ? status.record().get("verdict") : verdict));
    }

    private static Map<String, Object> state(RunStatus status) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.watch/1");
        tree.put("run", status.record().get("run_id"));
        tree.put("state", status.state().text());
        tree.put("epoch", status.record().get("epoch"));
        tree.put("epochs_total", status.record().get("epochs_total"));
        tree.put("result", status.record().get("result"));
        tree.put("verdict", status.record().get("verdict"));
        return tree;
    }

    private static String epoch(JsonNode line, String total) {
        StringBuilder text = new StringBuilder("epoch " + line.path("epoch").asInt() + "/" + total);
        JsonNode train = line.path("split").path("train");
        JsonNode validation = line.path("split").path("validation");
        append(text, "loss", train.path("loss"));
        append(text, "train", train.path("accuracy"));
        append(text, "val", validation.path("accuracy"));
        line.path("missing").properties().forEach(layer -> append(text, "missing " + layer.getKey(), layer.getValue()));
        append(text, "clipped", line.path("clipped"));
        append(text, "chip s", line.path("chip_s"));
        append(text, "wall s", line.path("wall_s"));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, JsonNode value) {
        if (value.isNumber()) {
            text.append(String.format(Locale.ROOT, "  %s %.4g", name, value.asDouble()));
        }
    }
}
