package firstspike.experiments.cli;

import firstspike.driver.link.TargetUri;
import firstspike.driver.link.WallClock;
import firstspike.driver.remote.RemoteServer;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.targets.LeaseOptions;
import firstspike.experiments.cli.targets.TargetTable;
import firstspike.experiments.doctor.CalibrationCheck;
import firstspike.experiments.doctor.CheckResult;
import firstspike.experiments.doctor.ChipChecks;
import firstspike.experiments.doctor.MachineChecks;
import firstspike.experiments.doctor.ServerChecks;
import firstspike.experiments.doctor.Status;
import firstspike.experiments.doctor.TargetChecks;
import firstspike.experiments.doctor.ThisMachine;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks this machine, and a target when one is named. */
@Command(
        name = "doctor",
        header = "Checks this machine, and a target when one is named.",
        description = {
            "",
            "A chip is reset, initialised and examined: versions, JTAG, links, system time, spikes sent round,",
            "every register block written, read and restored. Who shares the chip writes it again afterwards."
        },
        footer = {
            "  firstspike doctor",
            "  firstspike doctor --target grpc://127.0.0.1:7007 --json",
            "  firstspike doctor --target fpga://192.168.66.4 --quick"
        })
final class DoctorCommand extends Action {

    private static final int CALLS = 50;
    private static final int QUICK_CALLS = 5;
    private static final int BYTES = 16 << 20;
    private static final int QUICK_BYTES = 1 << 20;

    @Option(names = "--quick", description = "Fewer round trips, and some words of each register block.")
    boolean quick;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        List<CheckResult> results = new ArrayList<>(new MachineChecks(new ThisMachine())
                .run(
                        options.runs(environment),
                        options.data(environment),
                        environment.variable("FIRSTSPIKE_CALIBRATIONS").map(Path::of)));
        if (options.target().isPresent() && reachable(results)) {
            try (Target target =
                    Targets.installed().resolve(tolerant(options.target().get()), options.link())) {
                switch (target.kind()) {
                    case IDEAL ->
                        results.add(new CheckResult("target", Status.OK, "ideal: exact arithmetic, no chip", "", ""));
                    case CHIP -> examine((ChipTarget) target, results, environment, console);
                }
            }
        }
        return show(results, console);
    }

    /** What there is before the first chip: the servers, if targets name any. */
    private boolean reachable(List<CheckResult> results) {
        boolean all = true;
        for (String target : options.targets) {
            TargetUri uri = TargetUri.parse(target);
            if (TargetTable.isServer(uri)) {
                List<CheckResult> answers = new ServerChecks(
                                WallClock.system(), options.connectPatience, LeaseOptions.proves(uri))
                        .run(RemoteServer.of(target, options.connectPatience));
                results.addAll(answers);
                all &= answers.stream().noneMatch(answer -> answer.status() == Status.FAIL);
            }
        }
        return all;
    }

    private void examine(ChipTarget target, List<CheckResult> results, Environment environment, Console console) {
        CalibrationCheck calibration =
                new CalibrationCheck(options.store(environment), Clock.systemUTC(), CalibrationCheck.USUAL_AGE);
        List<CheckResult> answers = new TargetChecks(
                        System::nanoTime, quick ? QUICK_CALLS : CALLS, quick ? QUICK_BYTES : BYTES, calibration::run)
                .run(target);
        results.addAll(answers);
        // a calibration is no reason to leave the chip unexamined
        if (answers.stream()
                .noneMatch(answer ->
                        answer.status() == Status.FAIL && !answer.name().equals(CalibrationCheck.NAME))) {
            console.fleeting("examining the chip");
            results.addAll(new ChipChecks(quick).run(target));
        }
    }

    /** A doctor looks at unknown chips and bitfiles too, and says what is unknown about them. */
    private static String tolerant(String uri) {
        boolean silent = uri.startsWith("fpga:") && !uri.contains("allow_unknown=");
        return silent ? uri + (uri.contains("?") ? "&" : "?") + "allow_unknown=true" : uri;
    }

    static int show(List<CheckResult> results, Console console) {
        Status worst = Status.OK;
        List<Object> rows = new ArrayList<>();
        for (CheckResult result : results) {
            worst = result.status().compareTo(worst) > 0 ? result.status() : worst;
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", result.name());
            row.put("status", text(result.status()));
            row.put("value", result.value());
            row.put("expected", result.expected());
            row.put("remedy", result.remedy());
            rows.add(row);
            console.line(String.format("%-8s %-38s %s", text(result.status()), result.name(), result.value()));
            if (!result.remedy().isEmpty()) {
                console.line(String.format("%-8s %-38s expected %s; %s", "", "", result.expected(), result.remedy()));
            }
        }
        Status overall = worst == Status.SKIPPED ? Status.OK : worst;
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.doctor/1");
        tree.put("checks", rows);
        tree.put("worst", text(overall));
        console.object(tree);
        console.line("worst: " + text(overall));
        return overall == Status.FAIL ? Failure.FALSE_RESULT : DONE;
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
