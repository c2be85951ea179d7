package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.Outcome;
import firstspike.experiments.run.Resumption;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.run.TrainingRun;
import firstspike.runtime.recording.RunIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run. */
@Command(
        name = "resume",
        header = "Goes on with a run from its newest checkpoint that verifies.",
        footer = {
            "  firstspike resume @last",
            "  firstspike resume @last --checkpoint 40",
            "  firstspike resume runs/yin-yang_2026-01-31_12-00-00Z_a1b2c3 --epochs 300"
        })
public final class ResumeCommand extends Action {

    @Parameters(paramLabel = "RUN", description = "Folder, name, beginning of the id, or @last.")
    String run;

    @Option(names = "--epochs", paramLabel = "N", description = "Other number of epochs in all.")
    Integer epochs;

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = "Go on from the checkpoint after this epoch (default: the newest that verifies).")
    Integer checkpoint;

    @Option(names = "--retarget", description = "Go on elsewhere than where it began.")
    boolean retarget;

    @Option(names = "--accept-drift", description = "Go on although another version began it.")
    boolean acceptDrift;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        Path path = new RunIndex(options.runs(environment)).find(run);
        Overrides given = options.overrides(environment, OptionalLong.empty());
        List<String> sets = new ArrayList<>(given.sets());
        if (checkpoint != null && checkpoint < 0) {
            throw new UsageException("--checkpoint: " + checkpoint + " (limit: 0 or more); give an epoch");
        }
        if (epochs != null) {
            sets.add("training.epochs=" + epochs);
        }
        Overrides overrides = new Overrides(sets, given.target(), Optional.empty(), OptionalLong.empty());
        OptionalInt from = checkpoint == null ? OptionalInt.empty() : OptionalInt.of(checkpoint);
        try (Interrupts interrupts =
                        Interrupts.listen(console, "stopping after this batch; a second time stops at once");
                Resumption resumption =
                        Resumption.open(path, overrides, from, retarget, acceptDrift, Versions.product())) {
            RunSettings settings = Runner.settings(environment, console, options, asTyped(), interrupts::asked);
            Outcome outcome = new TrainingRun(settings).resume(resumption);
            return Runner.end(outcome, settings, console, interrupts.exit());
        }
    }
}
