package firstspike.runtime.calibration.store;

import firstspike.driver.coordinate.CapMemCell;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How one calibration differs from another (calibration.md 8). Immutable; empty for a result and itself.
 *
 * @param targets values that differ, by key: before and after
 * @param codes what changed of the codes, by the name of the row of cells or of the register field
 * @param achieved how the verified values moved, only where some did
 * @param becameBad neurons that are bad only in the second one
 * @param becameGood neurons that are bad only in the first one
 */
public record CalibrationDiff(
        SortedMap<String, Pair> targets,
        SortedMap<String, CodeChange> codes,
        Map<Quantity, ValueChange> achieved,
        List<Integer> becameBad,
        List<Integer> becameGood) {

    private static final int WORST = 10;

    /**
     * @param before as text
     * @param after as text
     */
    public record Pair(String before, String after) {}

    /**
     * @param count codes that differ
     * @param median of the differences, of those that differ
     * @param largest by magnitude, with its sign
     */
    public record CodeChange(int count, double median, int largest) {}

    /**
     * @param median of the differences of all neurons that both have
     * @param sigma of those differences
     * @param worst the ten neurons that moved most, the farthest first
     */
    public record ValueChange(double median, double sigma, List<Integer> worst) {}

    /**
     * @param before the first one
     * @param after the second one
     * @return what changed from the first to the second
     */
    public static CalibrationDiff of(CalibrationResult before, CalibrationResult after) {
        boolean[] was = before.good();
        boolean[] is = after.good();
        return new CalibrationDiff(
                targets(before, after),
                codes(before.codes(), after.codes()),
                achieved(before, after),
                IntStream.range(0, was.length)
                        .filter(n -> was[n] && !is[n])
                        .boxed()
                        .toList(),
                IntStream.range(0, was.length)
                        .filter(n -> !was[n] && is[n])
                        .boxed()
                        .toList());
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return targets.isEmpty()
                && codes.isEmpty()
                && achieved.isEmpty()
                && becameBad.isEmpty()
                && becameGood.isEmpty();
    }

    private static SortedMap<String, Pair> targets(CalibrationResult before, CalibrationResult after) {
        SortedMap<String, Pair> changed = new TreeMap<>();
        for (TargetKey key : TargetKey.values()) {
            String was = target(before.targets(), key);
            String is = target(after.targets(), key);
            boolean same = before.targets().gives(key) == after.targets().gives(key)
                    && (!before.targets().gives(key)
                            || Arrays.equals(
                                    before.targets().get(key).toArray(),
                                    after.targets().get(key).toArray()));
            if (!same) {
                changed.put(key.key(), new Pair(was, is));
            }
        }
        if (before.targets().strength() != after.targets().strength()) {
            changed.put(
                    Manifest.STRENGTH,
                    new Pair(
                            before.targets().strength().label(),
                            after.targets().strength().label()));
        }
        return changed;
    }

    private static String target(TargetSet targets, TargetKey key) {
        return targets.gives(key) ? targets.get(key).toString() : "off";
    }

    private static SortedMap<String, CodeChange> codes(ChipCodes before, ChipCodes after) {
        SortedMap<String, List<Integer>> differences = new TreeMap<>();
        for (int index = 0; index < CapMemCell.COUNT; index++) {
            CapMemCell cell = CapMemCell.of(index);
            difference(differences, CellNames.of(cell), set(before.code(cell)), set(after.code(cell)));
        }
        for (CodeField field : CodeField.values()) {
            for (int i = 0; i < field.instances(); i++) {
                difference(
                        differences,
                        field.label(),
                        before.sets(field) ? before.value(field, i) : 0,
                        after.sets(field) ? after.value(field, i) : 0);
            }
        }
        short[] was = before.cadcOffsets();
        short[] is = after.cadcOffsets();
        for (int c = 0; c < was.length; c++) {
            difference(differences, "cadc_offset", was[c], is[c]);
        }
        SortedMap<String, CodeChange> changes = new TreeMap<>();
        differences.forEach((name, list) -> changes.put(
                name,
                new CodeChange(
                        list.size(),
                        Statistics.median(
                                list.stream().mapToDouble(Integer::doubleValue).toArray()),
                        list.stream().max(Comparator.comparingInt(Math::abs)).orElseThrow())));
        return changes;
    }

    /** A cell that is not set has code 0 after a reset. */
    private static int set(int code) {
        return code == ChipCodes.NOT_SET ? 0 : code;
    }

    private static void difference(Map<String, List<Integer>> differences, String name, int before, int after) {
        if (before != after) {
            differences.computeIfAbsent(name, key -> new ArrayList<>()).add(after - before);
        }
    }

    private static Map<Quantity, ValueChange> achieved(CalibrationResult before, CalibrationResult after) {
        Map<Quantity, ValueChange> changes = new EnumMap<>(Quantity.class);
        for (Quantity quantity : before.measured()) {
            double[] was = before.achieved(quantity).orElseThrow();
            double[] is = after.achieved(quantity).orElse(null);
            if (is == null) {
                continue;
            }
            double[] moved = new double[was.length];
            Arrays.setAll(moved, n -> is[n] - was[n]);
            if (!Arrays.equals(was, is)) {
                Statistics statistics = Statistics.of(moved);
                List<Integer> worst = IntStream.range(0, moved.length)
                        .filter(n -> !Double.isNaN(moved[n]))
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer n) -> -Math.abs(moved[n])))
                        .limit(WORST)
                        .toList();
                changes.put(quantity, new ValueChange(statistics.median(), statistics.sigma(), worst));
            }
        }
        return changes;
    }
}
