package firstspike.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a picture.
 *
 * @param label with its unit
 * @param least value at its beginning
 * @param most value at its end, above {@code least}
 */
public record Axis(String label, double least, double most) {

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double MARGIN = 0.04;

    /** Checks the bounds: {@link IllegalArgumentException} unless both are finite and in order. */
    public Axis {
        if (!(Double.isFinite(least) && Double.isFinite(most) && least < most)) {
            throw new IllegalArgumentException(
                    "axis '" + label + "': " + least + " to " + most + " (limit: finite, from less to more)");
        }
    }

    /**
     * An axis that holds all finite ones of some values, with a small margin.
     *
     * @param label with its unit
     * @param values by group
     * @return the axis; 0 to 1 where nothing is finite
     */
    public static Axis around(String label, double[]... values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] group : values) {
            for (double value : group) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least > most) {
            return new Axis(label, 0, 1);
        }
        double margin = most > least ? MARGIN * (most - least) : Math.max(1e-9, MARGIN * Math.abs(most));
        return new Axis(label, least - margin, most + margin);
    }

    /** Place of a value, 0 at the beginning and 1 at the end. */
    double place(double value) {
        return (value - least) / (most - least);
    }

    /** Round values within the axis, about as many as asked for. */
    List<Double> ticks(int about) {
        double rough = (most - least) / about;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double factor : STEPS) {
            if (factor * decade <= rough * 1.5) {
                step = factor * decade;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(least / step - 1e-9); i * step <= most + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A number as short as the distance of ticks allows. */
    static String text(double value, double step) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        String text = String.format(Locale.ROOT, "%." + Math.min(9, digits) + "f", value);
        return text.startsWith("-") && text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }
}
