package firstspike.experiments.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/** The spikes of a log as dots, a panel a population. Mutable while it is filled; one owner thread. */
public final class LogRaster {

    /** Spikes that one picture can show: with more, an SVG is too large for any reader. */
    public static final int MOST_SPIKES = 200_000;

    private static final int WIDTH = 900;
    private static final int HEIGHT = 640;

    private final TreeMap<String, Population> populations = new TreeMap<>();
    private int spikes;

    /** Spikes of a population in growing arrays. */
    private static final class Population {
        private double[] times = new double[256];
        private int[] neurons = new int[256];
        private int size;

        void add(double time, int neuron) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                neurons = Arrays.copyOf(neurons, 2 * size);
            }
            times[size] = time;
            neurons[size++] = neuron;
        }

        double[][] points() {
            return new double[][] {
                Arrays.copyOf(times, size),
                Arrays.stream(neurons, 0, size).asDoubleStream().toArray()
            };
        }

        int most() {
            return Arrays.stream(neurons, 0, size).max().orElse(0);
        }
    }

    /**
     * Takes a spike.
     *
     * @param population its name
     * @param neuron index in the population, or label
     * @param timeUs in its program
     * @return whether there was room for it
     */
    public boolean add(String population, int neuron, double timeUs) {
        if (spikes == MOST_SPIKES) {
            return false;
        }
        spikes++;
        populations.computeIfAbsent(population, name -> new Population()).add(timeUs, neuron);
        return true;
    }

    /** Number of spikes so far. */
    public int spikes() {
        return spikes;
    }

    /**
     * Draws.
     *
     * @param title of the picture
     * @param footer run id, target and fidelity
     * @param size of the picture, as drawn when empty
     * @param file whose name ends in .svg or .png
     */
    public void write(String title, String footer, Optional<FigureSize> size, Path file) {
        NumberAxis times = new NumberAxis("time in the program [us]");
        times.setAutoRangeIncludesZero(false);
        Style.axis(times);
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(times);
        all.setGap(10);
        List<String> names = new ArrayList<>(populations.keySet());
        for (int i = 0; i < names.size(); i++) {
            Population population = populations.get(names.get(i));
            all.add(panel(names.get(i), population, i), Math.max(3, (int)
                    Math.round(2 * Math.sqrt(population.most() + 1))));
        }
        if (names.isEmpty()) {
            all.add(panel("neuron", new Population(), 0));
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, all, false);
        Style.chart(chart, title, footer);
        new Figure(List.of(chart), 1, WIDTH, HEIGHT, "").write(file, size);
    }

    private static XYPlot panel(String name, Population population, int colour) {
        DefaultXYDataset data = new DefaultXYDataset();
        if (population.size > 0) {
            data.addSeries(name, population.points());
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesShape(0, Style.dot(1.6));
        renderer.setSeriesPaint(0, Style.ofClass(colour));
        NumberAxis axis = new NumberAxis(name);
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setRange(-0.7, Math.max(0.7, population.most() + 0.7));
        Style.axis(axis);
        XYPlot plot = new XYPlot(data, null, axis, renderer);
        Style.plot(plot);
        return plot;
    }
}
