package firstspike.experiments.cli.calibrate;

import firstspike.driver.link.ChipDescription;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.config.TargetSetFile;
import firstspike.runtime.calibration.plan.Calibration;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationRequest;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.session.ChipSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches the codes of a chip. */
@Command(
        name = "run",
        header = "Calibrates all neurons of a chip, verifies and stores what was found.",
        description = {
            "",
            "Steps, programs and chip time are shown. What misses its targets is kept as partial and not activated;",
            "what ends early, or loses events, is kept as rejected."
        },
        footer = {
            "  firstspike calibrate run --target 'emu:varied?seed=7' --targets fast-and-deep --activate",
            "  firstspike calibrate run --target grpc://127.0.0.1:7007 --chip W66F3 --targets mine.yaml",
            "  firstspike calibrate run --target 'emu:varied?seed=7' --targets spiking --reuse --json"
        })
final class CalibrateRunCommand extends Action {

    @Option(
            names = "--targets",
            paramLabel = "NAME|FILE",
            defaultValue = "spiking",
            description = "spiking, spiking2, fast-and-deep, fast-and-deep-large or a .yaml file (default: spiking).")
    String targets = "spiking";

    @Option(names = "--activate", description = "Bring it into use when the verification passes.")
    boolean activate;

    @Option(names = "--allow-partial", description = "Accept it, and activate it, when a share of neurons is missed.")
    boolean allowPartial;

    @Option(names = "--reuse", description = "Take an equal, complete one of the last 7 days instead of measuring.")
    boolean reuse;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the searches (default: 0).")
    long seed;

    @Option(
            names = "--merged",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Circuits that are one neuron while leaks, thresholds and",
                "membranes are calibrated: 1, or 2 as networks of pairs (default: 1)."
            })
    int merged = 1;

    @Option(
            names = "--baseline",
            description = "Measure each quantity also with the median of its codes everywhere, for the page.")
    boolean baseline;

    @Option(
            names = "--keep-evidence",
            description = "Keep traces.npz beside it: a trace of every neuron for each time constant.")
    boolean keepEvidence;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        if (merged < 1 || merged > MergedCircuits.values().length) {
            throw new UsageException("--merged: " + merged + " (known: 1, 2); networks of more circuits a neuron"
                    + " take a calibration of 1, which is scaled for them");
        }
        TargetSet set = TargetSetFile.find(targets);
        CalibrationTask task = new CalibrationTask(set, seed, Versions.product(), MergedCircuits.of(merged));
        set.warnings().forEach(console::warn);
        if (keepEvidence) {
            console.message("traces are kept; spikes.fslog is not, this version has no recorder of spikes");
        }
        try (ChosenChip chip = ChosenChip.of(options, environment)) {
            Optional<CalibrationResult> earlier = reuse
                    ? chip.store().answer(request(chip.description(), task), Duration.ofDays(7))
                    : Optional.empty();
            earlier.ifPresent(found -> console.message("calibration " + found.id() + " is reused, with its evidence"));
            CalibrationResult result = earlier.isPresent() ? earlier.get() : calibrate(chip, task, console);
            return CalibrationEnd.of(result, activate, allowPartial, options, environment, console);
        }
    }

    private static CalibrationRequest request(ChipDescription chip, CalibrationTask task) {
        return new CalibrationRequest(
                chip.chipId(), CalibrationKind.SPIKING, task.targets(), task.options(), task.product());
    }

    private CalibrationResult calibrate(ChosenChip chip, CalibrationTask task, Console console) {
        CalibrationRun run;
        try (Interrupts interrupts = Interrupts.listen(console, "stopping; a second time stops at once");
                ChipSession session = chip.session()) {
            interrupts.interrupts(Thread.currentThread());
            Calibration calibration =
                    new Calibration(session, task, new CalibrationProgress(console), Clock.systemUTC());
            calibration = baseline ? calibration.withBaseline() : calibration;
            run = (keepEvidence ? calibration.keepingTraces() : calibration).run();
        }
        return CalibrationEnd.keep(run, chip.store(), console);
    }
}
