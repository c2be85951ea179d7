package firstspike.experiments.cli.config;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Resolution;
import firstspike.experiments.figure.FigureSet;
import firstspike.experiments.figure.Measured;
import firstspike.experiments.run.Mappings;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.ChipPlan;
import firstspike.runtime.mapping.LayerReport;
import firstspike.runtime.mapping.MappingReport;
import firstspike.runtime.mapping.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates an experiment and maps its network, running nothing. */
@Command(
        name = "check",
        header = "Validates an experiment and shows how its network lies on the chip.",
        footer = {
            "  firstspike config check yin-yang-chip --target 'emu:nominal?seed=1'",
            "  firstspike config check my.yaml --target ideal: --json",
            "  firstspike config check my.yaml --target emu:nominal --picture chip.svg",
            "  firstspike config check my.yaml --explain training.epochs"
        })
final class ConfigCheckCommand extends Action {

    @Parameters(paramLabel = "EXP", description = "Bundled id or .yaml file.")
    String experiment;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Draw the neurons and synapse rows of each layer on the chip, as .svg or .png.")
    Path picture;

    @Option(names = "--explain", paramLabel = "KEY", description = "Say what a key means, as 'config explain' does.")
    String explain;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (explain != null) {
            return ConfigExplainCommand.explain(explain, console);
        }
        if (picture != null && !FigureSet.isPicture(picture)) {
            throw new UsageException("--picture: " + picture + " (limit: a name that ends in .svg or .png); rename it");
        }
        Resolution resolution =
                ExperimentFile.find(experiment).resolve(options.overrides(environment, OptionalLong.empty()));
        if (resolution.experiment().isEmpty()) {
            console.object(tree(resolution, Optional.empty(), 0, 0));
            resolution.problems().forEach(problem -> console.message("firstspike: " + problem.message()));
            console.message(resolution.problems().size() + " mistakes");
            return Failure.of(new firstspike.experiments.config.InvalidExperimentException(resolution.problems()))
                    .exit();
        }
        Experiment valid = resolution.orThrow();
        Optional<ChipMapping> chip = Mappings.of(valid, options.link(), options.calibrations(environment));
        if (picture != null) {
            draw(valid, chip);
        }
        Optional<MappingReport> mapping = chip.map(ChipMapping::report);
        long train = (long) valid.training().epochs() * valid.dataset().trainSize();
        long validation = (valid.training().epochs() + 1L) * valid.dataset().validationSize();
        double chipSeconds = mapping.map(report -> report.chipSeconds(
                                train, valid.training().batchSize())
                        + report.chipSeconds(validation, valid.training().evaluationBatchSize()))
                .orElse(0.0);
        console.object(tree(resolution, mapping, chipSeconds, train + validation));
        console.line("experiment     " + valid.id() + ", valid, config_sha256 " + valid.sha256());
        console.line("target         " + valid.target());
        mapping.ifPresent(report -> report.lines().forEach(console::line));
        if (mapping.isPresent()) {
            console.line(String.format(
                    Locale.ROOT, "duration       %.3g s of chip time for %d samples", chipSeconds, train + validation));
        } else {
            console.line("mapping        none: exact arithmetic without a chip");
        }
        return DONE;
    }

    private void draw(Experiment valid, Optional<ChipMapping> chip) {
        ChipPlan plan = chip.orElseThrow(() -> new UsageException("--picture: " + valid.target()
                        + " is no chip (limit: a target with one); take --target emu:nominal"))
                .plan();
        FigureSet.write("chip", Measured.of(plan), valid.id() + ", " + valid.target(), Optional.empty(), picture);
    }

    private static Map<String, Object> tree(
            Resolution resolution, Optional<MappingReport> mapping, double chipSeconds, long samples) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.check/1");
        tree.put("valid", resolution.experiment().isPresent());
        tree.put("errors", Failure.problemTrees(resolution.problems()));
        tree.put("mapping", mapping.map(ConfigCheckCommand::mapping).orElse(null));
        Map<String, Object> estimate = new LinkedHashMap<>();
        estimate.put("chip_s", mapping.isPresent() ? chipSeconds : null);
        estimate.put("wall_s", null);
        estimate.put("samples", samples);
        tree.put("estimate", estimate);
        return tree;
    }

    private static Map<String, Object> mapping(MappingReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("scheme", report.scheme());
        tree.put("neurons", usage(report.neuronLabels()));
        tree.put("circuits", usage(report.circuits()));
        tree.put("rows", usage(report.rows()));
        tree.put("drivers", usage(report.drivers()));
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("external", usage(report.externalLabels()));
        labels.put("neurons", usage(report.neuronLabels()));
        tree.put("labels", labels);
        tree.put("events_per_sample", report.eventsPerSample());
        tree.put("events_moved_per_sample", report.eventsMovedPerSample());
        tree.put("sample_time_us", report.sampleTimeUs());
        List<Object> layers = new ArrayList<>();
        for (LayerReport layer : report.layers()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", layer.name());
            row.put("neurons", layer.neurons());
            row.put("circuits_per_neuron", layer.circuitsPerNeuron());
            row.put("fan_in", usage(new Usage(layer.fanIn(), layer.fanInAvailable())));
            row.put("columns", layer.columns());
            row.put("row_copies", layer.rowCopies());
            if (!layer.classes().isEmpty()) {
                row.put(
                        "places_per_class",
                        layer.classes().stream()
                                .map(usage -> usage.places().used())
                                .toList());
                row.put("places_available", layer.classes().get(0).places().available());
                row.put(
                        "labels_per_class",
                        layer.classes().stream()
                                .map(usage -> usage.labels().used())
                                .toList());
                row.put("labels_available", layer.classes().get(0).labels().available());
            }
            row.put("scale", layer.scale());
            row.put("weight_limit", layer.weightLimit());
            layers.add(row);
        }
        tree.put("per_layer", layers);
        tree.put("warnings", report.warnings());
        return tree;
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("used", usage.used());
        tree.put("available", usage.available());
        return tree;
    }
}
