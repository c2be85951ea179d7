package firstspike.experiments.plot;

import java.util.List;
import java.util.Locale;

/** Names of marks with their signs, in columns below a plot. */
final class Legend {

    private static final int ROW = 18;
    private static final int MOST_COLUMNS = 4;
    private static final int SIGN = 18;
    private static final int GAP = 6;
    private static final double RADIUS = 3.5;

    private final List<Mark> named;
    private final int width;
    private final int columns;

    /** Of those marks that have a name. */
    Legend(List<Mark> marks, int width) {
        this.named = marks.stream().filter(mark -> !mark.name().isEmpty()).toList();
        this.width = width;
        double widest = SIGN
                + 3 * GAP
                + named.stream()
                        .mapToDouble(mark -> Svg.Letters.LABEL.width(mark.name()))
                        .max()
                        .orElse(0);
        this.columns = (int) Math.max(1, Math.min(MOST_COLUMNS, width / widest));
    }

    int height() {
        return (named.size() + columns - 1) / columns * ROW;
    }

    void draw(Svg svg, double left, double top) {
        int wide = width / columns;
        for (int i = 0; i < named.size(); i++) {
            double at = left + i % columns * wide;
            double row = top + i / columns * ROW + 8;
            sign(svg, named.get(i), at, row - 4);
            double room = wide - SIGN - 2 * GAP;
            svg.text(
                    Svg.Letters.LABEL,
                    Svg.Anchor.START,
                    at + SIGN + GAP,
                    row,
                    room,
                    named.get(i).name());
        }
    }

    private static void sign(Svg svg, Mark mark, double at, double middle) {
        String colour = svg.palette().colour(mark.colour());
        double[] place = {at + SIGN / 2.0, middle};
        switch (mark.kind()) {
            case DOTS -> MarkPainter.signs(svg, ((Mark.Dots) mark).sign(), RADIUS, colour, place);
            case LINE -> {
                Mark.Line line = (Mark.Line) mark;
                svg.line(colour, line.dashed(), Svg.segment(at, middle, at + SIGN, middle));
                MarkPainter.signs(svg, line.sign(), RADIUS, colour, place);
            }
            case RULE, WORDS, IMAGE -> svg.line(colour, true, Svg.segment(at, middle, at + SIGN, middle));
            case CELLS -> patch(svg, colour, ((Mark.Cells) mark).opacity(), at, middle);
            case BARS, BAND -> patch(svg, colour, mark.kind() == Mark.Kind.BARS ? 0.45 : 0.18, at, middle);
        }
    }

    private static void patch(Svg svg, String colour, double opacity, double at, double middle) {
        String paint = String.format(Locale.ROOT, "fill=\"%s\" fill-opacity=\"%.2f\"", colour, opacity);
        svg.box(paint, at + 2, middle - 5, SIGN - 4, 10);
    }
}
