package firstspike.runtime.mapping;

import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Network;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many row pairs each weight row takes in every circuit (inloop.md 13.5): a fixed number, or as many as its largest
 * integer weight needs. Without weights to look at that is one.
 */
final class RowCopies {

    private final Network network;
    private final ChipSettings settings;
    private final Optional<double[][]> weights;

    /** @param weights a layer: row-major (row, neuron), or empty when they are not known yet */
    RowCopies(Network network, ChipSettings settings, Optional<double[][]> weights) {
        this.network = network;
        this.settings = settings;
        this.weights = weights;
    }

    /**
     * @param layer index from 0
     * @param scale LSB that a unit weight has
     * @return copies of each weight row, 1 or more
     */
    int[] of(int layer, double scale) {
        int[] copies = new int[network.rows(layer)];
        Arrays.fill(copies, settings.rowCopies().orElse(1));
        if (settings.rowCopies().isEmpty() && weights.isPresent()) {
            double[] values = weights.get()[layer];
            int size = network.layers().get(layer).size();
            for (int row = 0; row < copies.length; row++) {
                double largest = 0;
                for (int n = 0; n < size; n++) {
                    largest = Math.max(largest, Math.abs(Math.rint(values[row * size + n] * scale)));
                }
                copies[row] = (int) Math.max(1, Math.ceil(largest / WeightWords.LARGEST));
            }
        }
        return copies;
    }

    /** Whether no row has a second copy, whatever the scale: the published scheme knows none. */
    boolean alwaysOne(double scale) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (int copies : of(layer, scale)) {
                if (copies > 1) {
                    return false;
                }
            }
        }
        return true;
    }
}
