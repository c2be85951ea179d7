package firstspike.runtime.learning;

/**
 * Resolution and range of the weights of a layer.
 *
 * @param resolution step of the forward pass, above 0; 0 for none
 * @param limit largest magnitude, above 0; positive infinity for none
 * @param rowLimits largest magnitude of each weight row, at most the limit; empty: all rows have the limit. Shared, not copied
 */
public record WeightGrid(double resolution, double limit, double[] rowLimits) {
    private static final double[] ALIKE = {};

    /** Neither step nor limit. */
    public static final WeightGrid UNLIMITED = new WeightGrid(0, Double.POSITIVE_INFINITY);

    /**
     * A grid whose rows all have one limit.
     *
     * @param resolution step of the forward pass, above 0; 0 for none
     * @param limit largest magnitude, above 0; positive infinity for none
     */
    public WeightGrid(double resolution, double limit) {
        this(resolution, limit, ALIKE);
    }

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public WeightGrid {
        if (!(resolution >= 0) || Double.isInfinite(resolution) || !(limit > 0)) {
            throw new IllegalArgumentException("weight resolution " + resolution + ", limit " + limit
                    + " (expected: resolution finite and >= 0, limit > 0)");
        }
    }

    /**
     * Rounds weights to multiples of the resolution, ties to even.
     *
     * @param weights shadow weights
     * @param rounded receives the values, may be the same array
     */
    public void round(double[] weights, double[] rounded) {
        for (int i = 0; i < weights.length; i++) {
            rounded[i] = resolution == 0 ? weights[i] : Math.rint(weights[i] / resolution) * resolution;
        }
    }

    /**
     * Limits weights to the range.
     *
     * @param weights row-major (row, neuron), changed in place
     * @return how many were beyond it
     */
    public int clip(double[] weights) {
        if (rowLimits.length == 0) {
            return clip(weights, 0, weights.length, limit);
        }
        int size = weights.length / rowLimits.length;
        int clipped = 0;
        for (int row = 0; row < rowLimits.length; row++) {
            clipped += clip(weights, row * size, (row + 1) * size, rowLimits[row]);
        }
        return clipped;
    }

    private static int clip(double[] weights, int from, int to, double limit) {
        int clipped = 0;
        for (int i = from; i < to; i++) {
            if (Math.abs(weights[i]) > limit) {
                weights[i] = weights[i] > 0 ? limit : -limit;
                clipped++;
            }
        }
        return clipped;
    }

    /**
     * Weights that stand at the limit.
     *
     * @param weights clipped weights
     * @return how many have the largest magnitude
     */
    public int atLimit(double[] weights) {
        int count = 0;
        for (double weight : weights) {
            if (Math.abs(weight) >= limit) {
                count++;
            }
        }
        return count;
    }

    /**
     * Integer weights: round half to even of weight times scale, then limited.
     *
     * @param weights in weight units
     * @param scale steps per weight unit
     * @param largest largest magnitude, 63 on the chip
     * @return the integers
     */
    public static int[] integers(double[] weights, double scale, int largest) {
        int[] out = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            out[i] = (int) Math.max(-largest, Math.min(largest, Math.rint(weights[i] * scale)));
        }
        return out;
    }
}
