package firstspike.experiments.report;

import firstspike.experiments.figure.ColourBar;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The 512 neuron circuits of a chip, a row for each quadrant, coloured by how far a value lies from what it should be. */
final class ChipMap {

    private static final int CIRCUITS = 512;
    private static final int QUADRANTS = 4;
    private static final int COLUMNS = CIRCUITS / QUADRANTS;
    private static final int HEIGHT = 240;
    /** Errors of this many accepted deviations and more have the strongest colour. */
    private static final double STRONGEST = 1.5;

    private static final int LOW = 0x0072B2;
    private static final int HIGH = 0xD9731A;
    private static final int NOT_MEASURED = 0x60808080;
    /** Of the weakest colour: a value that is met is told apart from none. */
    private static final int FAINTEST = 20;

    private ChipMap() {}

    /**
     * Draws a map.
     *
     * @param title above it
     * @param alternative what it shows, in words
     * @param error of each circuit in units of what is accepted, with sign; NaN: not measured
     * @param bad of each circuit: whether it is not fit
     */
    static Panels of(String title, String alternative, double[] error, boolean[] bad) {
        if (error.length != CIRCUITS || bad.length != CIRCUITS) {
            throw new IllegalArgumentException(
                    "chip map: " + error.length + " errors, " + bad.length + " flags (limit: " + CIRCUITS + " each)");
        }
        List<Mark> marks = new ArrayList<>();
        for (int quadrant = 0; quadrant < QUADRANTS; quadrant++) {
            int first = quadrant * COLUMNS;
            int[] argb = IntStream.range(first, first + COLUMNS)
                    .map(circuit -> colour(error[circuit]))
                    .toArray();
            // the first on top, with a gap to the next
            double row = QUADRANTS - 1 - quadrant;
            marks.add(new Mark.Image(new Mark.Grid(COLUMNS, 1, -0.5, COLUMNS - 0.5, row - 0.3, row + 0.4), argb));
        }
        int[] unfit =
                IntStream.range(0, CIRCUITS).filter(circuit -> bad[circuit]).toArray();
        marks.add(new Mark.Dots(
                unfit.length + " not fit",
                Palette.WRONG,
                Mark.Sign.CROSS,
                3,
                IntStream.of(unfit).mapToDouble(circuit -> circuit % COLUMNS).toArray(),
                IntStream.of(unfit)
                        .mapToDouble(circuit -> QUADRANTS - 1 - circuit / COLUMNS)
                        .toArray()));
        Plot plot = new Plot(
                title,
                alternative,
                Axis.whole("circuit of the quadrant", -0.5, COLUMNS - 0.5),
                Axis.named(
                        "quadrant",
                        IntStream.range(0, QUADRANTS)
                                .mapToObj(row -> String.valueOf(QUADRANTS - 1 - row))
                                .toList()),
                marks,
                HEIGHT);
        return ColourBar.below(
                plot,
                "deviation from the target in units of what is accepted",
                -STRONGEST,
                STRONGEST,
                part -> colour((2 * part - 1) * STRONGEST));
    }

    /** Opacity is strength, so that it reads on light and on dark ground. */
    private static int colour(double error) {
        if (!Double.isFinite(error)) {
            return NOT_MEASURED;
        }
        double part = Math.min(1, Math.abs(error) / STRONGEST);
        return FAINTEST + (int) Math.round(part * (255 - FAINTEST)) << 24 | (error < 0 ? LOW : HIGH);
    }
}
