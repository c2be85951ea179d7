package firstspike.experiments.figure;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/** True classes as rows, answers as columns; each cell holds its number and is the darker the larger its share of the row. */
final class ConfusionMatrix {

    private static final int CELL = 56;
    private static final int MARGIN_WIDE = 130;
    private static final int MARGIN_HIGH = 140;
    private static final int LEAST = 420;
    private static final double DARK = 0.55;

    private ConfusionMatrix() {}

    static Figure draw(Confusion confusion, String footer) {
        int classes = confusion.classes();
        double[][] cells = new double[3][classes * (classes + 1)];
        StringBuilder csv = new StringBuilder("class,answer,count\n");
        XYPlot plot = new XYPlot(
                new DefaultXYZDataset(), axis("answer", classes, true), axis("class", classes, false), renderer());
        Style.plot(plot);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        for (int label = 0, i = 0; label < classes; label++) {
            int all = confusion.samples(label);
            for (int answer = 0; answer <= classes; answer++, i++) {
                int count = confusion.count(label, answer);
                csv.append(label)
                        .append(',')
                        .append(answer == classes ? "none" : String.valueOf(answer))
                        .append(',')
                        .append(count)
                        .append('\n');
                cells[0][i] = answer;
                // the first class on top, as a table is read
                cells[1][i] = classes - 1.0 - label;
                cells[2][i] = all == 0 ? 0 : (double) count / all;
                XYTextAnnotation text = new XYTextAnnotation(String.valueOf(count), cells[0][i], cells[1][i]);
                text.setFont(Style.LABEL);
                text.setPaint(cells[2][i] > DARK ? Color.WHITE : Style.INK);
                if (confusion.samples() > 0) {
                    plot.addAnnotation(text);
                }
            }
        }
        if (confusion.samples() > 0) {
            DefaultXYZDataset data = new DefaultXYZDataset();
            data.addSeries("share", cells);
            plot.setDataset(data);
        }
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
        Style.chart(chart, "Answers on the test samples", footer);
        return new Figure(
                List.of(chart),
                1,
                Math.max(LEAST, MARGIN_WIDE + (classes + 1) * CELL),
                Math.max(LEAST, MARGIN_HIGH + classes * CELL),
                csv.toString());
    }

    private static XYBlockRenderer renderer() {
        XYBlockRenderer renderer = new XYBlockRenderer();
        Color full = Style.ofClass(0);
        renderer.setPaintScale(new PaintScale() {
            @Override
            public double getLowerBound() {
                return 0;
            }

            @Override
            public double getUpperBound() {
                return 1;
            }

            @Override
            public Color getPaint(double share) {
                return new Color(
                        between(full.getRed(), share), between(full.getGreen(), share), between(full.getBlue(), share));
            }
        });
        return renderer;
    }

    private static int between(int channel, double share) {
        return (int) Math.round(255 + share * (channel - 255));
    }

    private static SymbolAxis axis(String label, int classes, boolean withNone) {
        String[] names = new String[Math.max(1, withNone ? classes + 1 : classes)];
        for (int i = 0; i < names.length; i++) {
            names[i] = String.valueOf(withNone ? i : classes - 1 - i);
        }
        if (withNone) {
            names[names.length - 1] = "none";
        }
        SymbolAxis axis = new SymbolAxis(label, names);
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, names.length - 0.5);
        Style.axis(axis);
        return axis;
    }
}
