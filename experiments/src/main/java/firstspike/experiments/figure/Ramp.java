package firstspike.experiments.figure;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours from early to late, even in brightness so that a grey print can be read too; silence has a colour of its own.
 *
 * @param least value of the first colour
 * @param most value of the last colour
 */
record Ramp(double least, double most) implements PaintScale {

    /** A value that stands for silence. */
    static final double SILENT = Double.MAX_VALUE;

    private static final int[] STOPS = {0x440154, 0x46327E, 0x365C8D, 0x277F8E, 0x1FA187, 0x4AC16D, 0xA0DA39, 0xFDE725};

    @Override
    public double getLowerBound() {
        return least;
    }

    @Override
    public double getUpperBound() {
        return most;
    }

    @Override
    public Paint getPaint(double value) {
        if (value == SILENT) {
            return Style.SILENT;
        }
        double place = Math.max(0, Math.min(1, (value - least) / (most - least))) * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) place);
        double part = place - stop;
        Color from = new Color(STOPS[stop]);
        Color to = new Color(STOPS[stop + 1]);
        return new Color(
                between(from.getRed(), to.getRed(), part),
                between(from.getGreen(), to.getGreen(), part),
                between(from.getBlue(), to.getBlue(), part));
    }

    private static int between(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }
}
