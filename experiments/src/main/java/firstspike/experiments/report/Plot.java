package firstspike.experiments.report;

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
 */
public record Plot(String title, String alternative, Axis x, Axis y, List<Mark> marks) implements Picture {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    private static final int LEFT = 62;
    private static final int RIGHT = 14;
    private static final int TOP = 30;
    private static final int BOTTOM = 44;
    private static final int LEGEND_ROW = 18;
    private static final int LEGEND_COLUMNS = 3;
    private static final int X_TICKS = 7;
    private static final int Y_TICKS = 5;

    /** Copies the list. */
    public Plot {
        marks = List.copyOf(marks);
    }

    @Override
    public String svg() {
        List<Mark> named = marks.stream().filter(mark -> !mark.name().isEmpty()).toList();
        int rows = (named.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        int height = HEIGHT + rows * LEGEND_ROW;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(alternative))
                .append("\">");
        text(svg, "title", LEFT, 18, "start", title);
        axes(svg);
        marks.forEach(mark -> draw(svg, mark));
        svg.append("<rect class=\"frame\" x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(TOP)
                .append("\" width=\"")
                .append(WIDTH - LEFT - RIGHT)
                .append("\" height=\"")
                .append(HEIGHT - TOP - BOTTOM)
                .append("\"/>");
        for (int i = 0; i < named.size(); i++) {
            int wide = (WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS;
            legend(svg, named.get(i), LEFT + i % LEGEND_COLUMNS * wide, HEIGHT + i / LEGEND_COLUMNS * LEGEND_ROW + 8);
        }
        return svg.append("</svg>").toString();
    }

    private void axes(StringBuilder svg) {
        List<Double> across = x.ticks(X_TICKS);
        for (double tick : across) {
            line(svg, "grid", "", left(tick), TOP, left(tick), HEIGHT - BOTTOM);
            text(svg, "tick", left(tick), HEIGHT - BOTTOM + 15, "middle", Axis.text(tick, distance(across)));
        }
        List<Double> up = y.ticks(Y_TICKS);
        for (double tick : up) {
            line(svg, "grid", "", LEFT, top(tick), WIDTH - RIGHT, top(tick));
            text(svg, "tick", LEFT - 6, top(tick) + 4, "end", Axis.text(tick, distance(up)));
        }
        text(svg, "", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", x.label());
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        svg.append("<text text-anchor=\"middle\" transform=\"translate(14 ")
                .append(number(middle))
                .append(") rotate(-90)\">")
                .append(Html.escape(y.label()))
                .append("</text>");
    }

    private static double distance(List<Double> ticks) {
        return ticks.size() < 2 ? 1 : ticks.get(1) - ticks.get(0);
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
                    line(svg, "line dash", colour, at, TOP, at, HEIGHT - BOTTOM);
                } else {
                    line(svg, "line dash", colour, LEFT, at, WIDTH - RIGHT, at);
                }
            }
        }
    }

    private void path(StringBuilder svg, Mark.Line mark, String colour) {
        svg.append("<path class=\"line").append(mark.dashed() ? " dash" : "").append("\" stroke=\"");
        svg.append(colour).append("\" d=\"");
        boolean down = false;
        for (int i = 0; i < mark.x().length; i++) {
            boolean there = Double.isFinite(mark.x()[i]) && Double.isFinite(mark.y()[i]);
            if (there) {
                svg.append(down ? 'L' : 'M').append(number(left(mark.x()[i]))).append(' ');
                svg.append(number(top(mark.y()[i])));
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
            if (Double.isFinite(mark.x()[i]) && Double.isFinite(mark.y()[i])) {
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
        return HEIGHT - BOTTOM - Math.max(0, Math.min(1, y.place(value))) * (HEIGHT - TOP - BOTTOM);
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
