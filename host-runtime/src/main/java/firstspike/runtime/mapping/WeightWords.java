package firstspike.runtime.mapping;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.WordPatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts integer weights into the words of the synapse arrays. Mutable for speed: the words of one executor, one owner
 * thread. A signed weight uses two synapses of one column: the even row of its pair excites, the odd one inhibits; never
 * both.
 */
public final class WeightWords {

    /** Largest integer weight of one synapse. */
    public static final int LARGEST = 63;

    private final int[][] exciting;
    private final int[][] inhibiting;
    private final int[][] copies;
    private final int[] sizes;
    private final WordPatch patch;

    WeightWords(Placement placement) {
        int layers = placement.layers().size();
        exciting = new int[layers][];
        inhibiting = new int[layers][];
        copies = new int[layers][];
        sizes = new int[layers];
        boolean[] used = new boolean[SynapseQuad.COUNT];
        for (int l = 0; l < layers; l++) {
            LayerPlacement layer = placement.layers().get(l);
            exciting[l] = synapses(placement, layer, 0, used);
            inhibiting[l] = synapses(placement, layer, 1, used);
            copies[l] = IntStream.range(0, layer.rows()).map(layer::copies).toArray();
            sizes[l] = layer.size();
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

    /** Four times the quad plus the entry, for every copy of a weight, in the order row, neuron, copy. */
    private static int[] synapses(Placement placement, LayerPlacement layer, int line, boolean[] used) {
        int[] synapses = new int[layer.places() * layer.size()];
        for (int row = 0, i = 0; row < layer.rows(); row++) {
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                for (int place = layer.firstPlace()[row]; place < layer.firstPlace()[row + 1]; place++) {
                    int column = placement.column(n, layer.circuit()[place]);
                    int quad = SynapseQuad.index(
                            placement.hemisphere(n),
                            2 * layer.rowPair()[place] + line,
                            SynapseQuadColumn.ofColumn(column));
                    used[quad] = true;
                    synapses[i++] = SynapseQuadColumn.ENTRIES * quad + SynapseQuadColumn.entryOfColumn(column);
                }
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
     * Sets all weights. The copies of a row share an integer as evenly as possible, larger parts first.
     *
     * @param integers a layer: row-major (row, neuron), magnitude at most 63 times the copies of its row
     * @return the words; the same object in every call
     */
    public WordPatch set(short[][] integers) {
        for (int l = 0; l < integers.length; l++) {
            short[] weights = integers[l];
            for (int row = 0, i = 0, synapse = 0; row < copies[l].length; row++) {
                int parts = copies[l][row];
                for (int n = 0; n < sizes[l]; n++, i++) {
                    int magnitude = Math.abs(weights[i]);
                    for (int part = 0; part < parts; part++, synapse++) {
                        int share = (magnitude + parts - 1 - part) / parts;
                        put(exciting[l][synapse], weights[i] > 0 ? share : 0);
                        put(inhibiting[l][synapse], weights[i] < 0 ? share : 0);
                    }
                }
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
            integers[l] = new short[copies[l].length * sizes[l]];
            for (int row = 0, i = 0, synapse = 0; row < copies[l].length; row++) {
                for (int n = 0; n < sizes[l]; n++, i++) {
                    int sum = 0;
                    for (int part = 0; part < copies[l][row]; part++, synapse++) {
                        sum += weight(words, exciting[l][synapse]) - weight(words, inhibiting[l][synapse]);
                    }
                    integers[l][i] = (short) sum;
                }
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
