package firstspike.experiments.plot;

import java.util.List;
import java.util.Optional;

/**
 * Pictures beside each other and a line below them: a file of its own.
 *
 * @param pictures from left to right, row by row; one at least
 * @param columns pictures in a row
 * @param footer what they belong to; may be empty
 * @param size of the whole; empty: as the pictures need it
 */
public record Sheet(List<Picture> pictures, int columns, String footer, Optional<FigureSize> size) {

    /** Between the parts of a footer: more than one blank is none in SVG. */
    private static final String GAP = "   ";

    private static final int MARGIN = 8;
    private static final int FOOTER_LINE = 15;
    /** Pixels that a picture is wide at least: sharp in print and on screens with fine pixels. */
    private static final int SHARP = 1500;

    /** Copies the list. */
    public Sheet {
        pictures = List.copyOf(pictures);
    }

    /**
     * One picture alone.
     *
     * @param picture any
     * @return its sheet
     */
    public static Sheet of(Picture picture) {
        return new Sheet(List.of(picture), 1, "", Optional.empty());
    }

    /** This sheet in another size; pictures whose shape has a meaning keep it. */
    public Sheet ofSize(FigureSize wanted) {
        double height = width() * (double) wanted.height() / wanted.width() - 2 * MARGIN - footerHeight();
        int each = (int) (height / rows());
        return new Sheet(
                pictures.stream().map(picture -> picture.ofHeight(each)).toList(),
                columns,
                footer,
                Optional.of(wanted));
    }

    /** The text of an SVG file. */
    public String svg() {
        Svg svg = new Svg(Palette.PAPER);
        svg.box("fill=\"" + Palette.PAPER.ground() + "\"", 0, 0, width(), height());
        double top = MARGIN;
        for (int row = 0; row < rows(); row++) {
            for (int i = row * columns; i < Math.min(pictures.size(), (row + 1) * columns); i++) {
                svg.picture(i % columns * Picture.WIDTH + MARGIN, top, pictures.get(i));
            }
            top += rowHeight(row);
        }
        double room = width() - 2 * MARGIN;
        for (String line : footerLines()) {
            svg.text(Svg.Letters.TICK, Svg.Anchor.END, width() - 2 * MARGIN, top + FOOTER_LINE - 3, room, line);
            top += FOOTER_LINE;
        }
        FigureSize shown = size.orElse(null);
        String attributes = shown == null
                ? "width=\"" + width() + "\" height=\"" + height() + "\" "
                : "width=\"" + shown.width() + "\" height=\"" + shown.height() + "\" ";
        String words =
                String.join("; ", pictures.stream().map(Picture::alternative).toList());
        return svg.document(width(), height(), attributes, words);
    }

    /** The bytes of a PNG file; empty where {@linkplain #missingFonts() fonts} cannot be loaded. */
    public Optional<byte[]> png() {
        return Fonts.missing().isPresent() ? Optional.empty() : Optional.of(Pixels.png(this));
    }

    /** Why there is no PNG on this machine, and what helps; empty: there is. */
    public static Optional<String> missingFonts() {
        return Fonts.missing()
                .map(reason -> "no PNG: this machine lacks the libraries that draw letters (" + reason + "); "
                        + Fonts.REMEDY + "; SVG needs none");
    }

    /** Size of it in pixels: sharp, but not beyond what a picture may have. */
    FigureSize pixels() {
        double sharp = Math.ceil((double) SHARP / width());
        double scale = Math.min(sharp, (double) FigureSize.MOST / Math.max(width(), height()));
        return size.orElseGet(() -> new FigureSize((int) (scale * width()), (int) (scale * height())));
    }

    private int rows() {
        return (pictures.size() + columns - 1) / columns;
    }

    private int rowHeight(int row) {
        return pictures.subList(row * columns, Math.min(pictures.size(), (row + 1) * columns)).stream()
                .mapToInt(Picture::height)
                .max()
                .orElse(0);
    }

    private int width() {
        return columns * Picture.WIDTH + 2 * MARGIN;
    }

    private int height() {
        int height = 2 * MARGIN + footerHeight();
        for (int row = 0; row < rows(); row++) {
            height += rowHeight(row);
        }
        return height;
    }

    private List<String> footerLines() {
        return footer.isEmpty()
                ? List.of()
                : Typeface.REGULAR.lines(footer.replace(GAP, " · "), Svg.Letters.TICK.size(), width() - 4.0 * MARGIN);
    }

    private int footerHeight() {
        return footerLines().size() * FOOTER_LINE;
    }
}
