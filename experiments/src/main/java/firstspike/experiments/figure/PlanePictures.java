package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Picture;
import firstspike.experiments.plot.Plot;
import firstspike.experiments.plot.Ramp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Pictures of the Yin-Yang plane. */
final class PlanePictures {

    private static final String[] NAMES = {"yin", "yang", "dot"};
    private static final int SILENT = 0x60808080;

    private final Plane plane;
    private final Mark.Grid grid;

    PlanePictures(Plane plane) {
        this.plane = plane;
        grid = new Mark.Grid(plane.side(), plane.side(), 0, 1, 0, 1);
    }

    List<Picture> all() {
        List<Picture> plots = new ArrayList<>(List.of(classes()));
        double[] range = range();
        for (int neuron = 0; neuron < plane.times().length; neuron++) {
            plots.add(times(neuron, range));
        }
        return plots;
    }

    private Plot classes() {
        List<Mark> marks = new ArrayList<>();
        List<Mark> words = new ArrayList<>();
        int inside = 0;
        for (int c = 0; c < plane.times().length; c++) {
            int wanted = c;
            boolean[] region = new boolean[plane.predicted().length];
            for (int i = 0; i < region.length; i++) {
                region[i] = plane.predicted()[i] == wanted;
                inside += region[i] ? 1 : 0;
            }
            marks.add(new Mark.Cells(c + " " + name(c), c, 0.45, grid, region));
            int deepest = deepest(region);
            if (deepest >= 0) {
                words.add(new Mark.Words(name(c), middle(deepest % plane.side()), middle(deepest / plane.side())));
            }
        }
        for (int c = 0; c < plane.times().length; c++) {
            int wanted = c;
            marks.add(dots("", c, Mark.Sign.DISC, 1.2, samples(s -> right(s) && plane.labels()[s] == wanted)));
        }
        int[] wrong = samples(s -> !right(s));
        marks.add(dots(wrong.length + " wrong", Palette.WRONG, Mark.Sign.CROSS, 3, wrong));
        if (inside > 0) {
            marks.addAll(words);
        }
        return new Plot(
                "Predicted class",
                plane.labels().length == 0 && inside == 0
                        ? "No data"
                        : "Predicted class over the plane; " + wrong.length + " of " + plane.labels().length
                                + " test samples are answered wrong and shown as crosses",
                new Axis("x", 0, 1),
                new Axis("y", 0, 1),
                marks,
                Plot.SQUARE);
    }

    private boolean right(int sample) {
        return plane.labels()[sample] == plane.answers()[sample];
    }

    private int[] samples(IntPredicate wanted) {
        return IntStream.range(0, plane.labels().length).filter(wanted).toArray();
    }

    private Mark.Dots dots(String name, int colour, Mark.Sign sign, double radius, int[] samples) {
        return new Mark.Dots(
                name,
                colour,
                sign,
                radius,
                Arrays.stream(samples).mapToDouble(s -> plane.x()[s]).toArray(),
                Arrays.stream(samples).mapToDouble(s -> plane.y()[s]).toArray());
    }

    private double middle(int cell) {
        return (cell + 0.5) / plane.side();
    }

    /** The cell that stays longest when the rim of a region is taken away again and again, where its name has most room. */
    private int deepest(boolean[] region) {
        int side = plane.side();
        boolean[] left = region;
        int last = -1;
        while (true) {
            int any = first(left);
            if (any < 0) {
                return last;
            }
            last = any;
            boolean[] next = new boolean[left.length];
            for (int row = 1; row < side - 1; row++) {
                for (int column = 1; column < side - 1; column++) {
                    int i = row * side + column;
                    next[i] = left[i] && left[i - 1] && left[i + 1] && left[i - side] && left[i + side];
                }
            }
            left = next;
        }
    }

    private static int first(boolean[] cells) {
        return IntStream.range(0, cells.length)
                .filter(i -> cells[i])
                .findFirst()
                .orElse(-1);
    }

    private Picture times(int neuron, double[] range) {
        int[] argb = new int[plane.predicted().length];
        int silent = 0;
        for (int i = 0; i < argb.length; i++) {
            double time = plane.times()[neuron][i];
            if (time == Double.POSITIVE_INFINITY) {
                argb[i] = SILENT;
                silent++;
            } else if (Double.isFinite(time)) {
                argb[i] = Ramp.argb((time - range[0]) / (range[1] - range[0]));
            }
        }
        Plot plot = new Plot(
                "First spike of label neuron " + neuron + " (" + name(neuron) + ")",
                String.format(
                        Locale.ROOT,
                        "First spike time of label neuron %d over the plane, %.3g tau dark to %.3g tau bright; silent "
                                + "(grey) in %d cells",
                        neuron,
                        range[0],
                        range[1],
                        silent),
                new Axis("x", 0, 1),
                new Axis("y", 0, 1),
                List.of(new Mark.Image(grid, argb)),
                Plot.SQUARE);
        return ColourBar.below(plot, "first spike time [tau], grey: silent", range[0], range[1], Ramp::argb);
    }

    private double[] range() {
        double[] finite = Arrays.stream(plane.times())
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .toArray();
        double least = Arrays.stream(finite).min().orElse(0);
        double most = Arrays.stream(finite).max().orElse(1);
        return least < most ? new double[] {least, most} : new double[] {least, least + 1};
    }

    private static String name(int index) {
        return index < NAMES.length ? NAMES[index] : "class " + index;
    }
}
