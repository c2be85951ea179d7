package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** True classes as rows, answers as columns; each cell holds its number and is the darker the larger its share of the row. */
final class ConfusionPicture {

    private static final int BLUE = 0x0072B2;
    /** Of the strongest cell: its number stays legible on light and on dark ground. */
    private static final int STRONGEST = 180;

    private static final int ROW = 62;
    private static final int AROUND = 90;
    private static final int LEAST = 230;

    private ConfusionPicture() {}

    static Plot of(Confusion counts) {
        int classes = counts.classes();
        int[] argb = new int[classes * (classes + 1)];
        List<Mark> words = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            // the first class on top, as a table is read
            int row = classes - 1 - label;
            int samples = counts.samples(label);
            for (int answer = 0; answer <= classes; answer++) {
                int count = counts.count(label, answer);
                int alpha = samples == 0 ? 0 : (int) Math.round((double) STRONGEST * count / samples);
                argb[row * (classes + 1) + answer] = alpha << 24 | BLUE;
                words.add(new Mark.Words(String.valueOf(count), answer, row));
            }
        }
        List<Mark> marks = new ArrayList<>();
        if (counts.samples() > 0) {
            Mark.Grid grid = new Mark.Grid(classes + 1, classes, -0.5, classes + 0.5, -0.5, classes - 0.5);
            marks.add(new Mark.Image(grid, argb));
            marks.addAll(words);
        }
        return new Plot(
                "Answers on the test samples",
                counts.samples() == 0
                        ? "No data: there were no test samples"
                        : counts.samples() + " test samples: true class a row, answer a column; the darker, the more",
                Axis.named(
                        "answer",
                        IntStream.rangeClosed(0, classes).mapToObj(counts::name).toList()),
                Axis.named(
                        "class",
                        IntStream.range(0, classes)
                                .mapToObj(row -> String.valueOf(classes - 1 - row))
                                .toList()),
                marks,
                Math.max(LEAST, AROUND + classes * ROW));
    }
}
