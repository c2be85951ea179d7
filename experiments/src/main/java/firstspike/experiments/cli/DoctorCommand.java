package firstspike.experiments.cli;

import firstspike.experiments.doctor.CheckResult;
import firstspike.experiments.doctor.MachineChecks;
import firstspike.experiments.doctor.Status;
import firstspike.experiments.doctor.TargetChecks;
import firstspike.experiments.doctor.ThisMachine;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.nio.file.Path;
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
        footer = {"  firstspike doctor", "  firstspike doctor --target grpc://127.0.0.1:7007 --json"})
final class DoctorCommand extends Action {

    private static final int CALLS = 50;
    private static final int QUICK_CALLS = 5;

    @Option(names = "--quick", description = "Fewer round trips.")
    boolean quick;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    int run(Environment environment, Console console) {
        List<CheckResult> results = new ArrayList<>(new MachineChecks(new ThisMachine())
                .run(
                        options.runs(environment),
                        options.data(environment),
                        environment.variable("FIRSTSPIKE_CALIBRATIONS").map(Path::of)));
        if (options.target != null) {
            try (Target target = Targets.installed().resolve(options.target, options.link())) {
                switch (target.kind()) {
                    case IDEAL ->
                        results.add(new CheckResult("target", Status.OK, "ideal: exact arithmetic, no chip", "", ""));
                    case CHIP ->
                        results.addAll(new TargetChecks(System::nanoTime, quick ? QUICK_CALLS : CALLS)
                                .run((ChipTarget) target));
                }
            }
        }
        return show(results, console);
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
            console.line(String.format("%-8s %-20s %s", text(result.status()), result.name(), result.value()));
            if (!result.remedy().isEmpty()) {
                console.line(String.format("%-8s %-20s expected %s; %s", "", "", result.expected(), result.remedy()));
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
