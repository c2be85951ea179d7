package firstspike.experiments.sweep;

import firstspike.experiments.figure.SweepCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** One figure for each column that varies: the metric over its values, a curve for each setting of the other columns. */
final class SweepFigures {

    private final SweepTable table;
    private final Path folder;

    SweepFigures(SweepTable table, Path folder) {
        this.table = table;
        this.folder = folder;
    }

    void draw() {
        List<String> columns = columns();
        for (String column : columns) {
            Map<String, Map<String, List<PointResult>>> curves = new LinkedHashMap<>();
            for (PointResult result : table.results()) {
                Map<String, String> values = result.point().condition().values();
                String value = values.get(column);
                if (value == null) {
                    continue;
                }
                String others = columns.stream()
                        .filter(other -> !other.equals(column) && values.containsKey(other))
                        .map(other -> other + " " + values.get(other))
                        .collect(Collectors.joining(", "));
                curves.computeIfAbsent(others, name -> new LinkedHashMap<>())
                        .computeIfAbsent(value, each -> new ArrayList<>())
                        .add(result);
            }
            List<SweepCurves.Curve> drawn = new ArrayList<>();
            curves.forEach((name, spots) -> drawn.add(new SweepCurves.Curve(name, spots(spots))));
            SweepCurves.write(
                    folder,
                    "by_" + column.replaceAll("[^A-Za-z0-9._-]", "_"),
                    column,
                    table.leading(),
                    drawn,
                    "sweep " + table.plan().name());
        }
    }

    /** Columns that vary, without those that only repeat another one. */
    private List<String> columns() {
        List<String> kept = new ArrayList<>();
        for (String column : table.plan().columns()) {
            boolean repeats = kept.stream().anyMatch(other -> table.plan().conditions().stream()
                    .map(Condition::values)
                    .allMatch(values -> java.util.Objects.equals(values.get(column), values.get(other))));
            if (!repeats) {
                kept.add(column);
            }
        }
        return kept;
    }

    private List<SweepCurves.Spot> spots(Map<String, List<PointResult>> byValue) {
        List<SweepCurves.Spot> spots = new ArrayList<>();
        byValue.forEach((value, results) -> {
            double[] measured = results.stream()
                    .map(result -> result.metrics().get(table.leading()))
                    .filter(java.util.Objects::nonNull)
                    .mapToDouble(Number::doubleValue)
                    .toArray();
            OptionalDouble expected = results.get(0).point().condition().expected();
            spots.add(new SweepCurves.Spot(value, measured, expected));
        });
        return spots;
    }
}
