package firstspike.runtime.mapping;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.LayerRows;
import firstspike.runtime.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many row pairs each weight row takes in every circuit (inloop.md 13.5): a fixed number, as many as its largest integer
 * weight needs, or those that a run has had from its beginning. Immutable.
 */
public abstract class RowCopies {

    private final Network network;
    private final ChipSettings settings;

    private RowCopies(Network network, ChipSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /**
     * What the settings say, one row pair a row where they say {@code auto}.
     *
     * @param network to be mapped
     * @param settings with {@code row_copies}
     * @return the copies
     */
    public static RowCopies withoutWeights(Network network, ChipSettings settings) {
        return new Chosen(network, settings, Optional.empty());
    }

    /**
     * What the settings say, and as many as the weights need where they say {@code auto}.
     *
     * @param network to be mapped
     * @param settings with {@code row_copies}
     * @param weights a layer: row-major (row, neuron)
     * @return the copies
     * @throws ExperimentException {@code WEIGHTS_DO_NOT_FIT} for weights of another network
     */
    public static RowCopies forWeights(Network network, ChipSettings settings, double[][] weights) {
        requireFit("layers of weights", weights.length, network.layers().size());
        for (int l = 0; l < weights.length; l++) {
            Object wanted = network.rows(l) * network.layers().get(l).size();
            requireFit("weights of layer " + network.layers().get(l).name(), weights[l].length, wanted);
        }
        return new Chosen(network, settings, Optional.of(weights));
    }

    /**
     * What a mapping had before ({@link ChipMapping#rows()}), whatever the weights are now.
     *
     * @param network to be mapped
     * @param settings of the chip
     * @param rows a layer
     * @return the copies
     * @throws ExperimentException {@code WEIGHTS_DO_NOT_FIT} for rows of another network
     */
    public static RowCopies kept(Network network, ChipSettings settings, List<LayerRows> rows) {
        requireFit("layers with row copies", rows.size(), network.layers().size());
        for (int l = 0; l < rows.size(); l++) {
            String layer = network.layers().get(l).name();
            requireFit("row copies of layer " + layer, rows.get(l).copies().length, network.rows(l));
        }
        return new Kept(network, settings, rows);
    }

    private static void requireFit(String thing, Object found, Object wanted) {
        if (!found.equals(wanted)) {
            throw new ExperimentException(
                    ExperimentException.Code.WEIGHTS_DO_NOT_FIT,
                    thing,
                    found,
                    wanted,
                    "take the experiment that they belong to");
        }
    }

    /**
     * @param layer index from 0
     * @param scale LSB that a unit weight has
     * @return copies of each weight row, 1 or more
     */
    abstract int[] of(int layer, double scale);

    /** Circuits of every neuron of a layer; empty: as few as its fan-in allows. */
    OptionalInt circuits(int layer) {
        return settings.neuronSize();
    }

    Network network() {
        return network;
    }

    ChipSettings settings() {
        return settings;
    }

    /** Whether no row has a second copy, whatever the scale: the published scheme knows none. */
    final boolean alwaysOne(double scale) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (int copies : of(layer, scale)) {
                if (copies > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static final class Chosen extends RowCopies {

        private final Optional<double[][]> weights;

        Chosen(Network network, ChipSettings settings, Optional<double[][]> weights) {
            super(network, settings);
            this.weights = weights;
        }

        @Override
        int[] of(int layer, double scale) {
            int[] copies = new int[network().rows(layer)];
            Arrays.fill(copies, settings().rowCopies().orElse(1));
            if (settings().rowCopies().isEmpty() && weights.isPresent()) {
                double[] values = weights.get()[layer];
                int size = network().layers().get(layer).size();
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
    }

    private static final class Kept extends RowCopies {

        private final List<LayerRows> rows;

        Kept(Network network, ChipSettings settings, List<LayerRows> rows) {
            super(network, settings);
            this.rows = List.copyOf(rows);
        }

        @Override
        int[] of(int layer, double scale) {
            return rows.get(layer).copies().clone();
        }

        /** The size too: a smaller one might have room for so many copies where it had none for those it asked for. */
        @Override
        OptionalInt circuits(int layer) {
            return OptionalInt.of(rows.get(layer).circuits());
        }
    }
}
