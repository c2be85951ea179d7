package firstspike.experiments.cli.calibrate;

import firstspike.experiments.run.Ages;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.Manifest;
import firstspike.runtime.recording.ShortestDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A calibration as lines for a screen, and as the object of JSON mode. */
final class CalibrationLines {

    private static final String FORM = "%-22s %10s %10s %10s %14s %6s";
    private static final int SHOWN = 12;

    private CalibrationLines() {}

    static Map<String, Object> json(CalibrationResult result, boolean activated) {
        Map<String, Object> tree = Manifest.of(result);
        tree.put("activated", activated);
        return tree;
    }

    static List<String> of(CalibrationResult result, boolean activated) {
        List<String> lines = new ArrayList<>();
        Map<String, Object> manifest = Manifest.of(result);
        lines.add(String.format(FORM, "parameter", "target", "median", "IQR", "within", "bad"));
        if (manifest.get("achieved") instanceof Map<?, ?> achieved) {
            achieved.forEach((key, facts) -> lines.add(row(result, manifest, String.valueOf(key), (Map<?, ?>) facts)));
        }
        result.derived()
                .medianNormalisedThreshold()
                .ifPresent(theta -> lines.add(line("threshold", text("%.4g x 30 LSB in the median", theta))));
        result.derived().timeOffsetTicks().ifPresent(ticks -> lines.add(line("time offset", ticks + " ticks")));
        lines.add(line("bad neurons", bad(result)));
        result.warnings().forEach(warning -> lines.add(line("warning", warning)));
        result.verified()
                .ifPresent(verified -> lines.add(line(
                        "verified",
                        (verified.passed() ? "passed, " : "FAILED, ") + "nearest to its limit " + verified.worst())));
        lines.add(line(
                "effort",
                text(
                        "%d programs, %.3g s of chip time, %.3g s",
                        result.effort().programs(), result.effort().chipSeconds(), result.durationS())));
        lines.add(line(
                "chip",
                result.chip().chipId() + ", fidelity " + result.chip().fidelity() + ", target "
                        + result.chip().target()));
        lines.add(line("targets", result.targets().name()));
        result.options().forEach((name, value) -> lines.add(line(name, value)));
        result.parent().ifPresent(parent -> lines.add(line("refines", parent.toString())));
        lines.add(line("seed", Long.toString(result.seed())));
        lines.add(line("status", result.status().label() + ", " + Ages.text(result.age(Instant.now())) + " old"));
        lines.add(line("calibration", result.id().value()));
        lines.add(line("activated", activated ? "yes" : "no (use: " + StoreOptions.activateCommand(result) + ")"));
        return lines;
    }

    private static String row(CalibrationResult result, Map<String, Object> manifest, String key, Map<?, ?> facts) {
        long bad = result.bad().stream()
                .filter(each -> each.quantity().equals(key))
                .map(each -> each.neuron())
                .distinct()
                .count();
        Object target =
                ((Map<?, ?>) manifest.get("targets")).get(key) instanceof Map<?, ?> wanted ? wanted.get("value") : null;
        return String.format(
                FORM,
                key,
                target instanceof Double one ? ShortestDecimal.of(one) : "each",
                number(facts.get("median")),
                number(facts.get("iqr")),
                facts.get("within_tolerance") + " of " + CalibrationResult.NEURONS,
                bad);
    }

    private static String bad(CalibrationResult result) {
        Map<Integer, ?> grades = result.grades();
        StringBuilder text = new StringBuilder().append(grades.size());
        grades.entrySet().stream().limit(SHOWN).forEach(entry -> text.append(text.indexOf(":") < 0 ? ": " : ", ")
                .append(entry.getKey())
                .append(' ')
                .append(String.valueOf(entry.getValue()).toLowerCase(Locale.ROOT)));
        return text.append(grades.size() > SHOWN ? ", ..." : "").toString();
    }

    private static String number(Object value) {
        return value instanceof Double number ? text("%.4g", number) : "-";
    }

    static String line(String name, String text) {
        return String.format("%-14s %s", name, text);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
