package firstspike.experiments.cli.calibrate;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationDiff;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How two calibrations differ. */
@Command(
        name = "diff",
        header = "Compares two calibrations: targets, codes, verified values, bad neurons.",
        footer = {
            "  firstspike calibrate diff cal-20261126T020000Z-0123456789ab current --chip W66F3",
            "  firstspike calibrate diff current cal-20261126T020000Z-0123456789ab --json"
        })
final class CalibrateDiffCommand extends Action {

    @Parameters(index = "0", paramLabel = "A", description = "An id, or current.")
    String first;

    @Parameters(index = "1", paramLabel = "B", description = "An id, or current.")
    String second;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    protected int run(Environment environment, Console console) {
        CalibrationResult before = options.find(first, environment);
        CalibrationResult after = options.find(second, environment);
        CalibrationDiff diff = CalibrationDiff.of(before, after);
        console.object(tree(before, after, diff));
        console.line(
                CalibrationLines.line("from", before + ", chip " + before.chip().chipId()));
        console.line(
                CalibrationLines.line("to", after + ", chip " + after.chip().chipId()));
        diff.targets()
                .forEach((key, pair) -> console.line(
                        CalibrationLines.line("target", key + " " + pair.before() + " -> " + pair.after())));
        diff.codes()
                .forEach((name, change) -> console.line(CalibrationLines.line(
                        "codes",
                        CalibrationLines.text(
                                "%-24s %4d changed, median %+.4g, largest %+d",
                                name, change.count(), change.median(), change.largest()))));
        diff.achieved()
                .forEach((quantity, change) -> console.line(CalibrationLines.line(
                        "values",
                        CalibrationLines.text(
                                "%-24s median %+.4g %s, sigma %.4g, most moved %s",
                                quantity.key(), change.median(), quantity.unit(), change.sigma(), change.worst()))));
        console.line(CalibrationLines.line("became bad", diff.becameBad().toString()));
        console.line(CalibrationLines.line("became good", diff.becameGood().toString()));
        if (diff.isEmpty()) {
            console.line("no difference");
        }
        return DONE;
    }

    private static Map<String, Object> tree(CalibrationResult before, CalibrationResult after, CalibrationDiff diff) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.calibration-diff/1");
        tree.put("from", before.id().value());
        tree.put("to", after.id().value());
        Map<String, Object> targets = new LinkedHashMap<>();
        diff.targets().forEach((key, pair) -> targets.put(key, Map.of("from", pair.before(), "to", pair.after())));
        tree.put("targets", targets);
        Map<String, Object> codes = new LinkedHashMap<>();
        diff.codes().forEach((name, change) -> {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("count", change.count());
            facts.put("median", change.median());
            facts.put("largest", change.largest());
            codes.put(name, facts);
        });
        tree.put("codes", codes);
        Map<String, Object> achieved = new LinkedHashMap<>();
        diff.achieved().forEach((quantity, change) -> {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("median", change.median());
            facts.put("sigma", change.sigma());
            facts.put("unit", quantity.unit());
            facts.put("worst", change.worst());
            achieved.put(quantity.key(), facts);
        });
        tree.put("achieved", achieved);
        tree.put("became_bad", diff.becameBad());
        tree.put("became_good", diff.becameGood());
        tree.put("equal", diff.isEmpty());
        return tree;
    }
}
