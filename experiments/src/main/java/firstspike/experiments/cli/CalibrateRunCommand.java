package firstspike.experiments.cli;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.UnknownTargetException;
import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.experiments.config.TargetSetFile;
import firstspike.runtime.calibration.plan.Calibration;
import firstspike.runtime.calibration.plan.CalibrationListener;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.store.CalibrationRequest;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.BenchTotals;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    @Option(names = "--merged", paramLabel = "N", defaultValue = "1", description = "Merged circuits (only 1 yet).")
    int merged = 1;

    @Option(names = "--baseline", description = "Measure also with all codes at their median, for the page.")
    boolean baseline;

    @Option(names = "--keep-evidence", description = "Keep spikes and traces (not built yet).")
    boolean keepEvidence;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    int run(Environment environment, Console console) {
        Unbuilt.refuse("--merged", merged != 1, "the calibration of merged circuits");
        Unbuilt.refuse("--keep-evidence", keepEvidence, "spikes.fslog and traces.npz");
        TargetSet set = TargetSetFile.find(targets);
        set.warnings().forEach(console::warn);
        try (Target target = Targets.installed().resolve(address(options, environment), options.target.link())) {
            ChipTarget chips = chips(target);
            int index = index(chips);
            ChipDescription chip = chips.chips().get(index);
            CalibrationStore store = options.store(environment);
            Optional<CalibrationResult> earlier =
                    reuse ? store.answer(request(chip, set), Duration.ofDays(7)) : Optional.empty();
            earlier.ifPresent(found -> console.message("calibration " + found.id() + " is reused"));
            CalibrationResult result =
                    earlier.isPresent() ? earlier.get() : calibrate(chips, index, set, store, console);
            return CalibrationEnd.of(result, activate, allowPartial, options, environment, console);
        }
    }

    static String address(StoreOptions options, Environment environment) {
        return options.target
                .target()
                .or(() -> environment.variable("FIRSTSPIKE_TARGET"))
                .orElseThrow(
                        () -> new UnknownTargetException(
                                "target: none named (limit: one chip); say which by --target: emu:varied?seed=7, grpc://host:port"));
    }

    static ChipTarget chips(Target target) {
        if (target instanceof ChipTarget chips) {
            return chips;
        }
        throw new UnsupportedOnTargetException(
                ErrorDetail.of("calibration", target.uri() + " has no chip", "a chip", "name a target with a chip"),
                null);
    }

    private int index(ChipTarget chips) {
        return index(options, chips);
    }

    static int index(StoreOptions options, ChipTarget target) {
        List<ChipDescription> chips = target.chips();
        for (int i = 0; i < chips.size(); i++) {
            if (options.chip == null
                    ? chips.size() == 1
                    : chips.get(i).chipId().value().equals(options.chip)) {
                return i;
            }
        }
        throw new UsageException("--chip: " + (options.chip == null ? "not given" : options.chip) + " (known: "
                + chips.stream().map(chip -> chip.chipId().value()).collect(Collectors.joining(", "))
                + "); name one of them");
    }

    private static CalibrationRequest request(ChipDescription chip, TargetSet set) {
        return new CalibrationRequest(chip.chipId(), CalibrationKind.SPIKING, set, new TreeMap<>(), Versions.product());
    }

    private CalibrationResult calibrate(
            ChipTarget chips, int index, TargetSet set, CalibrationStore store, Console console) {
        CalibrationTask task = new CalibrationTask(set, seed, Versions.product());
        CalibrationRun run;
        try (Interrupts interrupts = Interrupts.listen(console, "stopping; a second time stops at once");
                ChipSession session = ChipSession.open(chips.opener(index), 0, 1)) {
            interrupts.interrupts(Thread.currentThread());
            Calibration calibration = new Calibration(session, task, new Progress(console), Clock.systemUTC());
            run = (baseline ? calibration.withBaseline() : calibration).run();
        }
        return CalibrationEnd.keep(run, store, console);
    }

    /** Says what is being done. */
    record Progress(Console console) implements CalibrationListener {

        @Override
        public void begins(String name, int number, int of) {
            console.fleeting("step " + number + "/" + of + " " + name);
        }

        @Override
        public void ended(StepRecord step, BenchTotals totals) {
            console.progress(CalibrationLines.text(
                    "%-30s %2d measurements, %3d settled, %5.1f s; in all %d programs, %.1f s of chip time",
                    step.name(),
                    step.iterations(),
                    step.settled(),
                    step.durationS(),
                    totals.programs(),
                    totals.chipSeconds()));
        }
    }
}
