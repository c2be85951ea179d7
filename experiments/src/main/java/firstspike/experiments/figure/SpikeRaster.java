package firstspike.experiments.figure;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/** All first spikes of one sample, a row a neuron, a panel a population. */
final class SpikeRaster {

    private SpikeRaster() {}

    static Figure draw(Raster raster, String footer) {
        NumberAxis times = new NumberAxis("time [tau]");
        Style.axis(times);
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(times);
        all.setGap(10);
        for (int i = 0; i < raster.populations().size(); i++) {
            all.add(plot(raster, i), weight(raster.times().get(i).length));
        }
        if (raster.populations().isEmpty()) {
            XYPlot none =
                    new XYPlot(new DefaultXYDataset(), null, new NumberAxis("neuron"), new XYLineAndShapeRenderer());
            Style.plot(none);
            all.add(none);
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, all, false);
        String title = raster.populations().isEmpty()
                ? "Spikes of one sample"
                : "First spikes of " + raster.sample() + ", class " + raster.label() + ", answer "
                        + (raster.answer() < 0 ? "none" : String.valueOf(raster.answer()));
        Style.chart(chart, title, footer);
        return new Figure(List.of(chart), 1, 760, 620, raster.csv());
    }

    /** Small populations stay legible beside large ones. */
    private static int weight(int neurons) {
        return Math.max(3, (int) Math.round(Math.sqrt(neurons) * 2));
    }

    private static XYPlot plot(Raster raster, int index) {
        double[] all = raster.times().get(index);
        int spikes = 0;
        for (double time : all) {
            spikes += Double.isFinite(time) ? 1 : 0;
        }
        double[][] points = new double[2][spikes];
        int n = 0;
        for (int neuron = 0; neuron < all.length; neuron++) {
            if (Double.isFinite(all[neuron])) {
                points[0][n] = all[neuron];
                points[1][n++] = neuron;
            }
        }
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries(raster.populations().get(index), points);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        boolean few = all.length <= 12;
        renderer.setSeriesShape(0, few ? Style.bar(7) : Style.dot(2.2));
        renderer.setSeriesPaint(0, Style.ofClass(index));
        renderer.setSeriesStroke(0, Style.line(2.4));
        renderer.setSeriesShapesFilled(0, !few);
        renderer.setDrawOutlines(true);
        NumberAxis axis = new NumberAxis(raster.populations().get(index));
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setRange(-0.7, Math.max(0.7, all.length - 0.3));
        Style.axis(axis);
        XYPlot plot = new XYPlot(data, null, axis, renderer);
        Style.plot(plot);
        return plot;
    }
}
