package firstspike.experiments.cli.train;

import firstspike.driver.link.ChipDescription;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.firsthour.FirstHour;
import firstspike.experiments.firsthour.FirstHourFolder;
import firstspike.experiments.firsthour.FirstHourResult;
import firstspike.experiments.firsthour.NeuronOnChip;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment of the first hour: one neuron, recorded and drawn against the model. */
@Command(
        name = "run",
        header =
                "Runs an experiment of the first hour: one neuron, recorded by both converters, drawn against its model.",
        footer = {
            "  firstspike experiments run leak-over-threshold --target emu:nominal",
            "  firstspike experiments run fi-curve --target 'emu:varied?seed=1&mismatch=residual' --neuron 7",
            "  firstspike experiments run single-input --target grpc://127.0.0.1:7007 --out single"
        })
final class ExperimentsRunCommand extends Action {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    @Parameters(paramLabel = "ID", description = "leak-over-threshold, fi-curve or single-input.")
    String id;

    @Option(names = "--neuron", paramLabel = "N", description = "Circuit 0 to 511 (default: 0).")
    int neuron;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of page, pictures and data (default: a new run).")
    Path out;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        FirstHour experiment = FirstHour.find(id)
                .orElseThrow(() -> new UsageException("experiments run: '" + id + "' (limit: one of "
                        + String.join(", ", FirstHour.ids()) + "); others are trained: firstspike train " + id));
        if (neuron < 0 || neuron > 511) {
            throw new UsageException("--neuron: " + neuron + " (limit: 0 to 511); choose another");
        }
        String target = options.target()
                .or(() -> environment.variable("FIRSTSPIKE_TARGET"))
                .orElseThrow(() -> new UsageException(
                        "experiments run: no target (limit: one); say --target emu:nominal, for example"));
        Path folder = out != null ? out : options.runs(environment).resolve(id + "_" + TIME.format(Instant.now()));
        CalibrationStore store =
                new CalibrationStore(options.calibrations(environment).store(), Clock.systemUTC());
        try (NeuronOnChip chip = NeuronOnChip.open(
                target, options.link(), neuron, description -> inUse(store, description), options.allowUncalibrated)) {
            console.progress("running " + id);
            FirstHourResult result = experiment.run(chip);
            Map<String, String> facts = facts(target, chip);
            FirstHourFolder.write(folder, experiment, facts, result);
            show(console, experiment, folder, facts, result);
        }
        return DONE;
    }

    private Optional<CalibrationResult> inUse(CalibrationStore store, ChipDescription chip) {
        if ("none".equals(options.calibration)) {
            return Optional.empty();
        }
        if (options.calibration != null && !"current".equals(options.calibration)) {
            return Optional.of(store.get(chip.chipId(), new CalibrationId(options.calibration)));
        }
        return store.current(chip.chipId(), CalibrationKind.SPIKING).map(id -> store.get(chip.chipId(), id));
    }

    private Map<String, String> facts(String target, NeuronOnChip chip) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("target", target);
        facts.put("fidelity", chip.describe().fidelity());
        facts.put("chip", chip.describe().chipId().value());
        facts.put(
                "calibration",
                chip.calibration().map(result -> result.id().value()).orElse("none: nominal codes"));
        facts.put("neuron", Integer.toString(neuron));
        return facts;
    }

    private static void show(
            Console console, FirstHour experiment, Path folder, Map<String, String> facts, FirstHourResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.first-hour/1");
        tree.put("experiment", experiment.id());
        tree.put("path", folder.toString());
        tree.putAll(facts);
        Map<String, Object> numbers = new LinkedHashMap<>();
        result.numbers().forEach((name, value) -> numbers.put(name, Double.isFinite(value) ? value : null));
        tree.put("result", numbers);
        console.object(tree);
        result.numbers()
                .forEach((name, value) -> console.line(String.format("%-40s %s", name, FirstHourFolder.text(value))));
        facts.forEach((name, value) -> console.line(String.format("%-40s %s", name, value)));
        console.line(String.format("%-40s %s", "page", folder.resolve("report.html")));
    }
}
