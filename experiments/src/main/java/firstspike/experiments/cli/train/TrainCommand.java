package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.config.Resolution;
import firstspike.experiments.config.TargetOrigin;
import firstspike.experiments.run.InitialWeights;
import firstspike.experiments.run.Outcome;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.run.TrainingRun;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains an experiment. */
@Command(
        name = "train",
        header = "Trains an experiment and leaves a run folder.",
        footer = {
            "  firstspike train yin-yang --set training.epochs=20",
            "  firstspike train yin-yang-software --target ideal: --seed 3",
            "  firstspike train yin-yang-chip --target 'emu:varied?seed=7&mismatch=residual'"
        })
public final class TrainCommand extends Action {

    @Parameters(paramLabel = "EXP", description = "Bundled id or .yaml file.")
    String experiment;

    @Option(names = "--seed", paramLabel = "N", description = "Both training seeds.")
    Long seed;

    @Option(names = "--name", paramLabel = "TEXT", description = "Name of the run folder (default: the id).")
    String name;

    @Option(names = "--from", paramLabel = "RUN|FILE", description = "Begin with these weights (a run, or an .npz).")
    String from;

    @Option(
            names = "--record",
            paramLabel = "WHAT",
            split = ",",
            description = "Record spikes into spikes.fslog; setup: also what is written to the chip; fpga-time.")
    List<String> record;

    @Option(
            names = "--tensorboard",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write the metrics for TensorBoard too (default: on).")
    boolean tensorboard = true;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (record != null) {
            options.sets.add("record=[" + String.join(",", record) + "]");
        }
        if (name != null && !name.matches("[a-z0-9-]{1,64}")) {
            throw new UsageException("--name: " + name + " (limit: [a-z0-9-], 1 to 64 characters); choose another");
        }
        if (seed != null && seed < 0) {
            throw new UsageException("--seed: " + seed + " (limit: 0 or more); choose another");
        }
        ExperimentFile file = ExperimentFile.find(experiment);
        Overrides overrides =
                options.overrides(environment, seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
        Resolution resolution = file.resolve(overrides);
        Experiment resolved = resolution.orThrow();
        sayOrigin(resolution, console);
        try (Interrupts interrupts =
                Interrupts.listen(console, "stopping after this batch; a second time stops at once")) {
            RunSettings settings = Runner.settings(environment, console, options, asTyped(), interrupts::asked);
            Outcome outcome = new TrainingRun(settings, tensorboard)
                    .start(
                            file,
                            resolved,
                            overrides,
                            Optional.ofNullable(name),
                            Optional.ofNullable(from).map(source -> InitialWeights.find(source, settings.runs())));
            return Runner.end(outcome, settings, console, interrupts.exit());
        }
    }

    /** Says who named the target, loudly when it was the environment. */
    static void sayOrigin(Resolution resolution, Console console) {
        String target = resolution.orThrow().target();
        if (resolution.targetOrigin() == TargetOrigin.ENVIRONMENT) {
            console.line("target " + target + " from the environment variable FIRSTSPIKE_TARGET");
            if (console.json()) {
                console.message("target " + target + " from the environment variable FIRSTSPIKE_TARGET");
            }
        } else {
            console.detail("target " + target + " from "
                    + (resolution.targetOrigin() == TargetOrigin.OPTION ? "--target" : "the experiment"));
        }
    }
}
