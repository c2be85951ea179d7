package firstspike.experiments.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Colours, strokes and letters that all figures share; the colours can be told apart by colour-blind readers. */
final class Style {

    private static final Color[] CLASSES = {
        new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73), new Color(0xCC79A7), new Color(0x56B4E9),
        new Color(0xD55E00), new Color(0xF0E442), new Color(0x6A51A3), new Color(0x8C564B), new Color(0x4D4D4D)
    };
    static final Color INK = new Color(0x222222);
    static final Color FAINT = new Color(0xDDDDDD);
    static final Color WRONG = new Color(0xB00020);
    static final Color SILENT = new Color(0xF2F2F2);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

    private Style() {}

    static Color ofClass(int index) {
        return CLASSES[Math.floorMod(index, CLASSES.length)];
    }

    static Color pale(Color color) {
        return new Color(mix(color.getRed()), mix(color.getGreen()), mix(color.getBlue()));
    }

    private static int mix(int channel) {
        return (int) Math.round(0.45 * channel + 0.55 * 255);
    }

    static BasicStroke line(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashes(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0);
    }

    /** Shapes that tell series apart without their colours. */
    static java.awt.Shape mark(int index) {
        return switch (Math.floorMod(index, 4)) {
            case 0 -> dot(3);
            case 1 -> cross(3);
            case 2 -> bar(4);
            default -> new java.awt.geom.Rectangle2D.Double(-2.5, -2.5, 5, 5);
        };
    }

    static Ellipse2D dot(double radius) {
        return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }

    static Path2D cross(double radius) {
        Path2D cross = new Path2D.Double();
        cross.moveTo(-radius, -radius);
        cross.lineTo(radius, radius);
        cross.moveTo(-radius, radius);
        cross.lineTo(radius, -radius);
        return cross;
    }

    static Path2D bar(double half) {
        Path2D bar = new Path2D.Double();
        bar.moveTo(0, -half);
        bar.lineTo(0, half);
        return bar;
    }

    static void axis(ValueAxis axis) {
        axis.setLabelFont(LABEL);
        axis.setTickLabelFont(SMALL);
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(INK);
    }

    static void plot(XYPlot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(FAINT);
        plot.setRangeGridlinePaint(FAINT);
        plot.setOutlinePaint(INK);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setNoDataMessage("no data");
        plot.setNoDataMessageFont(LABEL);
    }

    static void chart(JFreeChart chart, String title, String footer) {
        chart.setBackgroundPaint(Color.WHITE);
        chart.setTitle(new TextTitle(title, TITLE));
        chart.getTitle().setPaint(INK);
        chart.setPadding(new RectangleInsets(8, 8, 8, 16));
        if (chart.getLegend() != null) {
            chart.getLegend().setItemFont(LABEL);
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        }
        TextTitle foot = new TextTitle(footer, SMALL);
        foot.setPosition(RectangleEdge.BOTTOM);
        foot.setHorizontalAlignment(HorizontalAlignment.RIGHT);
        foot.setPaint(new Color(0x666666));
        chart.addSubtitle(foot);
    }
}
