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

    /** Names of the groups in the file of numbers. */
    static final List<String> GROUPS = List.of("others", "own");

    private TimeHistograms() {}

    static Figure draw(TimeCounts counts, String footer) {
        NumberAxis times = new NumberAxis("first spike time [tau]");
        times.setAutoRangeIncludesZero(false);
        Style.axis(times);
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(times);
        all.setGap(12);
        StringBuilder csv = new StringBuilder("# bins from ")
                .append(Csv.number(counts.from()))
                .append(", width ")
                .append(Csv.number(counts.width()))
                .append("\nneuron,samples_of,from_tau,to_tau,count\n");
        for (int neuron = 0; neuron < counts.neurons(); neuron++) {
            all.add(plot(counts, neuron, csv));
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, all, true);
        Style.chart(chart, "First spike times of the label neurons, test samples", footer);
        return new Figure(List.of(chart), 1, 760, Math.max(320, 150 + 150 * counts.neurons()), csv.toString());
    }

    private static XYPlot plot(TimeCounts all, int neuron, StringBuilder csv) {
        XIntervalSeriesCollection data = new XIntervalSeriesCollection();
        String[] names = {"samples of other classes", "samples of its own class"};
        for (int group = 0; group < 2; group++) {
            XIntervalSeries series = new XIntervalSeries(names[group]);
            for (int bin = 0; bin < TimeCounts.BINS; bin++) {
                int count = all.counts()[neuron][group][bin];
                double start = all.start(bin);
                if (count > 0) {
                    series.add(start + all.width() / 2, start, start + all.width(), count);
                }
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%s,%s,%s,%d\n",
                        neuron,
                        GROUPS.get(group),
                        Csv.number(start),
                        Csv.number(start + all.width()),
                        count));
            }
            csv.append(String.format(
                    Locale.ROOT, "%d,%s,inf,inf,%d\n", neuron, GROUPS.get(group), all.silent()[neuron][group]));
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
