package firstspike.experiments.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;

/**
 * Charts beside each other, and the numbers they show.
 *
 * @param charts from left to right, row by row
 * @param columns charts in a row
 * @param width of one chart in units of the SVG
 * @param height of one chart in units of the SVG
 * @param csv header line and rows
 */
record Figure(List<JFreeChart> charts, int columns, int width, int height, String csv) {

    /** Pixels a unit: sharp on screens with fine pixels. */
    private static final int SCALE = 2;

    private int rows() {
        return (charts.size() + columns - 1) / columns;
    }

    byte[] png() {
        BufferedImage image =
                new BufferedImage(SCALE * columns * width, SCALE * rows() * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        draw(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new IllegalStateException("PNG in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    String svg() {
        SVGGraphics2D graphics = new SVGGraphics2D(columns * width, rows() * height);
        // identifiers that do not depend on the time, so that the same data give the same file
        graphics.setDefsKeyPrefix("fs");
        draw(graphics);
        return graphics.getSVGDocument();
    }

    private void draw(Graphics2D graphics) {
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i)
                    .draw(
                            graphics,
                            new Rectangle2D.Double(
                                    (i % columns) * width, (double) (i / columns) * height, width, height));
        }
    }
}
