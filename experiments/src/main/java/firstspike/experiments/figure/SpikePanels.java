package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.List;

/** Spikes over time, a row a neuron, a panel a population; all panels have the same time axis. */
final class SpikePanels {

    private static final int FEW = 12;
    private static final int HEIGHT = 480;
    private static final int SMALLEST_SHARE = 3;

    private SpikePanels() {}

    /**
     * Spikes of one population.
     *
     * @param name of it
     * @param neurons in it
     * @param times of the spikes; those that are not finite did not happen
     * @param indices of their neurons
     */
    record Population(String name, int neurons, double[] times, double[] indices) {

        /** Small populations stay legible beside large ones. */
        int share() {
            return Math.max(SMALLEST_SHARE, (int) Math.round(2 * Math.sqrt(neurons)));
        }
    }

    static Panels of(String title, String alternative, String time, List<Population> populations) {
        Axis axis =
                Axis.around(time, populations.stream().map(Population::times).toArray(double[][]::new));
        if (populations.isEmpty()) {
            return new Panels(
                    alternative, List.of(new Plot(title, alternative, axis, new Axis("neuron", 0, 1), List.of())));
        }
        int shares = populations.stream().mapToInt(Population::share).sum();
        List<Plot> plots = new ArrayList<>();
        // from the output above to the input below, as activity is read
        for (int p = populations.size() - 1; p >= 0; p--) {
            Population one = populations.get(p);
            boolean few = one.neurons() <= FEW;
            plots.add(new Plot(
                    plots.isEmpty() ? title : "",
                    alternative,
                    p == 0 ? axis : axis.silent(),
                    Axis.whole(one.name(), -0.7, Math.max(0.7, one.neurons() - 0.3)),
                    List.of(new Mark.Dots(
                            "", p, few ? Mark.Sign.STROKE : Mark.Sign.DISC, few ? 3 : 1.8, one.times(), one.indices())),
                    Math.max(64, HEIGHT * one.share() / shares) + (p == 0 ? 40 : 0) + (plots.isEmpty() ? 20 : 0)));
        }
        return new Panels(alternative, plots);
    }
}
