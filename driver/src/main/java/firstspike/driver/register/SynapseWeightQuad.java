package firstspike.driver.register;

import firstspike.driver.coordinate.SynapseQuad;

/**
 * Weights of the four synapses of one word (registers.md 7.1). The hot path of a session is {@link #word} with
 * {@link #address}.
 *
 * @param quad place of the word
 * @param entry0 weight of entry 0, 0..63
 * @param entry1 weight of entry 1, 0..63
 * @param entry2 weight of entry 2, 0..63
 * @param entry3 weight of entry 3, 0..63
 */
public record SynapseWeightQuad(SynapseQuad quad, int entry0, int entry1, int entry2, int entry3)
        implements RegisterView {

    private static final int BASE = 0x02C0_0000;
    private static final int HEMISPHERE_STRIDE = 0x0100_0000;
    private static final int ON_HEMISPHERE = SynapseQuad.ON_HEMISPHERE;

    /** The chip stores the low five weight bits in reverse order. */
    private static final byte[] STORED = new byte[64];

    static {
        for (int weight = 0; weight < STORED.length; weight++) {
            STORED[weight] = (byte) (weight & 0x20 | Integer.reverse(weight) >>> 27);
        }
    }

    /** Checks the ranges: {@link IllegalArgumentException} outside. */
    public SynapseWeightQuad {
        RegisterField.require(Container.SYNAPSE_WEIGHT_QUAD, "values[0]", entry0);
        RegisterField.require(Container.SYNAPSE_WEIGHT_QUAD, "values[1]", entry1);
        RegisterField.require(Container.SYNAPSE_WEIGHT_QUAD, "values[2]", entry2);
        RegisterField.require(Container.SYNAPSE_WEIGHT_QUAD, "values[3]", entry3);
    }

    /** Weight 0..63 as the chip stores it, and back: the permutation is its own inverse. */
    public static int permute(int weight) {
        return STORED[weight];
    }

    /**
     * The word of four weights, each 0..63; for whole arrays.
     *
     * @throws ArrayIndexOutOfBoundsException if a weight is outside
     */
    public static int word(int entry0, int entry1, int entry2, int entry3) {
        return STORED[entry0] << 24 | STORED[entry1] << 16 | STORED[entry2] << 8 | STORED[entry3];
    }

    /** Weight 0..63 of one entry 0..3 in a word. */
    public static int weight(int word, int entry) {
        return STORED[word >>> 24 - 8 * entry & 0x3F];
    }

    /** Address of the quad with this number, 0..32767; for whole arrays, unchecked. */
    public static int address(int quad) {
        return BASE + HEMISPHERE_STRIDE * (quad / ON_HEMISPHERE) + quad % ON_HEMISPHERE;
    }

    @Override
    public ContainerValues values() {
        return Container.SYNAPSE_WEIGHT_QUAD
                .layout()
                .defaults()
                .with("values[0]", entry0)
                .with("values[1]", entry1)
                .with("values[2]", entry2)
                .with("values[3]", entry3);
    }

    @Override
    public int coordinateIndex() {
        return quad.index();
    }
}
