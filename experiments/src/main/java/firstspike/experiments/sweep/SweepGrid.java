package firstspike.experiments.sweep;

import firstspike.experiments.config.SweepFile;
import firstspike.runtime.error.ExperimentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The cross product of what a sweep file varies; the last variation changes fastest. */
public final class SweepGrid {

    private SweepGrid() {}

    /**
     * @param file as written
     * @return its plan
     * @throws ExperimentException {@code VALUE_OUT_OF_RANGE} for more than {@link SweepPlan#MOST_POINTS} runs
     */
    public static SweepPlan of(SweepFile file) {
        long points = file.seeds();
        for (SweepFile.Variation variation : file.vary()) {
            points = Math.min(Integer.MAX_VALUE, points * variation.values().size());
        }
        if (points > SweepPlan.MOST_POINTS) {
            throw new ExperimentException(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    "runs of sweep " + file.name(),
                    points == Integer.MAX_VALUE ? "very many" : points,
                    SweepPlan.MOST_POINTS,
                    "vary fewer keys, or take fewer values or seeds");
        }
        List<Condition> conditions = List.of(new Condition(Map.of(), List.of(), OptionalDouble.empty()));
        for (SweepFile.Variation variation : file.vary()) {
            conditions = times(conditions, variation);
        }
        List<String> columns =
                file.vary().stream().flatMap(each -> each.keys().stream()).toList();
        return new SweepPlan(
                file.name(), file.base(), columns, conditions, file.seeds(), file.parallel(), file.retry());
    }

    private static List<Condition> times(List<Condition> before, SweepFile.Variation variation) {
        List<Condition> product = new ArrayList<>();
        for (Condition condition : before) {
            for (SweepFile.Value value : variation.values()) {
                Map<String, String> shown = new LinkedHashMap<>(condition.values());
                List<String> sets = new ArrayList<>(condition.sets());
                for (String key : variation.keys()) {
                    shown.put(key, value.shown());
                    sets.add(key + "=" + value.yaml());
                }
                product.add(new Condition(shown, sets, OptionalDouble.empty()));
            }
        }
        return product;
    }
}
