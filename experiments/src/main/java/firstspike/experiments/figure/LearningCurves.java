package firstspike.experiments.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss and error over epochs, for training and validation; both axes of values are logarithmic. */
final class LearningCurves {

    private static final double SMALLEST_ERROR = 1e-4;
    private static final List<String> SPLITS = List.of("train", "validation");

    private LearningCurves() {}

    static Figure draw(List<JsonNode> metrics, String footer) {
        XYSeriesCollection losses = new XYSeriesCollection();
        XYSeriesCollection errors = new XYSeriesCollection();
        StringBuilder csv = new StringBuilder("epoch,split,loss,accuracy\n");
        for (String split : SPLITS) {
            XYSeries loss = new XYSeries(split);
            XYSeries error = new XYSeries(split);
            for (JsonNode line : metrics) {
                JsonNode values = line.path("split").path(split);
                if (values.isMissingNode()) {
                    continue;
                }
                int epoch = line.path("epoch").asInt();
                double accuracy = values.path("accuracy").asDouble();
                if (values.path("loss").isNumber() && values.path("loss").asDouble() > 0) {
                    loss.add(epoch, values.path("loss").asDouble());
                }
                error.add(epoch, Math.max(SMALLEST_ERROR, 1 - accuracy));
                csv.append(epoch).append(',').append(split).append(',');
                csv.append(
                        values.path("loss").isNumber()
                                ? Csv.number(values.path("loss").asDouble())
                                : "");
                csv.append(',').append(Csv.number(accuracy)).append('\n');
            }
            losses.addSeries(loss);
            errors.addSeries(error);
        }
        NumberAxis epochs = new NumberAxis("epoch");
        epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        Style.axis(epochs);
        int last = metrics.isEmpty()
                ? 0
                : metrics.get(metrics.size() - 1).path("epoch").asInt();
        epochs.setRange(0, Math.max(1, last));
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
        both.setGap(14);
        both.add(plot("loss", losses, true));
        both.add(plot("error (1 - accuracy)", errors, false));
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, both, true);
        Style.chart(chart, "Loss and error over epochs", footer);
        return new Figure(List.of(chart), 1, 760, 620, csv.toString());
    }

    private static XYPlot plot(String name, XYSeriesCollection data, boolean legend) {
        DecadeAxis axis = new DecadeAxis(name);
        Style.axis(axis);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
        for (int i = 0; i < SPLITS.size(); i++) {
            renderer.setSeriesPaint(i, Style.ofClass(i));
            renderer.setSeriesStroke(i, Style.line(2));
            renderer.setSeriesShape(i, Style.dot(2.5));
            renderer.setSeriesShapesVisible(i, data.getItemCount(i) <= 60);
            renderer.setSeriesVisibleInLegend(i, legend);
        }
        XYPlot plot = new XYPlot(data, null, axis, renderer);
        Style.plot(plot);
        return plot;
    }
}
