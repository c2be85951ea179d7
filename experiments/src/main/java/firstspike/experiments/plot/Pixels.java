package firstspike.experiments.plot;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Turns the SVG of a sheet into a PNG. Needs {@link Fonts}. */
final class Pixels {

    /** A path of many points is normal here; the drawing is our own. */
    private static final DocumentLimits LIMITS = new DocumentLimits(
            DocumentLimits.DEFAULT_MAX_NESTING_DEPTH, DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH, Integer.MAX_VALUE);

    private Pixels() {}

    static byte[] png(Sheet sheet) {
        FigureSize size = sheet.pixels();
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(sheet.svg().getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.builder().documentLimits(LIMITS).build());
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setBackground(java.awt.Color.WHITE);
        graphics.clearRect(0, 0, size.width(), size.height());
        document.render(null, graphics, new ViewBox(size.width(), size.height()));
        graphics.dispose();
        return Png.encode(
                size.width(), size.height(), image.getRGB(0, 0, size.width(), size.height(), null, 0, size.width()));
    }
}
