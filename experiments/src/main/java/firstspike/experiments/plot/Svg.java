package firstspike.experiments.plot;

import java.util.Locale;

/** One SVG drawing, put together element by element from back to front. Mutable; one owner thread. */
final class Svg {

    /** Where a text lies at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Sorts of text. */
    enum Letters {
        TITLE(Typeface.BOLD, 14),
        LABEL(Typeface.REGULAR, 12),
        TICK(Typeface.REGULAR, 11),
        NOTICE(Typeface.REGULAR, 16),
        NAME(Typeface.BOLD, 12);

        private final Typeface face;
        private final double size;

        Letters(Typeface face, double size) {
            this.face = face;
            this.size = size;
        }

        double size() {
            return size;
        }

        double width(String text) {
            return face.width(text, size);
        }
    }

    /** A size of letters that no text goes below: smaller ones are no longer read. */
    private static final double SMALLEST = 7;

    private static final double LINE = 1.6;

    private final Palette palette;
    private final StringBuilder text = new StringBuilder();

    /** An empty drawing in colours. */
    Svg(Palette palette) {
        this.palette = palette;
    }

    Palette palette() {
        return palette;
    }

    /** One line of text; its letters shrink where it is wider than the room. */
    void text(Letters kind, Anchor anchor, double x, double y, double room, String line) {
        String place = "x=\"" + number(x) + "\" y=\"" + number(y) + "\"";
        text(kind, anchor, place, room, line, "");
    }

    /** One line of text that is read from below. */
    void upright(Letters kind, double x, double y, double room, String line) {
        text(
                kind,
                Anchor.MIDDLE,
                "transform=\"translate(" + number(x) + " " + number(y) + ") rotate(-90)\"",
                room,
                line,
                "");
    }

    /** Text that is read on any ground: with a rim of the colour of the ground. */
    void name(double x, double y, double room, String line) {
        String place = "x=\"" + number(x) + "\" y=\"" + number(y) + "\"";
        String rim = " stroke=\"" + palette.ground() + "\" stroke-width=\"3\" stroke-linejoin=\"round\"";
        text(Letters.NAME, Anchor.MIDDLE, place, room, line, rim);
        text(Letters.NAME, Anchor.MIDDLE, place, room, line, "");
    }

    private void text(Letters kind, Anchor anchor, String place, double room, String line, String more) {
        if (line.isEmpty()) {
            return;
        }
        double wide = kind.width(line);
        double size = wide <= room ? kind.size : Math.max(SMALLEST, Math.floor(10 * kind.size * room / wide) / 10);
        String colour = kind == Letters.TICK || kind == Letters.NOTICE ? palette.quiet() : palette.ink();
        text.append("<text ").append(place).append(" font-size=\"").append(number(size));
        text.append("\" fill=\"").append(colour).append('"');
        if (kind.face == Typeface.BOLD) {
            text.append(" font-weight=\"bold\"");
        }
        if (anchor != Anchor.START) {
            text.append(" text-anchor=\"")
                    .append(anchor.name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        text.append(more).append('>').append(Markup.escape(line)).append("</text>");
    }

    /** A thin line. */
    void hairline(String colour, double fromX, double fromY, double toX, double toY) {
        path("fill=\"none\" stroke=\"" + colour + "\"", segment(fromX, fromY, toX, toY));
    }

    /** A line as series have it. */
    void line(String colour, boolean dashed, CharSequence path) {
        path(
                "fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + LINE
                        + "\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
                        + (dashed ? " stroke-dasharray=\"5 4\"" : ""),
                path);
    }

    static String segment(double fromX, double fromY, double toX, double toY) {
        return "M" + number(fromX) + " " + number(fromY) + "L" + number(toX) + " " + number(toY);
    }

    /** A rectangle. */
    void box(String attributes, double x, double y, double width, double height) {
        text.append("<rect ").append(attributes).append(" x=\"").append(number(x));
        text.append("\" y=\"").append(number(y)).append("\" width=\"").append(number(width));
        text.append("\" height=\"").append(number(height)).append("\"/>");
    }

    /** Any path; one without points is left out. */
    void path(String attributes, CharSequence path) {
        if (!path.isEmpty()) {
            text.append("<path ")
                    .append(attributes)
                    .append(" d=\"")
                    .append(path)
                    .append("\"/>");
        }
    }

    /** Pixels that stay pixels however large they are shown. */
    void image(double x, double y, double width, double height, String uri) {
        text.append("<image preserveAspectRatio=\"none\" image-rendering=\"pixelated\" x=\"")
                .append(number(x));
        text.append("\" y=\"").append(number(y)).append("\" width=\"").append(number(width));
        text.append("\" height=\"")
                .append(number(height))
                .append("\" href=\"")
                .append(uri)
                .append("\"/>");
    }

    /** A picture with its upper left corner at a place. */
    void picture(double x, double y, Picture picture) {
        text.append("<g transform=\"translate(")
                .append(number(x))
                .append(' ')
                .append(number(y))
                .append(")\">");
        picture.draw(this);
        text.append("</g>");
    }

    /** The document: the drawing so far in a view of a size. */
    String document(double width, double height, String attributes, String alternative) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\" "
                + attributes + "font-family=\"" + Typeface.FAMILIES + "\" role=\"img\" aria-label=\""
                + Markup.escape(alternative) + "\">" + text + "</svg>";
    }

    /** A number in tenths: finer than any eye sees in a picture. */
    static String number(double value) {
        long tenths = Math.round(10 * value);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths) % 10;
    }
}
