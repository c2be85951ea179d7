package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/** A picture of coloured cells above the scale of their colours. */
public final class ColourBar {

    private static final int STEPS = 128;
    private static final int HEIGHT = 72;

    private ColourBar() {}

    /**
     * Puts a scale below a plot.
     *
     * @param plot with cells in colours
     * @param label what the colours mean, with its unit
     * @param least value of the first colour
     * @param most value of the last colour
     * @param argb colour of a part, 0 for the first to 1 for the last
     * @return both
     */
    public static Panels below(Plot plot, String label, double least, double most, DoubleToIntFunction argb) {
        int[] colours = new int[STEPS];
        Arrays.setAll(colours, i -> argb.applyAsInt(i / (STEPS - 1.0)));
        return new Panels(
                plot.alternative(),
                List.of(
                        plot,
                        new Plot(
                                "",
                                plot.alternative(),
                                new Axis(label, least, most),
                                new Axis("", 0, 1),
                                List.of(new Mark.Image(new Mark.Grid(STEPS, 1, least, most, 0, 1), colours)),
                                HEIGHT)));
    }
}
