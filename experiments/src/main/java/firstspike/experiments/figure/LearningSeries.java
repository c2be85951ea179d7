package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Loss and accuracy of one split over the lines of a run's metrics. Arrays are shared, not copied.
 *
 * @param split train or validation
 * @param epochs of the lines
 * @param loss on each line; not-a-number where a line has none
 * @param accuracy on each line, 0 to 1; not-a-number where a line has none
 */
record LearningSeries(String split, double[] epochs, double[] loss, double[] accuracy) {

    /** Accuracies above 1 less this are drawn as if they were it: a logarithmic axis has no place for no error at all. */
    private static final double SMALLEST_ERROR = 1e-4;

    /**
     * Both splits of a run.
     *
     * @param metrics lines of metrics.jsonl
     * @return training, then validation
     */
    static List<LearningSeries> of(List<JsonNode> metrics) {
        return List.of(of(metrics, "train"), of(metrics, "validation"));
    }

    private static LearningSeries of(List<JsonNode> metrics, String split) {
        List<JsonNode> lines =
                metrics.stream().filter(line -> line.path("split").has(split)).toList();
        return new LearningSeries(
                split,
                lines.stream().mapToDouble(line -> line.path("epoch").asInt()).toArray(),
                numbers(lines, split, "loss"),
                numbers(lines, split, "accuracy"));
    }

    private static double[] numbers(List<JsonNode> lines, String split, String metric) {
        return lines.stream()
                .map(line -> line.path("split").path(split).path(metric))
                .mapToDouble(value -> value.isNumber() ? value.asDouble() : Double.NaN)
                .toArray();
    }

    /** Shares of wrong answers. */
    double[] errors() {
        return Arrays.stream(accuracy)
                .map(one -> Double.isNaN(one) ? one : Math.max(SMALLEST_ERROR, 1 - one))
                .toArray();
    }

    /** The file of their numbers: a header, a row a line and split. */
    static String csv(List<LearningSeries> all) {
        StringBuilder csv = new StringBuilder("epoch,split,loss,accuracy\n");
        for (LearningSeries series : all) {
            IntStream.range(0, series.epochs.length).forEach(i -> csv.append((long) series.epochs[i])
                    .append(',')
                    .append(series.split)
                    .append(',')
                    .append(Csv.number(series.loss[i]))
                    .append(',')
                    .append(Csv.number(series.accuracy[i]))
                    .append('\n'));
        }
        return csv.toString();
    }
}
