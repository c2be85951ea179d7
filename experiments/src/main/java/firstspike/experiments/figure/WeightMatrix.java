package firstspike.experiments.figure;

import firstspike.runtime.network.LayerRows;
import firstspike.runtime.training.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The weights of a layer: as a chip has them, or as they are where there is none. Arrays are shared, not copied.
 *
 * @param layer its name
 * @param rows presynaptic neurons
 * @param columns postsynaptic neurons
 * @param values row-major (presynaptic, postsynaptic)
 * @param onChip whether they are sums of the codes of synapses
 * @param limits largest magnitudes that occur as limits, ascending; none where there is no limit
 */
public record WeightMatrix(String layer, int rows, int columns, double[] values, boolean onChip, List<Double> limits) {

    private static final double LARGEST_CODE = 63;
    private static final int BINS = 60;

    /** Copies the limits. */
    public WeightMatrix {
        limits = List.copyOf(limits);
    }

    /**
     * The weights of a checkpoint.
     *
     * @param checkpoint state of a training
     * @return one a layer
     */
    public static List<WeightMatrix> of(Checkpoint checkpoint) {
        List<WeightMatrix> layers = new ArrayList<>();
        boolean onChip = checkpoint.chipWeights() != null;
        for (int l = 0; l < checkpoint.weights().length; l++) {
            double[] values =
                    onChip ? doubles(checkpoint.chipWeights()[l]) : checkpoint.weights()[l];
            int columns = checkpoint.bump()[l].length;
            layers.add(new WeightMatrix(
                    checkpoint.meta().layerNames().get(l),
                    columns == 0 ? 0 : values.length / columns,
                    columns,
                    values,
                    onChip,
                    onChip ? limits(checkpoint.rows(), l) : List.of()));
        }
        return layers;
    }

    private static double[] doubles(short[] codes) {
        double[] values = new double[codes.length];
        Arrays.setAll(values, i -> codes[i]);
        return values;
    }

    /** A row that takes several row pairs can have as many times the largest code. */
    private static List<Double> limits(List<LayerRows> rows, int layer) {
        TreeSet<Double> limits = new TreeSet<>();
        if (rows.isEmpty()) {
            limits.add(LARGEST_CODE);
        } else {
            for (int copies : rows.get(layer).copies()) {
                limits.add(copies * LARGEST_CODE);
            }
        }
        return List.copyOf(limits);
    }

    /** What a value is measured in. */
    public String unit() {
        return onChip ? "weight [LSB]" : "weight";
    }

    /** Bins of a histogram: one a code on a chip, else {@value #BINS} of equal width; one where all values are one. */
    public double[] edges() {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        if (onChip) {
            double[] edges = new double[(int) (most - least) + 2];
            Arrays.setAll(edges, i -> least - 0.5 + i);
            return edges;
        }
        if (most == least) {
            return new double[] {least - 0.5, least + 0.5};
        }
        double[] edges = new double[BINS + 1];
        Arrays.setAll(edges, i -> least + i * (most - least) / BINS);
        return edges;
    }

    /** How many values lie in each bin of {@link #edges()}. */
    public double[] counts() {
        double[] edges = edges();
        double[] counts = new double[edges.length - 1];
        double width = edges[1] - edges[0];
        for (double value : values) {
            counts[Math.max(0, Math.min(counts.length - 1, (int) ((value - edges[0]) / width)))]++;
        }
        return counts;
    }

    /** The file of their numbers: a header, a row a layer and bin. */
    static String csv(List<WeightMatrix> layers) {
        StringBuilder csv = new StringBuilder("layer,from,to,count\n");
        for (WeightMatrix layer : layers) {
            double[] edges = layer.edges();
            double[] counts = layer.counts();
            for (int i = 0; i < counts.length; i++) {
                csv.append(layer.layer())
                        .append(',')
                        .append(Csv.number(edges[i]))
                        .append(',')
                        .append(Csv.number(edges[i + 1]))
                        .append(',')
                        .append((long) counts[i])
                        .append('\n');
            }
        }
        return csv.toString();
    }
}
