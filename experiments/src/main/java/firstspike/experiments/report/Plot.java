package firstspike.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Marks over two axes.
 *
 * @param title above it
 * @param alternative what it shows, in words
 * @param x axis to the right
 * @param y axis upwards
 * @param marks from back to front
 * @param height without the legend, in units of which the width has 560
 */
public record Plot(String title, String alternative, Axis x, Axis y, List<Mark> marks, int height) implements Picture {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    /** Height with which equal ranges of both axes have equal lengths. */
    public static final int SQUARE = 558;

    private static final int LEFT = 62;
    private static final int RIGHT = 14;
    private static final int TOP = 30;
    private static final int BOTTOM = 44;
    private static final int LEGEND_ROW = 18;
    private static final int LEGEND_COLUMNS = 3;
    private static final int SIGN = 34;
    private static final int LETTER = 7;
    private static final int X_TICKS = 7;
    private static final int Y_TICKS = 5;

    /** Copies the list. */
    public Plot {
        marks = List.copyOf(marks);
    }

    /**
     * A plot of the usual height.
     *
     * @param title above it
     * @param alternative what it shows, in words
     * @param x axis to the right
     * @param y axis upwards
     * @param marks from back to front
     */
    public Plot(String title, String alternative, Axis x, Axis y, List<Mark> marks) {
        this(title, alternative, x, y, marks, HEIGHT);
    }

    @Override
    public String svg() {
        List<Mark> named = marks.stream().filter(mark -> !mark.name().isEmpty()).toList();
        int columns = Math.max(1, Math.min(LEGEND_COLUMNS, (WIDTH - LEFT - RIGHT) / widest(named)));
        int rows = (named.size() + columns - 1) / columns;
        int whole = height + rows * LEGEND_ROW;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(whole)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(alternative))
                .append("\">");
        text(svg, "title", LEFT, 18, "start", title);
        axes(svg);
        marks.forEach(mark -> draw(svg, mark));
        if (marks.stream().noneMatch(this::hasData)) {
            text(svg, "none", (LEFT + WIDTH - RIGHT) / 2.0, (TOP + height - BOTTOM) / 2.0, "middle", "no data");
        }
        svg.append("<rect class=\"frame\" x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(TOP)
                .append("\" width=\"")
                .append(WIDTH - LEFT - RIGHT)
                .append("\" height=\"")
                .append(height - TOP - BOTTOM)
                .append("\"/>");
        for (int i = 0; i < named.size(); i++) {
            int wide = (WIDTH - LEFT - RIGHT) / columns;
            legend(svg, named.get(i), LEFT + i % columns * wide, height + i / columns * LEGEND_ROW + 8);
        }
        return svg.append("</svg>").toString();
    }

    /** Room that the longest entry of a legend takes, its sign included. */
    private static int widest(List<Mark> named) {
        return SIGN
                + LETTER
                        * named.stream()
                                .mapToInt(mark -> mark.name().length())
                                .max()
                                .orElse(0);
    }

    private void axes(StringBuilder svg) {
        List<Double> across = x.ticks(X_TICKS);
        for (double tick : across) {
            line(svg, "grid", "", left(tick), TOP, left(tick), height - BOTTOM);
            text(svg, "tick", left(tick), height - BOTTOM + 15, "middle", x.text(tick, across));
        }
        List<Double> up = y.ticks(Y_TICKS);
        for (double tick : up) {
            line(svg, "grid", "", LEFT, top(tick), WIDTH - RIGHT, top(tick));
            text(svg, "tick", LEFT - 6, top(tick) + 4, "end", y.text(tick, up));
        }
        text(svg, "", (LEFT + WIDTH - RIGHT) / 2.0, height - 10, "middle", x.label());
        double middle = (TOP + height - BOTTOM) / 2.0;
        svg.append("<text text-anchor=\"middle\" transform=\"translate(14 ")
                .append(number(middle))
                .append(") rotate(-90)\">")
                .append(Html.escape(y.label()))
                .append("</text>");
    }

    private boolean hasData(Mark mark) {
        return switch (mark.kind()) {
            case LINE -> anyPoint(((Mark.Line) mark).x(), ((Mark.Line) mark).y());
            case DOTS -> anyPoint(((Mark.Dots) mark).x(), ((Mark.Dots) mark).y());
            case BARS -> Arrays.stream(((Mark.Bars) mark).height()).anyMatch(height -> height > 0);
            case RULE -> false;
            case CELLS -> ((Mark.Cells) mark).cells().length > 0;
            case IMAGE -> ((Mark.Image) mark).argb().length > 0;
            case WORDS -> true;
        };
    }

    private boolean anyPoint(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            if (isSeen(x[i], y[i])) {
                return true;
            }
        }
        return false;
    }

    /** A logarithmic axis has no place for 0 and below. */
    private boolean isSeen(double across, double up) {
        return Double.isFinite(across)
                && Double.isFinite(up)
                && Double.isFinite(left(across))
                && Double.isFinite(top(up));
    }

    private void draw(StringBuilder svg, Mark mark) {
        String colour = Theme.series(mark.colour());
        switch (mark.kind()) {
            case LINE -> path(svg, (Mark.Line) mark, colour);
            case DOTS -> dots(svg, (Mark.Dots) mark, colour);
            case BARS -> bars(svg, (Mark.Bars) mark, colour);
            case RULE -> {
                Mark.Rule rule = (Mark.Rule) mark;
                double at = rule.upright() ? left(rule.at()) : top(rule.at());
                if (rule.upright()) {
                    line(svg, "line dash", colour, at, TOP, at, height - BOTTOM);
                } else {
                    line(svg, "line dash", colour, LEFT, at, WIDTH - RIGHT, at);
                }
            }
            case CELLS -> cells(svg, (Mark.Cells) mark, colour);
            case IMAGE -> image(svg, (Mark.Image) mark);
            case WORDS -> {
                Mark.Words words = (Mark.Words) mark;
                text(svg, "words", left(words.x()), top(words.y()) + 4, "middle", words.text());
            }
        }
    }

    /** Neighbours in a row are one rectangle. */
    private void cells(StringBuilder svg, Mark.Cells mark, String colour) {
        Mark.Grid grid = mark.grid();
        double wide = (left(grid.right()) - left(grid.left())) / grid.columns();
        double high = (top(grid.bottom()) - top(grid.top())) / grid.rows();
        svg.append("<path shape-rendering=\"crispEdges\" fill=\"").append(colour);
        svg.append("\" fill-opacity=\"").append(String.format(Locale.ROOT, "%.2f", mark.opacity()));
        svg.append("\" d=\"");
        for (int row = 0; row < grid.rows(); row++) {
            for (int from = 0, to; from < grid.columns(); from = to) {
                to = from + 1;
                if (!mark.cells()[row * grid.columns() + from]) {
                    continue;
                }
                while (to < grid.columns() && mark.cells()[row * grid.columns() + to]) {
                    to++;
                }
                svg.append('M').append(number(left(grid.left()) + from * wide)).append(' ');
                svg.append(number(top(grid.bottom()) - (row + 1) * high)).append('h');
                svg.append(number((to - from) * wide))
                        .append('v')
                        .append(number(high))
                        .append('h');
                svg.append(number((from - to) * wide)).append('z');
            }
        }
        svg.append("\"/>");
    }

    private void image(StringBuilder svg, Mark.Image mark) {
        Mark.Grid grid = mark.grid();
        if (mark.argb().length == 0) {
            return;
        }
        int[] fromTop = new int[mark.argb().length];
        for (int row = 0; row < grid.rows(); row++) {
            System.arraycopy(
                    mark.argb(),
                    row * grid.columns(),
                    fromTop,
                    (grid.rows() - 1 - row) * grid.columns(),
                    grid.columns());
        }
        image(
                svg,
                left(grid.left()),
                top(grid.top()),
                left(grid.right()) - left(grid.left()),
                top(grid.bottom()) - top(grid.top()),
                Png.dataUri(grid.columns(), grid.rows(), fromTop));
    }

    private static void image(StringBuilder svg, double x, double y, double width, double height, String uri) {
        svg.append("<image preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" x=\"");
        svg.append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(width));
        svg.append("\" height=\"")
                .append(number(height))
                .append("\" href=\"")
                .append(uri)
                .append("\"/>");
    }

    private void path(StringBuilder svg, Mark.Line mark, String colour) {
        svg.append("<path stroke-linecap=\"round\" class=\"line")
                .append(mark.dashed() ? " dash" : "")
                .append("\" stroke=\"");
        svg.append(colour).append("\" d=\"");
        boolean down = false;
        for (int i = 0; i < mark.x().length; i++) {
            boolean there = isSeen(mark.x()[i], mark.y()[i]);
            if (there) {
                svg.append(down ? 'L' : 'M').append(number(left(mark.x()[i]))).append(' ');
                svg.append(number(top(mark.y()[i])));
                // a point without neighbours is seen, too
                svg.append(down ? "" : "h0");
            }
            down = there;
        }
        svg.append("\"/>");
    }

    private void dots(StringBuilder svg, Mark.Dots mark, String colour) {
        // one path of arcs of no length is many times shorter than as many circles
        svg.append("<path fill=\"none\" stroke-linecap=\"round\" stroke-width=\"")
                .append(number(2 * mark.radius()))
                .append("\" stroke=\"")
                .append(colour)
                .append("\" d=\"");
        for (int i = 0; i < mark.x().length; i++) {
            if (isSeen(mark.x()[i], mark.y()[i])) {
                svg.append('M').append(number(left(mark.x()[i]))).append(' ');
                svg.append(number(top(mark.y()[i]))).append("h0");
            }
        }
        svg.append("\"/>");
    }

    private void bars(StringBuilder svg, Mark.Bars mark, String colour) {
        svg.append("<path class=\"bar\" fill=\"")
                .append(colour)
                .append("\" stroke=\"")
                .append(colour);
        svg.append("\" d=\"M").append(number(left(mark.edges()[0]))).append(' ').append(number(top(y.least())));
        for (int i = 0; i < mark.height().length; i++) {
            svg.append('V').append(number(top(mark.height()[i])));
            svg.append('H').append(number(left(mark.edges()[i + 1])));
        }
        svg.append('V').append(number(top(y.least()))).append("Z\"/>");
    }

    private void legend(StringBuilder svg, Mark mark, int at, int row) {
        String colour = Theme.series(mark.colour());
        boolean dashed = mark.kind() == Mark.Kind.RULE || mark.kind() == Mark.Kind.LINE && ((Mark.Line) mark).dashed();
        if (mark.kind() == Mark.Kind.DOTS) {
            svg.append("<circle r=\"4\" fill=\"")
                    .append(colour)
                    .append("\" cx=\"")
                    .append(at + 9);
            svg.append("\" cy=\"").append(row - 4).append("\"/>");
        } else if (mark.kind() == Mark.Kind.CELLS) {
            svg.append("<rect width=\"14\" height=\"10\" fill=\"").append(colour);
            svg.append("\" fill-opacity=\"").append(String.format(Locale.ROOT, "%.2f", ((Mark.Cells) mark).opacity()));
            svg.append("\" x=\"")
                    .append(at + 2)
                    .append("\" y=\"")
                    .append(row - 9)
                    .append("\"/>");
        } else if (mark.kind() == Mark.Kind.IMAGE) {
            int[] scale = ((Mark.Image) mark).scale();
            image(svg, at, row - 9, 18, 10, Png.dataUri(scale.length, 1, scale));
        } else {
            line(svg, dashed ? "line dash" : "line", colour, at, row - 4, at + 18, row - 4);
        }
        text(svg, "", at + 24, row, "start", mark.name());
    }

    private static void line(
            StringBuilder svg, String kind, String colour, double fromX, double fromY, double toX, double toY) {
        svg.append("<line class=\"").append(kind).append('"');
        if (!colour.isEmpty()) {
            svg.append(" stroke=\"").append(colour).append('"');
        }
        svg.append(" x1=\"").append(number(fromX)).append("\" y1=\"").append(number(fromY));
        svg.append("\" x2=\"")
                .append(number(toX))
                .append("\" y2=\"")
                .append(number(toY))
                .append("\"/>");
    }

    private static void text(StringBuilder svg, String kind, double x, double y, String anchor, String text) {
        svg.append("<text class=\"").append(kind).append("\" text-anchor=\"").append(anchor);
        svg.append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\">");
        svg.append(Html.escape(text)).append("</text>");
    }

    private double left(double value) {
        return LEFT + Math.max(0, Math.min(1, x.place(value))) * (WIDTH - LEFT - RIGHT);
    }

    private double top(double value) {
        return height - BOTTOM - Math.max(0, Math.min(1, y.place(value))) * (height - TOP - BOTTOM);
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
