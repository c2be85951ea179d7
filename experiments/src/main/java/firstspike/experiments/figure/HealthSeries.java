package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * One health counter over the lines of a run's metrics. Arrays are shared, not copied.
 *
 * @param key of the counter (formats.md 3.3)
 * @param epochs of the lines
 * @param values on each line; not-a-number where a line has none
 */
public record HealthSeries(String key, double[] epochs, double[] values) {

    /**
     * The counters of a run that ever were anything but 0.
     *
     * @param metrics lines of metrics.jsonl
     * @return sorted by key
     */
    public static List<HealthSeries> of(List<JsonNode> metrics) {
        TreeSet<String> keys = new TreeSet<>();
        for (JsonNode line : metrics) {
            line.path("health").properties().forEach(field -> {
                if (field.getValue().isNumber() && field.getValue().asDouble() != 0) {
                    keys.add(field.getKey());
                }
            });
        }
        double[] epochs =
                metrics.stream().mapToDouble(line -> line.path("epoch").asInt()).toArray();
        List<HealthSeries> series = new ArrayList<>();
        for (String key : keys) {
            double[] values = new double[epochs.length];
            Arrays.setAll(values, i -> metrics.get(i).path("health").path(key).asDouble(Double.NaN));
            series.add(new HealthSeries(key, epochs, values));
        }
        return series;
    }

    /** Whether the values are shares of 1, which are drawn apart from counts. */
    public boolean isFraction() {
        return key.startsWith("spikes.missing.") || key.equals("weights.clipped") || key.equals("weights.bumped");
    }

    /** The file of their numbers: a header, a row an epoch and counter. */
    static String csv(List<HealthSeries> all) {
        StringBuilder csv = new StringBuilder("epoch,key,value\n");
        for (HealthSeries series : all) {
            for (int i = 0; i < series.epochs.length; i++) {
                csv.append((long) series.epochs[i])
                        .append(',')
                        .append(series.key)
                        .append(',')
                        .append(Csv.number(series.values[i]))
                        .append('\n');
            }
        }
        return csv.toString();
    }
}
