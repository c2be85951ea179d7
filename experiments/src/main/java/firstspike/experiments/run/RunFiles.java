package firstspike.experiments.run;

import firstspike.driver.credential.SecretText;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.learning.Kernels;
import firstspike.runtime.recording.JsonText;
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

    private final Run run;

    RunFiles(Run run) {
        this.run = run;
    }

    /** What was asked for, and what the command line and the environment changed. */
    void inputs(ExperimentFile file, Overrides overrides) {
        run.folder().write("experiment.input.yaml", file.bytes());
        run.folder().write("experiment.yaml", run.experiment().yaml());
        Map<String, Object> tree = new LinkedHashMap<>();
        List<String> sets = new ArrayList<>(overrides.sets());
        overrides.seed().ifPresent(seed -> sets.add("--seed " + seed));
        overrides.target().ifPresent(target -> sets.add("--target " + SecretText.hide(target)));
        tree.put("set", sets);
        Map<String, Object> variables = new TreeMap<>();
        run.settings().variables().forEach((name, value) -> {
            if (name.startsWith("FIRSTSPIKE_")) {
                variables.put(name, SECRET.matcher(name).find() ? "***" : value);
            }
        });
        tree.put("environment", variables);
        run.folder().write("overrides.json", JsonText.pretty(tree));
    }

    /** The target and the machine that it runs on. */
    void surroundings() {
        connections(List.of(run.opened().description()));
        run.folder()
                .write(
                        "calibration.json",
                        JsonText.pretty(run.opened().calibrations().manifest()));
        run.folder().write("environment.json", JsonText.pretty(environment(run.settings())));
    }

    /** What each connection to the target found. */
    void connections(List<Object> connections) {
        run.folder().write("target.json", JsonText.pretty(connections));
    }

    /** The machine and the program. */
    private static Map<String, Object> environment(RunSettings settings) {
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
    private static List<String> command(RunSettings settings) {
        return settings.command().stream().map(SecretText::hide).toList();
    }

    /** Says in the record what is trained, on what, and who works on it: command, program, machine, owner of the lock. */
    void attribute() {
        OpenedExecutor opened = run.opened();
        RunSettings settings = run.settings();
        run.record()
                .set("command", command(settings))
                .set("target", opened.uri())
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
                .set("config_sha256", run.experiment().sha256())
                .set("seeds", Outcome.seeds(run.experiment()))
                .set("epochs_total", run.experiment().training().epochs())
                .set("data_sha256", run.data().dataset().sha256())
                .set("product_version", settings.version())
                .set("commit", settings.commit())
                .set("environment", environment(settings))
                .set("lock", run.folder().owner());
    }
}
