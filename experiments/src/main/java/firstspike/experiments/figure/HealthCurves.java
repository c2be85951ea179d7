package firstspike.experiments.figure;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Health counters over epochs: shares on one panel, counts on a logarithmic one. Counters that stay 0 are left out. */
final class HealthCurves {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 620;

    private HealthCurves() {}

    static Figure draw(List<HealthSeries> all, String footer) {
        StringBuilder csv = new StringBuilder("epoch,key,value\n");
        for (HealthSeries series : all) {
            for (int i = 0; i < series.epochs().length; i++) {
                csv.append((long) series.epochs()[i])
                        .append(',')
                        .append(series.key())
                        .append(',')
                        .append(Csv.number(series.values()[i]))
                        .append('\n');
            }
        }
        NumberAxis epochs = new NumberAxis("epoch");
        epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        Style.axis(epochs);
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
        both.setGap(14);
        List<HealthSeries> shares =
                all.stream().filter(HealthSeries::isFraction).toList();
        List<HealthSeries> counts =
                all.stream().filter(series -> !series.isFraction()).toList();
        both.add(new Panel(shares, 0, false).on(new NumberAxis("share")));
        both.add(new Panel(counts, shares.size(), true).on(new DecadeAxis("count an epoch")));
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, both, true);
        Style.chart(chart, "Health counters over epochs", footer);
        return new Figure(List.of(chart), 1, WIDTH, HEIGHT, csv.toString());
    }

    /** Series on one axis; a logarithmic one has no place for 0. */
    private record Panel(List<HealthSeries> shown, int firstColour, boolean positiveOnly) {

        XYPlot on(ValueAxis axis) {
            Style.axis(axis);
            XYSeriesCollection data = new XYSeriesCollection();
            XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
            for (int s = 0; s < shown.size(); s++) {
                HealthSeries one = shown.get(s);
                XYSeries series = new XYSeries(one.key());
                for (int i = 0; i < one.values().length; i++) {
                    double value = one.values()[i];
                    if (Double.isFinite(value) && (!positiveOnly || value > 0)) {
                        series.add(one.epochs()[i], value);
                    }
                }
                data.addSeries(series);
                renderer.setSeriesPaint(s, Style.ofClass(firstColour + s));
                renderer.setSeriesStroke(s, Style.line(1.8));
                renderer.setSeriesShape(s, Style.mark(firstColour + s));
                renderer.setSeriesShapesVisible(s, series.getItemCount() <= 60);
            }
            XYPlot plot = new XYPlot(data, null, axis, renderer);
            Style.plot(plot);
            return plot;
        }
    }
}
