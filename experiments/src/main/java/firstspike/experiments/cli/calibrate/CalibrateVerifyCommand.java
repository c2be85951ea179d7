package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.runtime.calibration.plan.StoredCodes;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.verification.QuantityReport;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.session.ChipSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures a calibration again. */
@Command(
        name = "verify",
        header = "Measures every quantity of a stored calibration again on its chip.",
        description = {"", "Exit 1 when a quantity misses its share of neurons, or the chip its functions."},
        footer = {
            "  firstspike calibrate verify --target 'emu:varied?seed=7'",
            "  firstspike calibrate verify current --target grpc://lab:7007 --json"
        })
final class CalibrateVerifyCommand extends Action {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one (default: the one in use).")
    String id = "current";

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        try (ChosenChip chip = ChosenChip.of(options, environment)) {
            CalibrationResult result = chip.stored(id, console);
            console.progress("verifying " + result.id() + " on chip "
                    + chip.description().chipId());
            Verified verified;
            try (ChipSession session = chip.session()) {
                verified = new Verifier(StoredCodes.apply(result, session), result.targets()).run(true);
            }
            chip.store().note(result, verified.passed(), verified.worst());
            return show(result, verified, console);
        }
    }

    private static int show(CalibrationResult result, Verified verified, Console console) {
        List<Object> rows = new ArrayList<>();
        for (QuantityReport report : verified.reports()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("parameter", report.quantity().key());
            row.put("unit", report.quantity().unit());
            row.put("n", report.statistics().count());
            row.put("median", report.statistics().median());
            row.put("mean", report.statistics().mean());
            row.put("sigma", report.statistics().sigma());
            row.put("trimmed_sigma", report.statistics().trimmedSigma());
            row.put(
                    "percentiles",
                    List.of(
                            report.statistics().percentile5(),
                            report.statistics().percentile25(),
                            report.statistics().median(),
                            report.statistics().percentile75(),
                            report.statistics().percentile95()));
            row.put("worst", Arrays.stream(report.worst()).boxed().toList());
            row.put("accepted", report.acceptedCount());
            row.put("needed_share", report.quantity().share());
            row.put("passed", report.passed());
            rows.add(row);
            console.line((report.passed() ? "ok      " : "MISSED  ") + report.summary());
        }
        verified.functional()
                .ifPresent(checks -> console.line((checks.passed() ? "ok      " : "MISSED  ")
                        + "functions of the chip: quiet without input, firing with it"));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.verification/1");
        tree.put("id", result.id().value());
        tree.put("chip_id", result.chip().chipId().value());
        tree.put("passed", verified.passed());
        tree.put("parameters", rows);
        tree.put(
                "functions",
                verified.functional().map(checks -> checks.passed()).orElse(null));
        console.object(tree);
        console.line("calibration " + result.id()
                + (verified.passed()
                        ? ": verified"
                        : ": MISSED "
                                + verified.reports().stream()
                                        .filter(report -> !report.passed())
                                        .map(report -> report.quantity().key())
                                        .collect(Collectors.joining(", "))));
        return verified.passed() ? DONE : Failure.FALSE_RESULT;
    }
}
