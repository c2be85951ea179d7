package firstspike.experiments.plot;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One axis of a picture.
 *
 * @param label with its unit
 * @param least value at its beginning
 * @param most value at its end, above {@code least}
 * @param scale how values lie on it; {@code least} of a logarithmic one is above 0
 * @param names of the values 0, 1, ...; none: they are numbers
 */
public record Axis(String label, double least, double most, Scale scale, List<String> names) {

    /** How values lie on an axis. */
    public enum Scale {
        /** Equal differences have equal lengths. */
        LINEAR,
        /** As {@link #LINEAR}, with ticks at whole numbers alone. */
        WHOLE,
        /** Equal factors have equal lengths. */
        LOGARITHMIC
    }

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double MARGIN = 0.04;

    private static final int[] COARSE = {1, 2, 5};
    private static final int[] FINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    /** Ticks that an axis has at least. */
    private static final int FEW = 3;

    private static final double LARGE = 1e5;
    private static final double SMALL = 1e-3;
    private static final MathContext SHOWN = new MathContext(4);

    /**
     * A linear axis.
     *
     * @param label with its unit
     * @param least value at its beginning
     * @param most value at its end, above {@code least}
     */
    public Axis(String label, double least, double most) {
        this(label, least, most, Scale.LINEAR, List.of());
    }

    /**
     * An axis of things that are counted.
     *
     * @param label with its unit
     * @param least value at its beginning
     * @param most value at its end, above {@code least}
     * @return an axis with ticks at whole numbers alone
     */
    public static Axis whole(String label, double least, double most) {
        return new Axis(label, least, most, Scale.WHOLE, List.of());
    }

    /**
     * An axis of things that have names.
     *
     * @param label of all of them
     * @param names of the values 0, 1, ...
     * @return the axis, half a place beyond the first and the last
     */
    public static Axis named(String label, List<String> names) {
        return new Axis(label, -0.5, Math.max(1, names.size()) - 0.5, Scale.WHOLE, names);
    }

    /** This axis without words: neither label nor ticks, for a plot right above one with the same axis. */
    public Axis silent() {
        return new Axis("", least, most, scale, names);
    }

    /** Checks the bounds: {@link IllegalArgumentException} unless both are finite and in order. */
    public Axis {
        names = List.copyOf(names);
        if (!(Double.isFinite(least) && Double.isFinite(most) && least < most)
                || scale == Scale.LOGARITHMIC && !(least > 0)) {
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

    /**
     * A logarithmic axis that holds all finite values above 0, with a small margin.
     *
     * @param label with its unit
     * @param values by group
     * @return the axis; 0.1 to 1 where there are none
     */
    public static Axis decades(String label, double[]... values) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double[] group : values) {
            for (double value : group) {
                if (value > 0 && Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        return most == 0
                ? new Axis(label, 0.1, 1, Scale.LOGARITHMIC, List.of())
                : new Axis(label, least * 0.9, most * 1.1, Scale.LOGARITHMIC, List.of());
    }

    private boolean isLogarithmic() {
        return scale == Scale.LOGARITHMIC;
    }

    /** Place of a value, 0 at the beginning and 1 at the end; not-a-number where a logarithmic axis has none. */
    double place(double value) {
        if (isLogarithmic()) {
            return value > 0 ? Math.log(value / least) / Math.log(most / least) : Double.NaN;
        }
        return (value - least) / (most - least);
    }

    /** Whether it has words. */
    boolean isSilent() {
        return label.isEmpty();
    }

    /** Round values within the axis, about as many as asked for; every one that has a name where they have names. */
    List<Double> ticks(int about) {
        if (!names.isEmpty()) {
            return IntStream.range(0, names.size()).mapToObj(i -> (double) i).toList();
        }
        if (isLogarithmic()) {
            List<Double> ticks = decadeTicks(new int[] {1});
            for (int[] digits : List.of(COARSE, FINE)) {
                ticks = ticks.size() < FEW ? decadeTicks(digits) : ticks;
            }
            if (ticks.size() >= FEW) {
                return ticks;
            }
            // less than a decade: as on a linear axis
        }
        double rough = (most - least) / about;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double factor : STEPS) {
            if (factor * decade <= rough * 1.5) {
                step = factor * decade;
            }
        }
        step = scale == Scale.WHOLE ? Math.max(1, Math.rint(step)) : step;
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(least / step - 1e-9); i * step <= most + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> decadeTicks(int[] digits) {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(least)); Math.pow(10, exponent) <= most; exponent++) {
            for (int digit : digits) {
                double tick = new BigDecimal(BigInteger.valueOf(digit), -exponent).doubleValue();
                if (tick >= least && tick <= most) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A tick among others, as short as they allow. */
    String text(double tick, List<Double> ticks) {
        if (!names.isEmpty()) {
            return names.get((int) tick);
        }
        if (!isLogarithmic()) {
            double step = ticks.size() < 2 ? 1 : ticks.get(1) - ticks.get(0);
            return Math.max(Math.abs(least), Math.abs(most)) >= LARGE ? power(tick, step) : text(tick, step);
        }
        return tick >= LARGE || tick < SMALL
                ? power(tick, tick)
                : new BigDecimal(tick).round(SHOWN).stripTrailingZeros().toPlainString();
    }

    /** A large number by its power of ten, with as many digits as a step changes. */
    private static String power(double value, double step) {
        if (value == 0) {
            return "0";
        }
        int digits = (int) Math.max(0, Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + Math.min(9, digits) + "e", value)
                .replaceFirst("e\\+0*", "e")
                .replaceFirst("e-0*", "e-");
    }

    /** A number as short as the distance of ticks allows. */
    static String text(double value, double step) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        String text = String.format(Locale.ROOT, "%." + Math.min(9, digits) + "f", value);
        return text.startsWith("-") && text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }
}
