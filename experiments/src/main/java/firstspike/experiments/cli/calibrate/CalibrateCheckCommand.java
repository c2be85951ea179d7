package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.runtime.calibration.plan.StoredCodes;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.verification.DriftCheck;
import firstspike.runtime.calibration.verification.DriftReport;
import firstspike.runtime.session.ChipSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks for drift. */
@Command(
        name = "check",
        header = "Looks in a few seconds whether a chip is still as its calibration left it.",
        description = {
            "",
            "Leak, threshold and amplitudes of 32 neurons are compared with the stored values; exit 1 when they drifted.",
            "Codes of the chip are the same afterwards."
        },
        footer = {
            "  firstspike calibrate check --target 'emu:varied?seed=7'",
            "  firstspike calibrate check --target grpc://lab:7007 --chip W66F3 --json"
        })
final class CalibrateCheckCommand extends Action {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Which one (default: the one in use).")
    String id = "current";

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        try (ChosenChip chip = ChosenChip.of(options, environment)) {
            CalibrationResult stored = chip.stored(id, console);
            console.progress(
                    "checking " + stored.id() + " on chip " + chip.description().chipId());
            DriftReport report;
            try (ChipSession session = chip.session()) {
                report = DriftCheck.run(StoredCodes.apply(stored, session), stored);
            }
            chip.store().note(stored, !report.drifted(), report.summary());
            return show(stored, report, console);
        }
    }

    private static int show(CalibrationResult stored, DriftReport report, Console console) {
        List<Object> rows = new ArrayList<>();
        for (DriftReport.Finding finding : report.findings()) {
            Map<String, Object> row = new LinkedHashMap<>();
            String unit = finding.relative() ? "%" : finding.quantity().unit();
            row.put("parameter", finding.quantity().key());
            row.put("median_shift", finding.shift());
            row.put("unit", unit);
            row.put(
                    "out_of_tolerance",
                    Arrays.stream(finding.outOfTolerance()).boxed().toList());
            row.put("drifted", finding.drifted());
            rows.add(row);
            console.line(CalibrationLines.text(
                    "%-8s%s: median shift %+.2f %s, %d of %d neurons out of tolerance%s",
                    finding.drifted() ? "DRIFTED" : "ok",
                    finding.quantity().key(),
                    finding.shift(),
                    unit,
                    finding.outOfTolerance().length,
                    report.neurons().length,
                    finding.outOfTolerance().length == 0 ? "" : " " + Arrays.toString(finding.outOfTolerance())));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.drift/1");
        tree.put("id", stored.id().value());
        tree.put("chip_id", stored.chip().chipId().value());
        tree.put("drifted", report.drifted());
        tree.put("neurons", Arrays.stream(report.neurons()).boxed().toList());
        tree.put("parameters", rows);
        console.object(tree);
        console.line("calibration " + stored.id()
                + (report.drifted()
                        ? ": DRIFTED; repair it with 'firstspike calibrate refine --activate'"
                        : ": no drift"));
        return report.drifted() ? Failure.FALSE_RESULT : DONE;
    }
}
