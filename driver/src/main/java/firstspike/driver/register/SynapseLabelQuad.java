package firstspike.driver.register;

import firstspike.driver.coordinate.SynapseQuad;

/**
 * Labels of the four synapses of one word (registers.md 7.1). The hot path of a session is {@link #word} with
 * {@link #address}.
 *
 * @param quad place of the word
 * @param entry0 label of entry 0, 0..63
 * @param entry1 label of entry 1, 0..63
 * @param entry2 label of entry 2, 0..63
 * @param entry3 label of entry 3, 0..63
 */
public record SynapseLabelQuad(SynapseQuad quad, int entry0, int entry1, int entry2, int entry3)
        implements RegisterView {

    private static final int BASE = 0x02C4_0000;
    private static final int HEMISPHERE_STRIDE = 0x0100_0000;
    private static final int ON_HEMISPHERE = SynapseQuad.ON_HEMISPHERE;

    /** Checks the ranges: {@link IllegalArgumentException} outside. */
    public SynapseLabelQuad {
        RegisterField.require(Container.SYNAPSE_LABEL_QUAD, "values[0]", entry0);
        RegisterField.require(Container.SYNAPSE_LABEL_QUAD, "values[1]", entry1);
        RegisterField.require(Container.SYNAPSE_LABEL_QUAD, "values[2]", entry2);
        RegisterField.require(Container.SYNAPSE_LABEL_QUAD, "values[3]", entry3);
    }

    /** The word of four labels, each 0..63 and not checked; for whole arrays. */
    public static int word(int entry0, int entry1, int entry2, int entry3) {
        return entry0 << 24 | entry1 << 16 | entry2 << 8 | entry3;
    }

    /** Label 0..63 of one entry 0..3 in a word. */
    public static int label(int word, int entry) {
        return word >>> 24 - 8 * entry & 0x3F;
    }

    /** Address of the quad with this number, 0..32767; for whole arrays, unchecked. */
    public static int address(int quad) {
        return BASE + HEMISPHERE_STRIDE * (quad / ON_HEMISPHERE) + quad % ON_HEMISPHERE;
    }

    @Override
    public ContainerValues values() {
        return Container.SYNAPSE_LABEL_QUAD
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
