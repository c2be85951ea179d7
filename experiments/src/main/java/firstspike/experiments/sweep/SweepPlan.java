package firstspike.experiments.sweep;

import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sweep runs: conditions times seeds.
 *
 * @param name of the sweep and its folder, {@code [a-z0-9-]}
 * @param base experiment that the conditions change
 * @param columns of the table, from left to right
 * @param conditions in the order of the table
 * @param seeds runs of each condition, with both training seeds raised by 0, 1, …
 * @param parallel points at a time, at least 1
 * @param retry how often a point is repeated whose target was lost or busy
 */
public record SweepPlan(
        String name,
        ExperimentFile base,
        List<String> columns,
        List<Condition> conditions,
        int seeds,
        int parallel,
        int retry) {

    /** Most runs of one sweep. */
    public static final int MOST_POINTS = 10_000;

    /** Copies the lists. */
    public SweepPlan {
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
    }

    /** All runs, those of one condition together. */
    public List<SweepPoint> points() {
        List<SweepPoint> points = new ArrayList<>();
        for (Condition condition : conditions) {
            for (int seed = 0; seed < seeds; seed++) {
                points.add(new SweepPoint(points.size() + 1, condition, seed));
            }
        }
        return points;
    }

    /**
     * @param wanted a value of some column, or {@code column=value}
     * @return only the conditions that have it
     * @throws IllegalArgumentException when none has; proposes the nearest
     */
    public SweepPlan only(String wanted) {
        List<Condition> kept =
                conditions.stream().filter(condition -> condition.is(wanted)).toList();
        if (kept.isEmpty()) {
            Set<String> known = new LinkedHashSet<>();
            conditions.forEach(condition -> known.addAll(condition.values().values()));
            throw new IllegalArgumentException(
                    "--only: " + wanted + " (limit: a value of " + String.join(" or ", columns)
                            + "); "
                            + Nearest.to(wanted, known)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("choose one of them"));
        }
        return new SweepPlan(name, base, columns, kept, seeds, parallel, retry);
    }

    /** The same with other seeds. */
    public SweepPlan withSeeds(int count) {
        return new SweepPlan(name, base, columns, conditions, count, parallel, retry);
    }

    /** The same with another number of points at a time. */
    public SweepPlan withParallel(int count) {
        return new SweepPlan(name, base, columns, conditions, seeds, count, retry);
    }
}
