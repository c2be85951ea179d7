package firstspike.experiments.sweep;

import firstspike.experiments.config.ExperimentFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The robustness study: Yin-Yang in exact arithmetic with one imperfection at a time, 100 epochs, label limit 0.05 (inloop.md 14).
 * {@code --only KIND} takes the rows of one imperfection. A point needs one core, so as many run at a time as there are.
 */
final class RobustnessPreset implements SweepPreset {

    /** Seeds of a report. */
    private static final int REPORT_SEEDS = 20;

    private static final String BASE = "/firstspike/experiments/sweeps/robustness.yaml";

    @Override
    public String name() {
        return "robustness";
    }

    @Override
    public SweepPlan plan() {
        List<Condition> conditions = new ArrayList<>();
        for (RobustnessRow row : RobustnessRow.ALL) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("kind", row.kind().id());
            values.put("value", row.valueText());
            values.put("rule", row.rule());
            conditions.add(new Condition(values, List.of(row.key()), OptionalDouble.of(row.expected())));
        }
        return new SweepPlan(
                name(),
                base(),
                List.of("kind", "value", "rule"),
                conditions,
                REPORT_SEEDS,
                Runtime.getRuntime().availableProcessors(),
                0);
    }

    private static ExperimentFile base() {
        try (InputStream in = RobustnessPreset.class.getResourceAsStream(BASE)) {
            if (in == null) {
                throw new IllegalStateException("bundled sweep " + BASE + ": no resource; build the program again");
            }
            return new ExperimentFile("robustness", Optional.empty(), in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("bundled sweep " + BASE + ": unreadable", e);
        }
    }
}
