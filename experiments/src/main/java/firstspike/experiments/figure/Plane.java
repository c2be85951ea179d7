package firstspike.experiments.figure;

import java.util.Locale;

/**
 * The Yin-Yang plane as a network sees it. Arrays are shared, not copied.
 *
 * @param side cells along each axis
 * @param predicted class of each cell, row-major from the bottom left; -1: no label spike, {@link #OUTSIDE} elsewhere
 * @param times a label neuron: its first spike time at each cell in tau; positive infinity: silent, not-a-number: outside
 * @param x of each test sample
 * @param y of each test sample
 * @param labels true class of each test sample
 * @param answers class that the network gave each test sample
 */
public record Plane(int side, int[] predicted, double[][] times, double[] x, double[] y, int[] labels, int[] answers) {

    /** A cell outside of the disc. */
    public static final int OUTSIDE = -2;

    /** The file of its numbers: a comment that says how many cells there are, a header, a row a cell and a row a sample. */
    String csv() {
        StringBuilder csv = new StringBuilder("# side ");
        csv.append(side).append("\nkind,x,y,label,predicted");
        for (int j = 0; j < times.length; j++) {
            csv.append(",t").append(j);
        }
        csv.append('\n');
        for (int i = 0; i < predicted.length; i++) {
            if (predicted[i] != OUTSIDE) {
                csv.append(String.format(
                        Locale.ROOT,
                        "cell,%s,%s,,%d",
                        Csv.number((i % side + 0.5) / side),
                        Csv.number((i / side + 0.5) / side),
                        predicted[i]));
                for (double[] neuron : times) {
                    csv.append(',').append(Csv.number(neuron[i]));
                }
                csv.append('\n');
            }
        }
        for (int s = 0; s < labels.length; s++) {
            csv.append(String.format(
                            Locale.ROOT, "test,%s,%s,%d,%d", Csv.number(x[s]), Csv.number(y[s]), labels[s], answers[s]))
                    .append(",".repeat(times.length))
                    .append('\n');
        }
        return csv.toString();
    }
}
