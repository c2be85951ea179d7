package firstspike.experiments.figure;

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
}
