package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** First spike times of each label neuron, apart for samples of its own class and of the others. */
final class TimePictures {

    private static final int HEIGHT = 120;
    private static final int TITLE = 18;
    private static final int LABEL = 36;

    private TimePictures() {}

    static Panels of(TimeCounts times) {
        Axis axis = new Axis("first spike time [tau]", times.start(0), times.start(TimeCounts.BINS));
        List<Plot> plots = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int neuron = 0; neuron < times.neurons(); neuron++) {
            Plot plot = plot(times, neuron, axis);
            plots.add(plot);
            words.add(plot.alternative());
        }
        return new Panels(times.isEmpty() ? "No data: there were no test samples" : String.join("; ", words), plots);
    }

    private static Plot plot(TimeCounts times, int neuron, Axis axis) {
        boolean first = neuron == 0;
        boolean last = neuron == times.neurons() - 1;
        double[] edges = new double[TimeCounts.BINS + 1];
        Arrays.setAll(edges, times::start);
        double[] others =
                Arrays.stream(times.counts()[neuron][0]).asDoubleStream().toArray();
        double[] own = Arrays.stream(times.counts()[neuron][1]).asDoubleStream().toArray();
        int[] silent = times.silent()[neuron];
        String words = String.format(
                Locale.ROOT,
                "First spike times of label neuron %d: %.0f samples of its own class (%d more without a spike), "
                        + "%.0f of others (%d without)",
                neuron,
                Arrays.stream(own).sum(),
                silent[1],
                Arrays.stream(others).sum(),
                silent[0]);
        return new Plot(
                first ? "First spike times of the label neurons, test samples" : "",
                words,
                last ? axis : axis.silent(),
                Axis.whole("neuron " + neuron, 0, 1.08 * Histogram.most(List.of(others, own))),
                List.of(
                        new Mark.Bars(last ? "samples of other classes" : "", Palette.QUIET, edges, others),
                        new Mark.Bars(last ? "samples of its own class" : "", 0, edges, own)),
                HEIGHT + (first ? TITLE : 0) + (last ? LABEL : 0));
    }
}
