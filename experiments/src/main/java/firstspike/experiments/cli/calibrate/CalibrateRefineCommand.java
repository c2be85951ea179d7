package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.Versions;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.plan.Refinement;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.session.ChipSession;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calibrates again, from the codes of a stored calibration. */
@Command(
        name = "refine",
        header = "Brings a chip that has drifted back, from the codes of a stored calibration, and stores the result.",
        description = {
            "",
            "Converters, thresholds, resets and leaks are searched anew by their slopes, strengths where they are out by",
            "more than 3 percent; then everything is verified. The stored calibration stays, as the parent of the new one."
        },
        footer = {
            "  firstspike calibrate refine --target 'emu:varied?seed=7&drift=4' --activate",
            "  firstspike calibrate refine cal-20261127T231500Z-0123456789ab --target grpc://lab:7007"
        })
final class CalibrateRefineCommand extends Action {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one to start from (default: the one in use).")
    String id = "current";

    @Option(names = "--activate", description = "Bring it into use when the verification passes.")
    boolean activate;

    @Option(names = "--allow-partial", description = "Accept it, and activate it, when a share of neurons is missed.")
    boolean allowPartial;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the searches (default: 0).")
    long seed;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        try (ChosenChip chip = ChosenChip.of(options, environment)) {
            CalibrationResult stored = chip.stored(id, console);
            console.progress(
                    "refining " + stored.id() + " on chip " + chip.description().chipId());
            CalibrationRun run;
            try (Interrupts interrupts = Interrupts.listen(console, "stopping; a second time stops at once");
                    ChipSession session = chip.session()) {
                interrupts.interrupts(Thread.currentThread());
                run = new Refinement(
                                session,
                                stored,
                                seed,
                                Versions.product(),
                                new CalibrationProgress(console),
                                Clock.systemUTC())
                        .run();
            }
            CalibrationResult result = CalibrationEnd.keep(run, chip.store(), console);
            return CalibrationEnd.of(result, activate, allowPartial, options, environment, console);
        }
    }
}
