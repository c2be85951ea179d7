package firstspike.experiments.figure;

import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/** First spike times of each label neuron, apart for samples of its own class and of the others. */
final class TimeHistograms {

    private static final int BINS = 60;

    private TimeHistograms() {}

    static Figure draw(OutputTimes outputs, String footer) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double time : outputs.times()) {
            if (Double.isFinite(time)) {
                least = Math.min(least, time);
                most = Math.max(most, time);
            }
        }
        double from = least < most ? least : 0;
        double width = least < most ? (most - least) / BINS : 1.0 / BINS;
        NumberAxis times = new NumberAxis("first spike time [tau]");
        times.setAutoRangeIncludesZero(false);
        Style.axis(times);
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(times);
        all.setGap(12);
        StringBuilder csv = new StringBuilder("neuron,samples_of,from_tau,to_tau,count\n");
        for (int neuron = 0; neuron < outputs.neurons(); neuron++) {
            all.add(plot(outputs, neuron, from, width, csv));
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, all, true);
        Style.chart(chart, "First spike times of the label neurons, test samples", footer);
        return new Figure(List.of(chart), 1, 760, Math.max(320, 150 + 150 * outputs.neurons()), csv.toString());
    }

    private static XYPlot plot(OutputTimes outputs, int neuron, double from, double width, StringBuilder csv) {
        int[][] counts = new int[2][BINS];
        int[] silent = new int[2];
        for (int s = 0; s < outputs.labels().length; s++) {
            int group = outputs.labels()[s] == neuron ? 1 : 0;
            double time = outputs.times()[s * outputs.neurons() + neuron];
            if (Double.isFinite(time)) {
                counts[group][Math.max(0, Math.min(BINS - 1, (int) ((time - from) / width)))]++;
            } else {
                silent[group]++;
            }
        }
        XIntervalSeriesCollection data = new XIntervalSeriesCollection();
        String[] names = {"samples of other classes", "samples of its own class"};
        String[] keys = {"others", "own"};
        for (int group = 0; group < 2; group++) {
            XIntervalSeries series = new XIntervalSeries(names[group]);
            for (int bin = 0; bin < BINS; bin++) {
                double start = from + bin * width;
                if (counts[group][bin] > 0) {
                    series.add(start + width / 2, start, start + width, counts[group][bin]);
                }
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%s,%s,%s,%d\n",
                        neuron,
                        keys[group],
                        Csv.number(start),
                        Csv.number(start + width),
                        counts[group][bin]));
            }
            csv.append(String.format(Locale.ROOT, "%d,%s,inf,inf,%d\n", neuron, keys[group], silent[group]));
            data.addSeries(series);
        }
        XYBarRenderer bars = new XYBarRenderer();
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        bars.setUseYInterval(false);
        bars.setSeriesPaint(0, translucent(new java.awt.Color(0x777777), 110));
        bars.setSeriesPaint(1, translucent(Style.ofClass(0), 190));
        for (int group = 0; group < 2; group++) {
            bars.setSeriesVisibleInLegend(group, neuron == 0);
        }
        NumberAxis count = new NumberAxis("neuron " + neuron + " [samples]");
        count.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        Style.axis(count);
        XYPlot plot = new XYPlot(data, null, count, bars);
        Style.plot(plot);
        return plot;
    }

    private static java.awt.Color translucent(java.awt.Color color, int alpha) {
        return new java.awt.Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }
}
