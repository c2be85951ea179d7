package firstspike.experiments.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A metric over the values of one key: mean of the seeds as a line, from the least to the largest of them as a band, expected
 * values as crosses. Few curves share one chart, many get one each.
 */
public final class SweepCurves {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
    private static final int MOST_IN_A_CHART = 6;
    private static final int MOST_CHARTS = 48;
    private static final double BAND_ALPHA = 0.18;

    private SweepCurves() {}

    /**
     * One setting of everything else.
     *
     * @param name of it, empty when nothing else varies
     * @param spots in the order of the values
     */
    public record Curve(String name, List<Spot> spots) {}

    /**
     * What was measured at one value.
     *
     * @param value as written
     * @param measured one number a seed; may be empty
     * @param expected to show beside
     */
    public record Spot(String value, double[] measured, OptionalDouble expected) {

        private double mean() {
            return DoubleStream.of(measured).average().orElse(Double.NaN);
        }

        private double least() {
            return DoubleStream.of(measured).min().orElse(Double.NaN);
        }

        private double largest() {
            return DoubleStream.of(measured).max().orElse(Double.NaN);
        }
    }

    /**
     * Draws a figure as PNG, SVG and CSV.
     *
     * @param folder that takes the files
     * @param file their name without ending
     * @param key that varies
     * @param metric what is shown of it
     * @param curves one for each setting of everything else
     * @param footer what the figure belongs to
     */
    public static void write(Path folder, String file, String key, String metric, List<Curve> curves, String footer) {
        List<List<Curve>> charts = new ArrayList<>();
        if (curves.size() <= MOST_IN_A_CHART) {
            charts.add(curves);
        } else {
            curves.stream().limit(MOST_CHARTS).forEach(curve -> charts.add(List.of(curve)));
        }
        List<JFreeChart> drawn = charts.stream()
                .map(each -> chart(
                        key, metric, each, charts.size() == 1 ? "" : each.get(0).name(), footer))
                .toList();
        boolean one = drawn.size() == 1;
        Figure figure = new Figure(drawn, one ? 1 : 3, one ? 760 : 420, one ? 480 : 320, csv(key, metric, curves));
        FigureSet.save(folder, file, figure, footer);
    }

    private static String csv(String key, String metric, List<Curve> curves) {
        StringBuilder csv = new StringBuilder("setting,value,n,mean,least,largest,expected\n");
        for (Curve curve : curves) {
            for (Spot spot : curve.spots()) {
                csv.append(Csv.text(curve.name()))
                        .append(',')
                        .append(Csv.text(spot.value()))
                        .append(',');
                csv.append(spot.measured().length)
                        .append(',')
                        .append(Csv.number(spot.mean()))
                        .append(',');
                csv.append(Csv.number(spot.least()))
                        .append(',')
                        .append(Csv.number(spot.largest()))
                        .append(',');
                csv.append(Csv.number(spot.expected().orElse(Double.NaN))).append('\n');
            }
        }
        return "# " + metric + " over " + key + "\n" + csv;
    }

    private static JFreeChart chart(String key, String metric, List<Curve> curves, String title, String footer) {
        Set<String> values = new LinkedHashSet<>();
        curves.forEach(curve -> curve.spots().forEach(spot -> values.add(spot.value())));
        List<String> order = List.copyOf(values);
        boolean numbers = !order.isEmpty()
                && order.stream().allMatch(value -> NUMBER.matcher(value).matches());
        YIntervalSeriesCollection means = new YIntervalSeriesCollection();
        XYSeriesCollection expected = new XYSeriesCollection();
        for (int i = 0; i < curves.size(); i++) {
            YIntervalSeries mean = new YIntervalSeries(name(curves.get(i), i));
            XYSeries wanted = new XYSeries("expected " + name(curves.get(i), i));
            for (Spot spot : curves.get(i).spots()) {
                double x = numbers ? Double.parseDouble(spot.value()) : order.indexOf(spot.value());
                if (spot.measured().length > 0) {
                    mean.add(x, spot.mean(), spot.least(), spot.largest());
                }
                spot.expected().ifPresent(value -> wanted.add(x, value));
            }
            means.addSeries(mean);
            expected.addSeries(wanted);
        }
        XYPlot plot = new XYPlot(means, axis(key, numbers, order), null, band(curves.size()));
        NumberAxis range = new NumberAxis(metric);
        range.setAutoRangeIncludesZero(false);
        Style.axis(range);
        plot.setRangeAxis(range);
        plot.setDataset(1, expected);
        plot.setRenderer(1, crosses(curves.size()));
        Style.plot(plot);
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, curves.size() > 1);
        Style.chart(chart, title.isEmpty() ? metric + " over " + key : title, footer);
        return chart;
    }

    private static String name(Curve curve, int index) {
        return curve.name().isEmpty() ? "setting " + (index + 1) : curve.name();
    }

    private static ValueAxis axis(String key, boolean numbers, List<String> order) {
        ValueAxis axis;
        if (numbers || order.isEmpty()) {
            NumberAxis plain = new NumberAxis(key);
            plain.setAutoRangeIncludesZero(false);
            axis = plain;
        } else {
            axis = new SymbolAxis(key, order.toArray(String[]::new));
        }
        Style.axis(axis);
        return axis;
    }

    private static DeviationRenderer band(int curves) {
        DeviationRenderer renderer = new DeviationRenderer(true, true);
        renderer.setAlpha((float) BAND_ALPHA);
        for (int i = 0; i < curves; i++) {
            renderer.setSeriesPaint(i, Style.ofClass(i));
            renderer.setSeriesFillPaint(i, Style.ofClass(i));
            renderer.setSeriesStroke(i, Style.line(2));
            renderer.setSeriesShape(i, Style.dot(3));
        }
        return renderer;
    }

    private static XYLineAndShapeRenderer crosses(int curves) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (int i = 0; i < curves; i++) {
            renderer.setSeriesPaint(i, Style.ofClass(i));
            renderer.setSeriesStroke(i, Style.line(1.5));
            renderer.setSeriesShape(i, Style.cross(4));
            renderer.setSeriesShapesFilled(i, false);
            renderer.setSeriesVisibleInLegend(i, false);
        }
        return renderer;
    }
}
