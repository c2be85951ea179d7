package firstspike.experiments.plot;

import java.util.Arrays;
import java.util.Locale;

/** Draws marks where a frame says. */
final class MarkPainter {

    private static final double SIGN_RADIUS = 2.5;
    private static final String BAND_OPACITY = "0.18";
    private static final String BAR_OPACITY = "0.45";

    private final Svg svg;
    private final Frame frame;

    MarkPainter(Svg svg, Frame frame) {
        this.svg = svg;
        this.frame = frame;
    }

    void paint(Mark mark) {
        String colour = svg.palette().colour(mark.colour());
        switch (mark.kind()) {
            case LINE -> {
                Mark.Line line = (Mark.Line) mark;
                svg.line(colour, line.dashed(), path(line.x(), line.y()));
                signs(svg, line.sign(), SIGN_RADIUS, colour, points(line.x(), line.y()));
            }
            case DOTS -> {
                Mark.Dots dots = (Mark.Dots) mark;
                signs(svg, dots.sign(), dots.radius(), colour, points(dots.x(), dots.y()));
            }
            case BARS -> bars((Mark.Bars) mark, colour);
            case BAND -> band((Mark.Band) mark, colour);
            case RULE -> {
                Mark.Rule rule = (Mark.Rule) mark;
                double at = rule.upright() ? frame.across(rule.at()) : frame.down(rule.at());
                svg.line(
                        colour,
                        true,
                        rule.upright()
                                ? Svg.segment(at, frame.top(), at, frame.bottom())
                                : Svg.segment(frame.left(), at, frame.right(), at));
            }
            case CELLS -> cells((Mark.Cells) mark, colour);
            case IMAGE -> image((Mark.Image) mark);
            case WORDS -> {
                Mark.Words words = (Mark.Words) mark;
                double middle = frame.across(words.x());
                double room = 2 * Math.min(middle - frame.left(), frame.right() - middle);
                svg.name(middle, frame.down(words.y()) + 4, room, words.text());
            }
        }
    }

    /** Places of the points that have one, as {@code x y} pairs in turn. */
    private double[] points(double[] x, double[] y) {
        double[] places = new double[2 * x.length];
        int size = 0;
        for (int i = 0; i < x.length; i++) {
            if (frame.isSeen(x[i], y[i])) {
                places[size++] = frame.across(x[i]);
                places[size++] = frame.down(y[i]);
            }
        }
        return Arrays.copyOf(places, size);
    }

    private StringBuilder path(double[] x, double[] y) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < x.length; i++) {
            boolean there = frame.isSeen(x[i], y[i]);
            if (there) {
                path.append(down ? 'L' : 'M').append(Svg.number(frame.across(x[i])));
                path.append(' ').append(Svg.number(frame.down(y[i])));
                // a point without neighbours is seen, too
                path.append(down ? "" : "h0");
            }
            down = there;
        }
        return path;
    }

    /** Signs at places: one path for all of them, many times shorter than an element for each. */
    static void signs(Svg svg, Mark.Sign sign, double radius, String colour, double[] places) {
        String d = Svg.number(2 * radius);
        String outline = "fill=\"none\" stroke=\"" + colour + "\" ";
        switch (sign) {
            case NONE -> {}
            // an arc of no length with round ends is a disc
            case DISC ->
                svg.path(outline + "stroke-linecap=\"round\" stroke-width=\"" + d + "\"", at(places, 0, 0, "h0"));
            case CROSS ->
                svg.path(
                        outline + "stroke-width=\"1.4\"",
                        at(places, -radius, -radius, "l" + d + " " + d + "m0 -" + d + "l-" + d + " " + d));
            case STROKE ->
                svg.path(outline + "stroke-width=\"2\"", at(places, 0, -2 * radius, "v" + Svg.number(4 * radius)));
            case SQUARE -> svg.path(outline + "stroke-width=\"" + d + "\"", at(places, -radius, 0, "h" + d));
        }
    }

    private static StringBuilder at(double[] places, double right, double down, String stroke) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < places.length; i += 2) {
            path.append('M').append(Svg.number(places[i] + right)).append(' ');
            path.append(Svg.number(places[i + 1] + down)).append(stroke);
        }
        return path;
    }

    private void bars(Mark.Bars mark, String colour) {
        String ground = Svg.number(frame.down(frame.y().least()));
        StringBuilder path = new StringBuilder();
        path.append('M')
                .append(Svg.number(frame.across(mark.edges()[0])))
                .append(' ')
                .append(ground);
        for (int i = 0; i < mark.height().length; i++) {
            path.append('V').append(Svg.number(frame.down(mark.height()[i])));
            path.append('H').append(Svg.number(frame.across(mark.edges()[i + 1])));
        }
        path.append('V').append(ground).append('Z');
        svg.path("fill=\"" + colour + "\" fill-opacity=\"" + BAR_OPACITY + "\" stroke=\"" + colour + "\"", path);
    }

    private void band(Mark.Band mark, String colour) {
        double[] low = points(mark.x(), mark.low());
        double[] high = points(mark.x(), mark.high());
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < low.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Svg.number(low[i]))
                    .append(' ')
                    .append(Svg.number(low[i + 1]));
        }
        for (int i = high.length - 2; i >= 0; i -= 2) {
            path.append('L').append(Svg.number(high[i])).append(' ').append(Svg.number(high[i + 1]));
        }
        svg.path("fill=\"" + colour + "\" fill-opacity=\"" + BAND_OPACITY + "\"", path);
    }

    /** Neighbours in a row are one rectangle. */
    private void cells(Mark.Cells mark, String colour) {
        Mark.Grid grid = mark.grid();
        double left = frame.across(grid.left());
        double bottom = frame.down(grid.bottom());
        double wide = (frame.across(grid.right()) - left) / grid.columns();
        double high = (bottom - frame.down(grid.top())) / grid.rows();
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < grid.rows(); row++) {
            for (int from = 0, to; from < grid.columns(); from = to) {
                to = from + 1;
                if (!mark.cells()[row * grid.columns() + from]) {
                    continue;
                }
                while (to < grid.columns() && mark.cells()[row * grid.columns() + to]) {
                    to++;
                }
                double top = bottom - (row + 1) * high;
                path.append('M')
                        .append(Svg.number(left + from * wide))
                        .append(' ')
                        .append(Svg.number(top));
                path.append('H')
                        .append(Svg.number(left + to * wide))
                        .append('V')
                        .append(Svg.number(top + high));
                path.append('H').append(Svg.number(left + from * wide)).append('z');
            }
        }
        svg.path(
                "shape-rendering=\"crispEdges\" fill=\"" + colour + "\" fill-opacity=\""
                        + String.format(Locale.ROOT, "%.2f", mark.opacity()) + "\"",
                path);
    }

    private void image(Mark.Image mark) {
        Mark.Grid grid = mark.grid();
        if (mark.argb().length == 0) {
            return;
        }
        int[] fromTop = new int[mark.argb().length];
        for (int row = 0; row < grid.rows(); row++) {
            int to = (grid.rows() - 1 - row) * grid.columns();
            System.arraycopy(mark.argb(), row * grid.columns(), fromTop, to, grid.columns());
        }
        double left = frame.across(grid.left());
        double top = frame.down(grid.top());
        svg.image(
                left,
                top,
                frame.across(grid.right()) - left,
                frame.down(grid.bottom()) - top,
                Png.dataUri(grid.columns(), grid.rows(), fromTop));
    }
}
