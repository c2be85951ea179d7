package firstspike.runtime.calibration.store;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.Verification;
import firstspike.runtime.calibration.target.NeuronValues;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifest {@code calibration.json} of a result as a tree, in the order of formats.md 6. Beyond that chapter it names the
 * target set and the options, and holds per-neuron targets as lists.
 */
public final class Manifest {

    /** What the key {@code schema} says. */
    public static final String SCHEMA = "firstspike.calibration/1";

    static final String STRENGTH = "i_synin_gm_kind";

    private Manifest() {}

    /**
     * @param result of a calibration
     * @return its manifest without the hashes of its files
     */
    public static Map<String, Object> of(CalibrationResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("id", result.id().value());
        tree.put("status", result.status().label());
        tree.put("chip_id", result.chip().chipId().value());
        tree.put("describe", result.chip().describe());
        tree.put("bitfile", result.chip().bitfile().orElse(null));
        tree.put("warnings", result.warnings());
        tree.put("fidelity", result.chip().fidelity());
        tree.put("target", result.chip().target());
        tree.put("created", result.created().toString());
        tree.put("duration_s", result.durationS());
        tree.put("kind", result.kind().label());
        tree.put("parent", result.parent().map(Object::toString).orElse(null));
        tree.put(
                "temperature_c",
                result.temperatureC().isPresent() ? result.temperatureC().getAsDouble() : null);
        tree.put("seed", result.seed());
        tree.put("target_set", result.targets().name());
        tree.put("targets", targets(result.targets()));
        tree.put("options", result.options());
        tree.put("achieved", achieved(result));
        tree.put("success", success(result));
        tree.put("steps", steps(result));
        tree.put("verified", result.verified().map(Manifest::verified).orElse(null));
        tree.put("product", result.product());
        tree.put("link", link(result));
        tree.put("adc", null);
        return tree;
    }

    private static Map<String, Object> targets(TargetSet set) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (TargetKey key : set.keys()) {
            NeuronValues values = set.get(key);
            Map<String, Object> target = new LinkedHashMap<>();
            target.put(
                    "value",
                    values.isUniform()
                            ? (Object) values.of(0)
                            : Arrays.stream(values.toArray()).boxed().toList());
            target.put("unit", key.unit());
            Quantity quantity = quantity(key);
            target.put("tolerance", quantity == null ? null : quantity.tolerance());
            target.put("relative", quantity != null && quantity.isRelative());
            tree.put(key.key(), target);
        }
        Map<String, Object> strength = new LinkedHashMap<>();
        strength.put("value", set.strength().label());
        tree.put(STRENGTH, strength);
        return tree;
    }

    private static Quantity quantity(TargetKey key) {
        return Arrays.stream(Quantity.values())
                .filter(each -> each.key().equals(key.key()))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Object> achieved(CalibrationResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Quantity quantity : result.measured()) {
            double[] values = result.achieved(quantity).orElseThrow();
            Statistics statistics = Statistics.of(values);
            long failed = result.bad().stream()
                    .filter(bad -> bad.quantity().equals(quantity.key()))
                    .filter(bad -> !Double.isNaN(values[bad.neuron()]))
                    .map(BadNeuron::neuron)
                    .distinct()
                    .count();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("median", statistics.median());
            facts.put("iqr", statistics.interquartileRange());
            facts.put("min", statistics.least());
            facts.put("max", statistics.most());
            facts.put("rmse", rmse(result, quantity, values, statistics.median()));
            facts.put("within_tolerance", statistics.count() - failed);
            facts.put("unit", quantity.unit());
            tree.put(quantity.key(), facts);
        }
        for (SharedQuantity quantity : SharedQuantity.values()) {
            result.shared(quantity).ifPresent(values -> tree.put(quantity.key(), shared(quantity, values)));
        }
        return tree;
    }

    private static Map<String, Object> shared(SharedQuantity quantity, double[] values) {
        Statistics statistics = Statistics.of(values);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("median", statistics.median());
        facts.put("iqr", statistics.interquartileRange());
        facts.put("min", statistics.least());
        facts.put("max", statistics.most());
        facts.put("instances", quantity.instances());
        facts.put("unit", quantity.unit());
        return facts;
    }

    /** From the target; amplitudes, whose targets are codes, from their median. */
    private static double rmse(CalibrationResult result, Quantity quantity, double[] values, double median) {
        boolean amplitude = quantity == Quantity.AMPLITUDE_EXC || quantity == Quantity.AMPLITUDE_INH;
        TargetKey key = Arrays.stream(TargetKey.values())
                .filter(each -> !amplitude && each.key().equals(quantity.key()))
                .findFirst()
                .orElse(null);
        double sum = 0;
        int count = 0;
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            if (!Double.isNaN(values[n])) {
                double target = key == null ? median : result.targets().get(key).of(n);
                sum += (values[n] - target) * (values[n] - target);
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    private static Map<String, Object> success(CalibrationResult result) {
        int bad = result.grades().size();
        Map<String, Object> neurons = new LinkedHashMap<>();
        neurons.put("good", AtomicNeuron.COUNT - bad);
        neurons.put("bad", bad);
        List<Object> list = new ArrayList<>();
        for (BadNeuron each : result.bad()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("neuron", each.neuron());
            entry.put("quantity", each.quantity());
            entry.put("reason", each.reason().label());
            list.add(entry);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("neurons", neurons);
        tree.put("bad", list);
        return tree;
    }

    private static List<Object> steps(CalibrationResult result) {
        List<Object> list = new ArrayList<>();
        result.steps().forEach(step -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", step.name());
            tree.put("duration_s", step.durationS());
            tree.put("iterations", step.iterations());
            tree.put("settled", step.settled());
            list.add(tree);
        });
        return list;
    }

    private static Map<String, Object> verified(Verification verification) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", verification.time().toString());
        tree.put("passed", verification.passed());
        tree.put("worst", verification.worst());
        return tree;
    }

    private static Map<String, Object> link(CalibrationResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("programs", result.effort().programs());
        tree.put("chip_s", result.effort().chipSeconds());
        tree.put("counters", result.effort().counters());
        return tree;
    }
}
