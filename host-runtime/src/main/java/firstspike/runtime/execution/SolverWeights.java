package firstspike.runtime.execution;

import firstspike.runtime.learning.WeightGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Weights as exact arithmetic takes them: clipped and rounded to the grid of each layer. One owner thread. */
final class SolverWeights {
    static final String IDEAL = "ideal";

    private final List<WeightGrid> grids;
    private final int[] sizes;
    private final double[][] inForce;

    /**
     * @param grids resolution and range a layer
     * @param rows weight rows a layer
     * @param sizes neurons a layer
     */
    SolverWeights(List<WeightGrid> grids, int[] rows, int[] sizes) {
        if (grids.size() != sizes.length) {
            throw new IllegalArgumentException(
                    "weight grids : " + grids.size() + " (expected: " + sizes.length + ", one for each layer)");
        }
        this.grids = List.copyOf(grids);
        this.sizes = sizes.clone();
        inForce = new double[sizes.length][];
        for (int layer = 0; layer < sizes.length; layer++) {
            inForce[layer] = new double[rows[layer] * sizes[layer]];
        }
    }

    /** The live arrays in force. */
    double[][] inForce() {
        return inForce;
    }

    WeightsInForce load(LayerWeights shadow) {
        long clipped = 0;
        long total = 0;
        List<double[]> copies = new ArrayList<>();
        for (int layer = 0; layer < inForce.length; layer++) {
            double[] weights = shadow.layers()[layer];
            if (weights.length != inForce[layer].length) {
                throw new IllegalArgumentException("weights of layer " + layer + " : " + weights.length
                        + " values (expected: " + inForce[layer].length / Math.max(1, sizes[layer]) + " x "
                        + sizes[layer] + ")");
            }
            System.arraycopy(weights, 0, inForce[layer], 0, weights.length);
            WeightGrid grid = grids.get(layer);
            grid.clip(inForce[layer]);
            clipped += grid.atLimit(inForce[layer]);
            total += weights.length;
            grid.round(inForce[layer], inForce[layer]);
            copies.add(inForce[layer].clone());
        }
        return new WeightsInForce(copies.toArray(double[][]::new), null, clipped, total, 0);
    }

    ExecutorTraits traits(long nextRun) {
        return new ExecutorTraits(
                IDEAL + ":",
                IDEAL,
                IDEAL,
                grids.stream().map(WeightGrid::resolution).toList(),
                grids.stream().map(WeightGrid::limit).toList(),
                grids.stream().map(WeightGrid::rowLimits).toList(),
                Collections.nCopies(grids.size(), 0.0),
                List.of(),
                nextRun);
    }
}
