package firstspike.experiments.figure;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/** A histogram of the weights of each layer, its limits marked. */
final class WeightHistograms {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;

    private WeightHistograms() {}

    static Figure draw(List<WeightMatrix> layers, String footer) {
        StringBuilder csv = new StringBuilder("layer,from,to,count\n");
        List<JFreeChart> charts = layers.isEmpty()
                ? List.of(chart(
                        "Weights", new XYPlot(null, new NumberAxis("weight"), new NumberAxis(""), bars()), footer))
                : layers.stream().map(layer -> layer(layer, csv, footer)).toList();
        return new Figure(charts, 1, WIDTH, HEIGHT, csv.toString());
    }

    private static JFreeChart layer(WeightMatrix layer, StringBuilder csv, String footer) {
        double[] edges = layer.edges();
        double[] counts = layer.counts();
        XIntervalSeries series = new XIntervalSeries(layer.layer());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                series.add((edges[i] + edges[i + 1]) / 2, edges[i], edges[i + 1], counts[i]);
            }
            csv.append(layer.layer())
                    .append(',')
                    .append(Csv.number(edges[i]))
                    .append(',')
                    .append(Csv.number(edges[i + 1]))
                    .append(',')
                    .append((long) counts[i])
                    .append('\n');
        }
        XIntervalSeriesCollection data = new XIntervalSeriesCollection();
        data.addSeries(series);
        NumberAxis weights = new NumberAxis(layer.unit() + (layer.limits().isEmpty() ? "" : ", dashed: limits"));
        weights.setAutoRangeIncludesZero(true);
        Style.axis(weights);
        NumberAxis number = new NumberAxis("synapses");
        number.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        Style.axis(number);
        XYPlot plot = new XYPlot(data, weights, number, bars());
        for (double limit : layer.limits()) {
            for (double at : new double[] {-limit, limit}) {
                plot.addDomainMarker(new ValueMarker(at, Style.WRONG, Style.dashes(1.4)));
            }
        }
        return chart("Weights of layer " + layer.layer() + ", " + layer.rows() + " x " + layer.columns(), plot, footer);
    }

    private static XYBarRenderer bars() {
        XYBarRenderer bars = new XYBarRenderer();
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        bars.setUseYInterval(false);
        bars.setSeriesPaint(0, Style.ofClass(0));
        return bars;
    }

    private static JFreeChart chart(String title, XYPlot plot, String footer) {
        Style.plot(plot);
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
        Style.chart(chart, title, footer);
        return chart;
    }
}
