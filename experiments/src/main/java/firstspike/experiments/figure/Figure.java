package firstspike.experiments.figure;

import firstspike.runtime.exchange.AtomicFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /**
     * Writes one file.
     *
     * @param file whose name ends in .svg or .png
     * @param size of the whole, as drawn when empty
     */
    void write(Path file, Optional<FigureSize> size) {
        Figure sized = size.map(this::of).orElse(this);
        int scale = size.isPresent() ? 1 : SCALE;
        AtomicFile.replace(
                file,
                file.toString().endsWith(".svg") ? sized.svg().getBytes(StandardCharsets.UTF_8) : sized.png(scale));
    }

    private Figure of(FigureSize size) {
        return new Figure(charts, columns, size.width() / columns, size.height() / rows(), csv);
    }

    private int rows() {
        return (charts.size() + columns - 1) / columns;
    }

    byte[] png() {
        return png(SCALE);
    }

    private byte[] png(int scale) {
        BufferedImage image =
                new BufferedImage(scale * columns * width, scale * rows() * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(scale, scale);
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
