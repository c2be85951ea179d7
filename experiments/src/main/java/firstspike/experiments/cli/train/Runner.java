package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.run.Outcome;
import firstspike.experiments.run.RunSettings;
import firstspike.runtime.recording.Verdict;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the commands that run something share: their settings and how they end. */
final class Runner {

    private Runner() {}

    static RunSettings settings(
            Environment environment,
            Console console,
            TargetOptions options,
            List<String> command,
            BooleanSupplier cancelled) {
        return new RunSettings(
                options.runs(environment),
                options.data(environment),
                options.link().withListener(new LinkLines(console)),
                options.calibrations(environment),
                options.allowDegraded(),
                command,
                environment.variables(),
                Versions.product(),
                Versions.commit(),
                cancelled,
                console);
    }

    /** Shows the outcome and says what the process exits with. */
    static int end(Outcome outcome, RunSettings settings, Console console, int interrupted) {
        console.object(outcome.json());
        outcome.lines().forEach(console::line);
        if (outcome.state().equals("interrupted")) {
            outcome.path().ifPresent(folder -> console.message("resume with: " + settings.resuming(folder)));
        }
        if (interrupted != 0) {
            return interrupted;
        }
        if (outcome.health().judge().verdict() == Verdict.FALSIFIED) {
            console.message("firstspike: result falsified, "
                    + outcome.health().judge().line()
                    + "; --allow-degraded "
                    + String.join(",", outcome.health().judge().reasons().keySet())
                    + " accepts it");
            return Failure.FALSIFIED;
        }
        return outcome.requirementsHold() ? Action.DONE : Failure.FALSE_RESULT;
    }
}
