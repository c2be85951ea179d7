package firstspike.experiments.report;

import firstspike.experiments.figure.Plane;
import firstspike.experiments.figure.Ramp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Pictures of the Yin-Yang plane. */
final class PlanePictures {

    private static final String[] NAMES = {"yin", "yang", "dot"};
    private static final int SILENT = 0x60808080;
    private static final int STEPS = 24;
    private static final int WRONG = 4;

    private final Plane plane;
    private final Mark.Grid grid;

    PlanePictures(Plane plane) {
        this.plane = plane;
        grid = new Mark.Grid(plane.side(), plane.side(), 0, 1, 0, 1);
    }

    List<Plot> all() {
        List<Plot> plots = new ArrayList<>(List.of(classes()));
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
        int[] wrong = IntStream.range(0, plane.labels().length)
                .filter(s -> plane.labels()[s] != plane.answers()[s])
                .toArray();
        marks.add(new Mark.Dots(
                wrong.length + " wrong",
                WRONG,
                2.2,
                Arrays.stream(wrong).mapToDouble(s -> plane.x()[s]).toArray(),
                Arrays.stream(wrong).mapToDouble(s -> plane.y()[s]).toArray()));
        if (inside > 0) {
            marks.addAll(words);
        }
        return new Plot(
                "Predicted class",
                plane.labels().length == 0 && inside == 0
                        ? "No data"
                        : "Predicted class over the plane; " + wrong.length + " of " + plane.labels().length
                                + " test samples are answered wrong and shown as dots",
                new Axis("x", 0, 1),
                new Axis("y", 0, 1),
                marks,
                Plot.SQUARE);
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

    private Plot times(int neuron, double[] range) {
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
        int[] scale = new int[STEPS];
        Arrays.setAll(scale, i -> Ramp.argb(i / (STEPS - 1.0)));
        return new Plot(
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
                List.of(new Mark.Image(
                        String.format(Locale.ROOT, "%.3g to %.3g tau, grey: silent", range[0], range[1]),
                        grid,
                        argb,
                        scale)),
                Plot.SQUARE);
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
