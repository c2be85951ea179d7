package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.learning.Kernels;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files that a run folder has from its beginning: what was asked for, where it runs, and on what machine. */
final class RunFiles {

    private static final Pattern SECRET = Pattern.compile("(?i)token|key|secret|password");

    private RunFiles() {}

    static void writeInputs(
            RunFolder folder, ExperimentFile file, Experiment experiment, Overrides overrides, RunSettings settings) {
        folder.write("experiment.input.yaml", file.bytes());
        folder.write("experiment.yaml", experiment.yaml());
        Map<String, Object> tree = new LinkedHashMap<>();
        List<String> sets = new ArrayList<>(overrides.sets());
        overrides.seed().ifPresent(seed -> sets.add("--seed " + seed));
        overrides.target().ifPresent(target -> sets.add("--target " + target));
        tree.put("set", sets);
        Map<String, Object> variables = new TreeMap<>();
        settings.variables().forEach((name, value) -> {
            if (name.startsWith("FIRSTSPIKE_")) {
                variables.put(name, SECRET.matcher(name).find() ? "***" : value);
            }
        });
        tree.put("environment", variables);
        folder.write("overrides.json", JsonText.pretty(tree));
    }

    static void writeTarget(RunFolder folder, List<Object> connections) {
        folder.write("target.json", JsonText.pretty(connections));
    }

    static void writeSurroundings(RunFolder folder, OpenedExecutor opened, RunSettings settings) {
        folder.write("calibration.json", JsonText.pretty(opened.calibrations().manifest()));
        folder.write("environment.json", JsonText.pretty(environment(settings)));
    }

    /** The machine and the program. */
    static Map<String, Object> environment(RunSettings settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.environment/1");
        tree.put("product_version", settings.version());
        tree.put("commit", settings.commit());
        tree.put("java_version", System.getProperty("java.version"));
        tree.put("java_vendor", System.getProperty("java.vendor"));
        tree.put("java_flags", ManagementFactory.getRuntimeMXBean().getInputArguments());
        tree.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        tree.put("architecture", System.getProperty("os.arch"));
        tree.put("cores", Runtime.getRuntime().availableProcessors());
        tree.put("threads", settings.link().threads());
        tree.put("learning_kernel", Kernels.chosen().id());
        tree.put("memory_bytes", Runtime.getRuntime().maxMemory());
        tree.put("clock_offset_s", null);
        return tree;
    }

    /** The command without what may be secret. */
    static List<String> command(RunSettings settings) {
        List<String> words = new ArrayList<>();
        for (String word : settings.command()) {
            words.add(
                    SECRET.matcher(word).find() && word.contains("=")
                            ? word.substring(0, word.indexOf('=') + 1) + "***"
                            : word);
        }
        return words;
    }

    /** Who works on the run: program, machine, data, owner of the lock. */
    static void attribute(RunRecord record, RunFolder folder, EncodedData data, RunSettings settings) {
        record.set("data_sha256", data.dataset().sha256())
                .set("product_version", settings.version())
                .set("commit", settings.commit())
                .set("environment", environment(settings))
                .set("lock", folder.owner());
    }

    static void identify(RunRecord record, Experiment experiment, OpenedExecutor opened) {
        record.set("target", opened.uri())
                .set("fidelity", opened.fidelity())
                .set("chip_id", opened.chipId())
                .set(
                        "calibration_id",
                        opened.calibrations().isEmpty()
                                ? null
                                : opened.calibrations().ids())
                .set(
                        "calibration_age_s",
                        opened.calibrations().age().map(Duration::toSeconds).orElse(null))
                .set("config_sha256", experiment.sha256())
                .set("seeds", Outcome.seeds(experiment))
                .set("epochs_total", experiment.training().epochs());
    }
}
