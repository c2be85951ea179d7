package firstspike.runtime.recording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counters of a whole run and what they make of its result (formats.md 3.3). Counts add up; largest values and fractions
 * stay what they are. Mutable, one owner thread.
 */
public final class HealthTotals {

    private final SortedMap<String, Number> counters = new TreeMap<>();
    private final Collection<String> allowed;
    private final Map<String, Double> limits;
    private final Map<String, Double> degradeLimits = new TreeMap<>();

    /**
     * @param allowed keys that may falsify nothing
     * @param limits other limits a key, where a larger value falsifies
     */
    public HealthTotals(Collection<String> allowed, Map<String, Double> limits) {
        this.allowed = List.copyOf(allowed);
        this.limits = Map.copyOf(limits);
    }

    /** What the counters make of a result: the verdict, and the counters that made it. */
    public record Judgement(Verdict verdict, SortedMap<String, Number> reasons) {

        /** The line that every printed result ends with. */
        public String line() {
            if (verdict == Verdict.OK) {
                return "health: ok";
            }
            List<String> parts = new ArrayList<>();
            reasons.forEach((key, value) -> parts.add(key + "=" + show(value)));
            return "health: " + verdict.name() + (parts.isEmpty() ? "" : " (" + String.join(" ", parts) + ")");
        }

        private static String show(Number value) {
            return value instanceof Double number ? ShortestDecimal.of(number) : value.toString();
        }
    }

    /**
     * Adds the counters of an epoch or an evaluation.
     *
     * @param more by name; fractions and largest values replace or exceed, counts add
     */
    public void add(Map<String, ? extends Number> more) {
        more.forEach((key, value) -> {
            Number before = counters.get(key);
            if (before == null || value instanceof Double || before instanceof Double) {
                counters.put(key, value);
            } else if (key.endsWith("_max_ticks")) {
                counters.put(key, Math.max(before.longValue(), value.longValue()));
            } else {
                counters.put(key, before.longValue() + value.longValue());
            }
        });
    }

    /**
     * Sets from when on a counter degrades a result.
     *
     * @param key of the counter
     * @param limit largest value that does not
     */
    public void degradeAbove(String key, double limit) {
        degradeLimits.put(key, limit);
    }

    /** All counters, sorted by name. */
    public SortedMap<String, Number> counters() {
        return Collections.unmodifiableSortedMap(counters);
    }

    /** What the counters make of the result so far. */
    public Judgement judge() {
        SortedMap<String, Number> falsifying = new TreeMap<>();
        SortedMap<String, Number> degrading = new TreeMap<>();
        counters.forEach((key, value) -> judge(key, value, falsifying, degrading));
        degradeLimits.forEach((key, limit) -> {
            Number value = counters.get(key);
            if (value != null && value.doubleValue() > limit) {
                degrading.put(key, value);
            }
        });
        limits.forEach((key, limit) -> {
            Number value = counters.get(key);
            if (value != null && value.doubleValue() > limit) {
                (allowed.contains(key) ? degrading : falsifying).put(key, value);
            }
        });
        if (!falsifying.isEmpty()) {
            return new Judgement(Verdict.FALSIFIED, falsifying);
        }
        return new Judgement(degrading.isEmpty() ? Verdict.OK : Verdict.DEGRADED, degrading);
    }

    private void judge(
            String key, Number value, SortedMap<String, Number> falsifying, SortedMap<String, Number> degrading) {
        for (HealthRule rule : HealthRule.ALL) {
            if (!rule.concerns(key)) {
                continue;
            }
            double scale = rule.perReceived()
                    ? Math.max(1, counters.getOrDefault("events.received", 0L).doubleValue())
                    : 1;
            double number = value.doubleValue() / scale;
            boolean falsifies = !limits.containsKey(key) && number > rule.falsifiesAbove();
            if (falsifies && !allowed.contains(key)) {
                falsifying.put(key, value);
            } else if (falsifies || number > rule.degradesAbove()) {
                degrading.put(key, value);
            }
        }
    }

    /** Counters above 0 that the verdict does not mind, each with the reason why it is no fault. */
    public SortedMap<String, String> remarks() {
        SortedMap<String, Number> reasons = judge().reasons();
        SortedMap<String, String> remarks = new TreeMap<>();
        counters.forEach((key, value) -> {
            if (value.doubleValue() > 0 && !reasons.containsKey(key)) {
                HealthCatalogue.whyFine(key, counters).ifPresent(why -> remarks.put(key, why));
            }
        });
        return remarks;
    }

    /** The remarks as lines above the verdict: {@code events.late=1000 is no fault: ...}. */
    public List<String> remarkLines() {
        List<String> lines = new ArrayList<>();
        remarks()
                .forEach((key, why) ->
                        lines.add(key + "=" + Judgement.show(counters.get(key)) + " is no fault: " + why));
        return lines;
    }

    /** Text of {@code health.json}. */
    public String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.health/1");
        tree.putAll(tree());
        return JsonText.pretty(tree);
    }

    /** Verdict, reasons and counters of now, for run.json. */
    public Map<String, Object> tree() {
        Judgement judgement = judge();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("verdict", judgement.verdict().text());
        tree.put("reasons", judgement.reasons());
        tree.put("counters", new TreeMap<>(counters));
        tree.put("remarks", remarks());
        return tree;
    }
}
