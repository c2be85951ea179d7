package firstspike.runtime.mapping;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.WordPatch;
import java.util.Arrays;

/**
 * Puts integer weights into the words of the synapse arrays. Mutable for speed: the words of one executor, one owner
 * thread. A signed weight uses two synapses of one column: the even row of its pair excites, the odd one inhibits; never
 * both.
 */
public final class WeightWords {

    /** Largest integer weight. */
    public static final int LARGEST = 63;

    private final int[][] exciting;
    private final int[][] inhibiting;
    private final WordPatch patch;

    WeightWords(Placement placement) {
        int layers = placement.layers().size();
        exciting = new int[layers][];
        inhibiting = new int[layers][];
        boolean[] used = new boolean[SynapseQuad.COUNT];
        for (int l = 0; l < layers; l++) {
            exciting[l] = synapses(placement.layers().get(l), 0, used);
            inhibiting[l] = synapses(placement.layers().get(l), 1, used);
        }
        int[] position = new int[SynapseQuad.COUNT];
        int[] places = new int[SynapseQuad.COUNT];
        int count = 0;
        for (int quad = 0; quad < used.length; quad++) {
            if (used[quad]) {
                places[count] = ChipConfiguration.weightPlace(quad);
                position[quad] = count++;
            }
        }
        for (int l = 0; l < layers; l++) {
            toPositions(exciting[l], position);
            toPositions(inhibiting[l], position);
        }
        patch = new WordPatch(Arrays.copyOf(places, count), new int[count]);
    }

    /** Four times the quad plus the entry, for every weight of a layer, row-major (row, neuron). */
    private static int[] synapses(LayerPlacement layer, int line, boolean[] used) {
        int[] synapses = new int[layer.rows() * layer.size()];
        for (int row = 0, i = 0; row < layer.rows(); row++) {
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                int column = PublishedScheme.evenColumn(n) + layer.half()[row];
                int quad = SynapseQuad.index(
                        PublishedScheme.hemisphere(n),
                        2 * layer.rowPair()[row] + line,
                        SynapseQuadColumn.ofColumn(column));
                used[quad] = true;
                synapses[i++] = SynapseQuadColumn.ENTRIES * quad + SynapseQuadColumn.entryOfColumn(column);
            }
        }
        return synapses;
    }

    private static void toPositions(int[] synapses, int[] position) {
        for (int i = 0; i < synapses.length; i++) {
            synapses[i] = SynapseQuadColumn.ENTRIES * position[synapses[i] / SynapseQuadColumn.ENTRIES]
                    + synapses[i] % SynapseQuadColumn.ENTRIES;
        }
    }

    /**
     * Sets all weights.
     *
     * @param integers a layer: row-major (row, neuron), -63 to 63
     * @return the words; the same object in every call
     */
    public WordPatch set(short[][] integers) {
        for (int l = 0; l < integers.length; l++) {
            short[] weights = integers[l];
            for (int i = 0; i < weights.length; i++) {
                put(exciting[l][i], Math.max(weights[i], 0));
                put(inhibiting[l][i], Math.max(-weights[i], 0));
            }
        }
        return patch;
    }

    /**
     * The matrices that given words mean: the inverse of {@link #set}.
     *
     * @param words one a place of the patch, as read from the chip
     * @return a layer: row-major (row, neuron)
     */
    public short[][] read(int[] words) {
        short[][] integers = new short[exciting.length][];
        for (int l = 0; l < integers.length; l++) {
            integers[l] = new short[exciting[l].length];
            for (int i = 0; i < integers[l].length; i++) {
                integers[l][i] = (short) (weight(words, exciting[l][i]) - weight(words, inhibiting[l][i]));
            }
        }
        return integers;
    }

    private static int weight(int[] words, int synapse) {
        return SynapseWeightQuad.weight(
                words[synapse / SynapseQuadColumn.ENTRIES], synapse % SynapseQuadColumn.ENTRIES);
    }

    private void put(int synapse, int weight) {
        int shift = 24 - 8 * (synapse & 3);
        int[] words = patch.words();
        words[synapse >> 2] = words[synapse >> 2] & ~(0x3f << shift) | SynapseWeightQuad.permute(weight) << shift;
    }
}
