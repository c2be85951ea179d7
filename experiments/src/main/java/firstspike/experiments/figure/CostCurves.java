package firstspike.experiments.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Time over size on logarithmic axes, beside a dashed line on which it grows as the size does. */
public final class CostCurves {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 380;

    private CostCurves() {}

    /**
     * One chart.
     *
     * @param size what the lower axis shows
     * @param x sizes, above 0, ascending, at least one
     * @param milliseconds above 0, one for each
     */
    public record Cost(String size, double[] x, double[] milliseconds) {}

    /**
     * Draws a figure as PNG, SVG and CSV.
     *
     * @param folder that takes the files
     * @param file their name without ending
     * @param costs one chart each, from left to right
     * @param footer what the figure belongs to
     */
    public static void write(Path folder, String file, List<Cost> costs, String footer) {
        List<JFreeChart> charts = new ArrayList<>();
        StringBuilder csv = new StringBuilder("size,value,milliseconds\n");
        for (Cost cost : costs) {
            charts.add(chart(cost, footer));
            for (int i = 0; i < cost.x().length; i++) {
                csv.append(Csv.text(cost.size()))
                        .append(',')
                        .append(Csv.number(cost.x()[i]))
                        .append(',')
                        .append(Csv.number(cost.milliseconds()[i]))
                        .append('\n');
            }
        }
        FigureSet.save(folder, file, new Figure(charts, charts.size(), WIDTH, HEIGHT, csv.toString()), footer);
    }

    private static JFreeChart chart(Cost cost, String footer) {
        double[] x = cost.x();
        double[] y = cost.milliseconds();
        XYSeries measured = new XYSeries("measured");
        XYSeries straight = new XYSeries("in proportion to the last");
        int last = x.length - 1;
        for (int i = 0; i <= last; i++) {
            measured.add(x[i], y[i]);
            straight.add(x[i], y[last] * x[i] / x[last]);
        }
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(measured);
        data.addSeries(straight);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
        renderer.setSeriesPaint(0, Style.ofClass(0));
        renderer.setSeriesStroke(0, Style.line(2));
        renderer.setSeriesShape(0, Style.dot(4));
        renderer.setSeriesPaint(1, Style.INK);
        renderer.setSeriesStroke(1, Style.dashes(1));
        renderer.setSeriesShapesVisible(1, false);
        DecadeAxis domain = new DecadeAxis(cost.size());
        DecadeAxis range = new DecadeAxis("ms");
        Style.axis(domain);
        Style.axis(range);
        XYPlot plot = new XYPlot(data, domain, range, renderer);
        Style.plot(plot);
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        Style.chart(chart, "Time over " + cost.size(), footer);
        return chart;
    }
}
