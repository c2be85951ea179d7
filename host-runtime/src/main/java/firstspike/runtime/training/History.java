package firstspike.runtime.training;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Series of metrics, one value per metrics line. Mutable, one owner thread. */
final class History {
    private final SortedMap<String, double[]> series = new TreeMap<>();

    /** Continues stored series. */
    void restore(SortedMap<String, double[]> stored) {
        series.clear();
        stored.forEach((name, values) -> series.put(name, values.clone()));
    }

    /** Number of lines so far. */
    int lines() {
        return series.isEmpty() ? 0 : series.get("epoch").length;
    }

    void add(EpochMetrics metrics) {
        append("epoch", metrics.epoch());
        append("learning_rate", metrics.learningRate());
        append("train/loss", metrics.train().map(SplitResult::loss).orElse(Double.NaN));
        append("train/accuracy", metrics.train().map(SplitResult::accuracy).orElse(Double.NaN));
        append("validation/loss", metrics.validation().loss());
        append("validation/accuracy", metrics.validation().accuracy());
        append("clipped", metrics.clipped());
    }

    /** A copy. */
    SortedMap<String, double[]> snapshot() {
        SortedMap<String, double[]> copy = new TreeMap<>();
        series.forEach((name, values) -> copy.put(name, values.clone()));
        return copy;
    }

    private void append(String name, double value) {
        double[] before = series.getOrDefault(name, new double[0]);
        double[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = value;
        series.put(name, after);
    }
}
