package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * A metric over the values of one key: mean of the seeds as a line, from the least to the largest of them as a band, expected
 * values as crosses. Few curves share one chart, many get one each.
 */
public final class SweepCurves {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
    private static final int MOST_IN_A_CHART = 6;
    private static final int MOST_CHARTS = 48;
    private static final int COLUMNS = 3;

    private SweepCurves() {}

    /**
     * One setting of everything else.
     *
     * @param name of it, empty when nothing else varies
     * @param spots in the order of the values
     */
    public record Curve(String name, List<Spot> spots) {}

    /**
     * What was measured at one value.
     *
     * @param value as written
     * @param measured one number a seed; may be empty
     * @param expected to show beside
     */
    public record Spot(String value, double[] measured, OptionalDouble expected) {

        private double mean() {
            return DoubleStream.of(measured).average().orElse(Double.NaN);
        }

        private double least() {
            return DoubleStream.of(measured).min().orElse(Double.NaN);
        }

        private double largest() {
            return DoubleStream.of(measured).max().orElse(Double.NaN);
        }
    }

    /**
     * Draws a figure as PNG, SVG and CSV.
     *
     * @param folder that takes the files
     * @param file their name without ending
     * @param key that varies
     * @param metric what is shown of it
     * @param curves one for each setting of everything else
     * @param footer what the figure belongs to
     */
    public static void write(Path folder, String file, String key, String metric, List<Curve> curves, String footer) {
        List<List<Curve>> charts = new ArrayList<>();
        if (curves.size() <= MOST_IN_A_CHART) {
            charts.add(curves);
        } else {
            curves.stream().limit(MOST_CHARTS).forEach(curve -> charts.add(List.of(curve)));
        }
        List<Plot> drawn = charts.stream()
                .map(each -> plot(
                        key, metric, each, charts.size() == 1 ? "" : each.get(0).name()))
                .toList();
        new Figure(drawn, Math.min(COLUMNS, drawn.size()), csv(key, metric, curves)).save(folder, file, footer);
    }

    private static String csv(String key, String metric, List<Curve> curves) {
        StringBuilder csv = new StringBuilder("setting,value,n,mean,least,largest,expected\n");
        for (Curve curve : curves) {
            for (Spot spot : curve.spots()) {
                csv.append(Csv.text(curve.name()))
                        .append(',')
                        .append(Csv.text(spot.value()))
                        .append(',');
                csv.append(spot.measured().length)
                        .append(',')
                        .append(Csv.number(spot.mean()))
                        .append(',');
                csv.append(Csv.number(spot.least()))
                        .append(',')
                        .append(Csv.number(spot.largest()))
                        .append(',');
                csv.append(Csv.number(spot.expected().orElse(Double.NaN))).append('\n');
            }
        }
        return "# " + metric + " over " + key + "\n" + csv;
    }

    private static Plot plot(String key, String metric, List<Curve> curves, String title) {
        List<String> order = curves.stream()
                .flatMap(curve -> curve.spots().stream())
                .map(Spot::value)
                .distinct()
                .toList();
        boolean numbers = order.stream().allMatch(value -> NUMBER.matcher(value).matches());
        ToDoubleFunction<Spot> place =
                numbers ? spot -> Double.parseDouble(spot.value()) : spot -> order.indexOf(spot.value());
        List<Mark> marks = new ArrayList<>();
        List<double[]> across = new ArrayList<>();
        List<double[]> upwards = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            List<Spot> spots = curves.get(i).spots();
            double[] x = spots.stream().mapToDouble(place).toArray();
            double[] mean = spots.stream().mapToDouble(Spot::mean).toArray();
            double[] least = spots.stream().mapToDouble(Spot::least).toArray();
            double[] largest = spots.stream().mapToDouble(Spot::largest).toArray();
            double[] expected = spots.stream()
                    .mapToDouble(spot -> spot.expected().orElse(Double.NaN))
                    .toArray();
            String name = curves.size() == 1 ? "" : name(curves.get(i), i);
            marks.add(new Mark.Band("", i, x, least, largest));
            marks.add(new Mark.Line(name, i, false, Mark.Sign.of(i), x, mean));
            marks.add(new Mark.Dots("", i, Mark.Sign.CROSS, 4, x, expected));
            across.add(x);
            upwards.addAll(List.of(least, largest, expected));
        }
        return new Plot(
                title.isEmpty() ? metric + " over " + key : title,
                metric + " over " + key
                        + ": mean of the seeds, from the least to the largest as a band, expected values "
                        + "as crosses",
                numbers ? Axis.around(key, across.toArray(double[][]::new)) : Axis.named(key, order),
                Axis.around(metric, upwards.toArray(double[][]::new)),
                marks);
    }

    private static String name(Curve curve, int index) {
        return curve.name().isEmpty() ? "setting " + (index + 1) : curve.name();
    }
}
