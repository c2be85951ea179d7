package firstspike.experiments.figure;

import java.awt.Color;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/** The Yin-Yang plane by predicted class with the wrong test samples, and by the spike time of each label neuron. */
final class DecisionMap {

    /** A panel: wide enough that the plane beside its legend is square. */
    private static final int WIDTH = 620;

    private static final int HEIGHT = 530;
    private static final int CELL_PIXELS = 8;
    private static final String[] NAMES = {"yin", "yang", "dot"};

    private DecisionMap() {}

    static Figure draw(Plane plane, String footer) {
        List<JFreeChart> charts = new ArrayList<>();
        charts.add(classes(plane, footer));
        double[] range = range(plane);
        for (int neuron = 0; neuron < plane.times().length; neuron++) {
            charts.add(times(plane, neuron, range, footer));
        }
        return new Figure(charts, 2, WIDTH, HEIGHT, csv(plane));
    }

    private static JFreeChart classes(Plane plane, String footer) {
        int classes = plane.times().length;
        LookupPaintScale scale = new LookupPaintScale(-1.5, classes, Style.SILENT);
        for (int i = 0; i < classes; i++) {
            scale.add(i - 0.5, Style.pale(Style.ofClass(i)));
        }
        double[] predicted = new double[plane.predicted().length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = plane.predicted()[i] == Plane.OUTSIDE ? Double.NaN : plane.predicted()[i];
        }
        XYPlot plot = map(plane, predicted, scale);
        LegendItemCollection legend = new LegendItemCollection();
        XYLineAndShapeRenderer points = new XYLineAndShapeRenderer(false, true);
        DefaultXYDataset samples = new DefaultXYDataset();
        for (int i = 0; i < classes; i++) {
            int label = i;
            samples.addSeries(
                    "class " + i, select(plane, s -> plane.labels()[s] == label && plane.answers()[s] == label));
            points.setSeriesPaint(i, Style.ofClass(i));
            points.setSeriesShape(i, Style.dot(1.7));
            legend.add(item(name(i), Style.ofClass(i), Style.dot(4)));
        }
        double[][] wrong = select(plane, s -> plane.labels()[s] != plane.answers()[s]);
        samples.addSeries("wrong", wrong);
        points.setSeriesPaint(classes, Style.WRONG);
        points.setSeriesShape(classes, Style.cross(4));
        points.setSeriesStroke(classes, Style.line(1.6));
        legend.add(item(wrong[0].length + " wrong", Style.WRONG, Style.cross(4)));
        points.setUseOutlinePaint(false);
        for (int i = 0; i <= classes; i++) {
            points.setSeriesShapesFilled(i, i < classes);
        }
        plot.setDataset(1, samples);
        plot.setRenderer(1, points);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setFixedLegendItems(legend);
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        Style.chart(chart, "Predicted class, test samples", footer);
        chart.getLegend().setPosition(RectangleEdge.RIGHT);
        return chart;
    }

    private static JFreeChart times(Plane plane, int neuron, double[] range, String footer) {
        PaintScale scale = new Ramp(range[0], range[1]);
        double[] shown = new double[plane.predicted().length];
        for (int i = 0; i < shown.length; i++) {
            double time = plane.times()[neuron][i];
            shown[i] = time == Double.POSITIVE_INFINITY ? Ramp.SILENT : time;
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, map(plane, shown, scale), false);
        Style.chart(chart, "First spike of label neuron " + neuron + " (" + name(neuron) + ")", footer);
        NumberAxis axis = new NumberAxis("first spike time [tau], grey: silent");
        axis.setRange(range[0], range[1]);
        Style.axis(axis);
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(14);
        legend.setMargin(new RectangleInsets(8, 10, 40, 4));
        legend.setBackgroundPaint(Color.WHITE);
        legend.setSubdivisionCount(128);
        chart.addSubtitle(legend);
        return chart;
    }

    /** The plane as one image: thousands of cells as shapes would make the SVG a hundred times larger. */
    private static XYPlot map(Plane plane, double[] values, PaintScale scale) {
        int side = plane.side();
        BufferedImage image = new BufferedImage(side * CELL_PIXELS, side * CELL_PIXELS, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                int rgb = ((Color) scale.getPaint(values[i])).getRGB();
                int left = i % side * CELL_PIXELS;
                int top = (side - 1 - i / side) * CELL_PIXELS;
                for (int p = 0; p < CELL_PIXELS * CELL_PIXELS; p++) {
                    image.setRGB(left + p % CELL_PIXELS, top + p / CELL_PIXELS, rgb);
                }
            }
        }
        XYLineAndShapeRenderer behind = new XYLineAndShapeRenderer(false, false);
        behind.addAnnotation(new XYDataImageAnnotation(image, 0, 0, 1, 1), Layer.BACKGROUND);
        XYPlot plot = new XYPlot(new DefaultXYDataset(), axis("x"), axis("y"), behind);
        Style.plot(plot);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
            // the data are in the image
            plot.setNoDataMessage(null);
        }
        return plot;
    }

    private static NumberAxis axis(String name) {
        NumberAxis axis = new NumberAxis(name);
        axis.setRange(0, 1);
        Style.axis(axis);
        return axis;
    }

    private static String name(int index) {
        return index < NAMES.length ? NAMES[index] : "class " + index;
    }

    private static LegendItem item(String text, Paint paint, java.awt.Shape shape) {
        LegendItem item = new LegendItem(text, null, null, null, shape, paint, Style.line(1.6), paint);
        item.setLabelPaint(Style.INK);
        return item;
    }

    private static double[][] select(Plane plane, java.util.function.IntPredicate wanted) {
        int[] chosen = java.util.stream.IntStream.range(0, plane.labels().length)
                .filter(wanted)
                .toArray();
        double[][] points = new double[2][chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            points[0][i] = plane.x()[chosen[i]];
            points[1][i] = plane.y()[chosen[i]];
        }
        return points;
    }

    private static double[] range(Plane plane) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] neuron : plane.times()) {
            for (double time : neuron) {
                if (Double.isFinite(time)) {
                    least = Math.min(least, time);
                    most = Math.max(most, time);
                }
            }
        }
        return least < most ? new double[] {least, most} : new double[] {0, 1};
    }

    private static String csv(Plane plane) {
        StringBuilder csv = new StringBuilder("# side ");
        csv.append(plane.side()).append("\nkind,x,y,label,predicted");
        for (int j = 0; j < plane.times().length; j++) {
            csv.append(",t").append(j);
        }
        csv.append('\n');
        for (int i = 0; i < plane.predicted().length; i++) {
            if (plane.predicted()[i] != Plane.OUTSIDE) {
                csv.append(String.format(
                        Locale.ROOT,
                        "cell,%s,%s,,%d",
                        Csv.number((i % plane.side() + 0.5) / plane.side()),
                        Csv.number((i / plane.side() + 0.5) / plane.side()),
                        plane.predicted()[i]));
                for (double[] neuron : plane.times()) {
                    csv.append(',').append(Csv.number(neuron[i]));
                }
                csv.append('\n');
            }
        }
        for (int s = 0; s < plane.labels().length; s++) {
            csv.append(String.format(
                            Locale.ROOT,
                            "test,%s,%s,%d,%d",
                            Csv.number(plane.x()[s]),
                            Csv.number(plane.y()[s]),
                            plane.labels()[s],
                            plane.answers()[s]))
                    .append(",".repeat(plane.times().length))
                    .append('\n');
        }
        return csv.toString();
    }
}
