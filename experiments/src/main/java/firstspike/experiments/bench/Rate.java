package firstspike.experiments.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured speed or time, of several repetitions.
 *
 * @param name of the benchmark
 * @param subject what was measured, for example "host to FPGA, congestion=off"
 * @param median of the repetitions
 * @param lowest of the repetitions
 * @param highest of the repetitions
 * @param unit of the three
 * @param goal in words, empty for none
 * @param facts further numbers and findings, in the order they are printed
 */
public record Rate(
        String name,
        String subject,
        double median,
        double lowest,
        double highest,
        String unit,
        String goal,
        Map<String, Object> facts) {

    /** Copies the facts in their order. */
    public Rate {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Median and spread of repetitions.
     *
     * @param name of the benchmark
     * @param subject what was measured
     * @param values at least one
     * @param unit of the values
     * @param goal in words, empty for none
     * @return the rate, without facts
     */
    public static Rate of(String name, String subject, double[] values, String unit, String goal) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Rate(name, subject, median, sorted[0], sorted[sorted.length - 1], unit, goal, Map.of());
    }

    /**
     * @param key of a fact
     * @param value number or text
     * @return the same rate with one more fact
     */
    public Rate with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(key, value);
        return new Rate(name, subject, median, lowest, highest, unit, goal, more);
    }
}
