package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Plot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Time over size on logarithmic axes, beside a dashed line on which it grows as the size does. */
public final class CostCurves {

    private CostCurves() {}

    /**
     * One chart.
     *
     * @param size what the lower axis shows
     * @param x sizes, above 0, ascending, at least one
     * @param milliseconds above 0, one for each
     */
    public record Cost(String size, double[] x, double[] milliseconds) {}

    /**
     * Draws a figure as PNG, SVG and CSV.
     *
     * @param folder that takes the files
     * @param file their name without ending
     * @param costs one chart each, from left to right
     * @param footer what the figure belongs to
     */
    public static void write(Path folder, String file, List<Cost> costs, String footer) {
        List<Plot> plots = new ArrayList<>();
        StringBuilder csv = new StringBuilder("size,value,milliseconds\n");
        for (Cost cost : costs) {
            plots.add(plot(cost));
            for (int i = 0; i < cost.x().length; i++) {
                csv.append(Csv.text(cost.size()))
                        .append(',')
                        .append(Csv.number(cost.x()[i]))
                        .append(',')
                        .append(Csv.number(cost.milliseconds()[i]))
                        .append('\n');
            }
        }
        new Figure(plots, plots.size(), csv.toString()).save(folder, file, footer);
    }

    private static Plot plot(Cost cost) {
        double[] x = cost.x();
        double[] y = cost.milliseconds();
        int last = x.length - 1;
        double[] straight =
                Arrays.stream(x).map(size -> y[last] * size / x[last]).toArray();
        return new Plot(
                "Time over " + cost.size(),
                String.format(
                        Locale.ROOT,
                        "Milliseconds over %s, both logarithmic: %.3g at %.3g to %.3g at %.3g",
                        cost.size(),
                        y[0],
                        x[0],
                        y[last],
                        x[last]),
                Axis.decades(cost.size(), x),
                Axis.decades("ms", y, straight),
                List.of(
                        new Mark.Line("measured", 0, false, x, y),
                        new Mark.Line("in proportion to the last", Palette.INK, true, Mark.Sign.NONE, x, straight)));
    }
}
