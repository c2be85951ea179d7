package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.EvaluationRun;
import firstspike.experiments.run.EvaluationSource;
import firstspike.experiments.run.Outcome;
import firstspike.experiments.run.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a run or weights alone. */
@Command(
        name = "eval",
        header = "Judges the weights of a run, or weights alone, on a split of the data.",
        footer = {
            "  firstspike eval @last --repeat 10",
            "  firstspike eval yin-yang-software --weights net.npz --target ideal:",
            "  firstspike eval @last --checkpoint latest --split validation"
        })
public final class EvalCommand extends Action {

    private static final List<String> SPLITS = List.of("train", "validation", "test");

    @Parameters(paramLabel = "RUN|EXP", description = "A run; with --weights an experiment.")
    String what;

    @Option(names = "--weights", paramLabel = "FILE.npz", description = "Weights alone, for an experiment.")
    Path weights;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "train, validation or test (default: test).")
    String split = "test";

    @Option(
            names = "--checkpoint",
            paramLabel = "WHICH",
            defaultValue = "best",
            description = "best, latest or an epoch (default: best).")
    String checkpoint = "best";

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "How often (default: 1).")
    int repeat = 1;

    @Option(names = "--retarget", description = "Another chip than it was trained on is meant.")
    boolean retarget;

    @Option(
            names = "--predictions",
            description = "Write every answer of the last repeat as CSV, into predictions/ of the run or to --out.")
    boolean predictions;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "Where --predictions writes.")
    Path out;

    @Mixin
    OutputFile output = new OutputFile();

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (!SPLITS.contains(split)) {
            throw new UsageException("--split: " + split + " (limit: train, validation, test); choose one");
        }
        if (repeat < 1 || repeat > 10_000) {
            throw new UsageException("--repeat: " + repeat + " (limit: 1 to 10000); choose another");
        }
        if (!checkpoint.matches("best|latest|[0-9]{1,9}")) {
            throw new UsageException("--checkpoint: " + checkpoint + " (limit: best, latest or an epoch); choose one");
        }
        RunSettings settings = Runner.settings(environment, console, options, asTyped(), () -> false);
        EvaluationRun.Request request = request(environment, settings);
        Optional<Path> file = predictions ? Optional.of(place(request)) : Optional.empty();
        Outcome outcome = new EvaluationRun(settings).evaluate(request, file);
        file.ifPresent(written -> console.line("predictions          " + written));
        return Runner.end(outcome, settings, console, 0);
    }

    /** Where the answers go, before anything is computed. */
    private Path place(EvaluationRun.Request request) {
        if (out == null) {
            return request.predictions()
                    .orElseThrow(() ->
                            new UsageException("--predictions: weights alone have no run folder (limit: a run, or --out"
                                    + " FILE.csv); name a file"));
        }
        output.check(out);
        return out;
    }

    private EvaluationRun.Request request(Environment environment, RunSettings settings) {
        Overrides overrides = options.overrides(environment, OptionalLong.empty());
        if (weights != null) {
            return EvaluationSource.ofWeights(
                    ExperimentFile.find(what).resolve(overrides).orThrow(), weights, split, repeat, settings.screen());
        }
        if (ExperimentFile.bundledIds().contains(what)) {
            throw new UsageException("eval " + what + ": an experiment has no weights (limit: a run, or --weights"
                    + " FILE.npz); train it first");
        }
        Overrides ofRun = new Overrides(overrides.sets(), overrides.target(), Optional.empty(), OptionalLong.empty());
        return EvaluationSource.ofRun(what, settings.runs(), checkpoint, ofRun, retarget, split, repeat);
    }
}
