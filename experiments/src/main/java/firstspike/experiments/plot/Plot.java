package firstspike.experiments.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Marks over two axes.
 *
 * @param title above it; empty: there is none
 * @param alternative what it shows, in words
 * @param x axis to the right
 * @param y axis upwards
 * @param marks from back to front
 * @param tall units downwards without the legend
 */
public record Plot(String title, String alternative, Axis x, Axis y, List<Mark> marks, int tall) implements Picture {

    /** Height with which equal ranges of both axes have equal lengths. */
    public static final int SQUARE = 558;

    private static final int USUAL = 320;
    private static final int LEFT = 62;
    private static final int RIGHT = 14;
    private static final int TOP = 30;
    private static final int TOP_UNTITLED = 12;
    private static final int BOTTOM = 44;
    private static final int BOTTOM_SILENT = 8;
    private static final int LEAST = 60;
    private static final int X_TICKS = 7;
    private static final int Y_TICKS = 5;
    private static final int TICK_GAP = 10;
    private static final int TICK_HEIGHT = 14;
    private static final int TICK_ROOM = LEFT - 26;

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
        this(title, alternative, x, y, marks, USUAL);
    }

    @Override
    public int height() {
        return tall + legend().height();
    }

    @Override
    public Plot ofHeight(int height) {
        int other = Math.max(LEAST, height - legend().height());
        return tall == SQUARE ? this : new Plot(title, alternative, x, y, marks, other);
    }

    @Override
    public void draw(Svg svg) {
        Frame frame = frame();
        double wide = frame.right() - frame.left();
        svg.text(Svg.Letters.TITLE, Svg.Anchor.START, LEFT, 18, wide, title);
        across(svg, frame);
        upwards(svg, frame);
        MarkPainter painter = new MarkPainter(svg, frame);
        marks.forEach(painter::paint);
        if (marks.stream().noneMatch(mark -> hasData(mark, frame))) {
            double middle = (frame.top() + frame.bottom()) / 2;
            svg.text(Svg.Letters.NOTICE, Svg.Anchor.MIDDLE, frame.left() + wide / 2, middle, wide, "no data");
        }
        String line = "fill=\"none\" stroke=\"" + svg.palette().quiet() + "\"";
        svg.box(line, frame.left(), frame.top(), wide, frame.bottom() - frame.top());
        legend().draw(svg, LEFT, tall);
    }

    private Legend legend() {
        return new Legend(marks, WIDTH - LEFT - RIGHT);
    }

    private Frame frame() {
        int top = title.isEmpty() ? TOP_UNTITLED : TOP;
        return new Frame(x, y, LEFT, WIDTH - RIGHT, top, tall - (x.isSilent() ? BOTTOM_SILENT : BOTTOM));
    }

    /** Grid, ticks and label of the axis to the right; fewer ticks where their texts are long. */
    private void across(Svg svg, Frame frame) {
        double wide = frame.right() - frame.left();
        List<Double> ticks = x.ticks(X_TICKS);
        for (int about = X_TICKS - 1; about > 1 && width(ticks) > wide; about--) {
            ticks = x.ticks(about);
        }
        ticks = everyFew(ticks, (int) Math.ceil(width(ticks) / wide));
        for (double tick : ticks) {
            double at = frame.across(tick);
            grid(svg, x, at, frame.top(), at, frame.bottom());
            if (!x.isSilent()) {
                double room = Math.min(wide / ticks.size(), 2 * (WIDTH - at));
                svg.text(Svg.Letters.TICK, Svg.Anchor.MIDDLE, at, frame.bottom() + 15, room, x.text(tick, ticks));
            }
        }
        svg.text(Svg.Letters.LABEL, Svg.Anchor.MIDDLE, frame.left() + wide / 2, tall - 10, wide, x.label());
    }

    private double width(List<Double> ticks) {
        return ticks.stream()
                .mapToDouble(tick -> TICK_GAP + Svg.Letters.TICK.width(x.text(tick, ticks)))
                .sum();
    }

    private void upwards(Svg svg, Frame frame) {
        if (y.isSilent()) {
            return;
        }
        double high = frame.bottom() - frame.top();
        int about = (int) Math.max(2, Math.min(Y_TICKS, high / (2.5 * TICK_HEIGHT)));
        List<Double> all = y.ticks(about);
        List<Double> ticks = everyFew(all, (int) Math.ceil(all.size() * TICK_HEIGHT / high));
        for (double tick : ticks) {
            double at = frame.down(tick);
            grid(svg, y, frame.left(), at, frame.right(), at);
            svg.text(Svg.Letters.TICK, Svg.Anchor.END, LEFT - 6, at + 4, TICK_ROOM, y.text(tick, ticks));
        }
        svg.upright(Svg.Letters.LABEL, 14, frame.top() + high / 2, high + TICK_HEIGHT, y.label());
    }

    /** Things with names stand between lines, not on them. */
    private static void grid(Svg svg, Axis axis, double fromX, double fromY, double toX, double toY) {
        if (axis.names().isEmpty()) {
            svg.hairline(svg.palette().faint(), fromX, fromY, toX, toY);
        }
    }

    private static List<Double> everyFew(List<Double> ticks, int few) {
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i += Math.max(1, few)) {
            kept.add(ticks.get(i));
        }
        return kept;
    }

    private static boolean hasData(Mark mark, Frame frame) {
        return switch (mark.kind()) {
            case LINE -> anyPoint(frame, ((Mark.Line) mark).x(), ((Mark.Line) mark).y());
            case DOTS -> anyPoint(frame, ((Mark.Dots) mark).x(), ((Mark.Dots) mark).y());
            case BAND -> anyPoint(frame, ((Mark.Band) mark).x(), ((Mark.Band) mark).low());
            case BARS -> Arrays.stream(((Mark.Bars) mark).height()).anyMatch(height -> height > 0);
            case RULE -> false;
            case CELLS -> ((Mark.Cells) mark).cells().length > 0;
            case IMAGE -> ((Mark.Image) mark).argb().length > 0;
            case WORDS -> true;
        };
    }

    private static boolean anyPoint(Frame frame, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            if (frame.isSeen(x[i], y[i])) {
                return true;
            }
        }
        return false;
    }
}
