package firstspike.driver.coordinate;

/**
 * The 16-bit label of a spike, the same on the way to the chip and back. Its fields overlap, because each stage of
 * the
 * chip looks at other bits (registers.md 5.1):
 *
 * <pre>
 * 15 14 | 13 12 11 | 10  9  8 | 7  6 | 5  4  3  2  1  0
 * SPL1  |               neuron label (14)                  what the crossbar compares
 *       |          | row select (10:6)| synapse label (5:0)  spikes towards synapses
 *       |          | output   | back-end address (7:0)       spikes of on-chip neurons
 * </pre>
 *
 * A setter changes the bits of its field only.
 *
 * @param value the label, 0..65535
 */
public record SpikeLabel(int value) implements Comparable<SpikeLabel> {

    /** Different labels. */
    public static final int COUNT = 1 << 16;

    /** Event channels between FPGA and chip. */
    public static final int SPL1_ADDRESSES = 4;

    private static final int SPL1_SHIFT = 14;
    private static final int NEURON_LABEL_MASK = 0x3FFF;
    private static final int ROW_SELECT_SHIFT = 6;
    private static final int ROW_SELECT_MASK = 0x1F;
    private static final int SYNAPSE_LABEL_MASK = 0x3F;
    private static final int OUTPUT_SHIFT = 8;
    private static final int OUTPUT_MASK = 0x7;
    private static final int BACKEND_MASK = 0xFF;

    /** Checks the range: {@link IllegalArgumentException} outside 0..65535. */
    public SpikeLabel {
        Bounds.check("SpikeLabel", value, COUNT);
    }

    /** The label with this value; {@link IllegalArgumentException} outside 0..65535. */
    public static SpikeLabel of(int value) {
        return new SpikeLabel(value);
    }

    /**
     * Label of a spike that an on-chip neuron sends to the FPGA.
     *
     * @param output event output of the neuron
     * @param addressOut its back-end address, 0..255
     * @param l2Output output to the FPGA that it leaves by, 0..3
     */
    public static SpikeLabel ofNeuron(NeuronEventOutput output, int addressOut, int l2Output) {
        return new SpikeLabel(0)
                .withNeuronEventOutput(output.index())
                .withNeuronBackendAddress(addressOut)
                .withSpl1Address(l2Output);
    }

    /** Event channel, 0..3. */
    public int spl1Address() {
        return value >> SPL1_SHIFT;
    }

    /** What the crossbar compares, 0..16383. */
    public int neuronLabel() {
        return value & NEURON_LABEL_MASK;
    }

    /** What is compared with a driver's number on its PADI bus, 0..31. */
    public int rowSelectAddress() {
        return value >> ROW_SELECT_SHIFT & ROW_SELECT_MASK;
    }

    /** What is compared with the label stored in each synapse, 0..63. */
    public int synapseLabel() {
        return value & SYNAPSE_LABEL_MASK;
    }

    /** What a PADI bus carries, row select and synapse label, 0..2047 (playback.md 5.1: 11 bits, not 10). */
    public int padiLabel() {
        return value & (ROW_SELECT_MASK << ROW_SELECT_SHIFT | SYNAPSE_LABEL_MASK);
    }

    /** Event output of the on-chip neuron, 0..7. */
    public int neuronEventOutput() {
        return value >> OUTPUT_SHIFT & OUTPUT_MASK;
    }

    /** Back-end address of the on-chip neuron, 0..255. */
    public int neuronBackendAddress() {
        return value & BACKEND_MASK;
    }

    /** Crossbar input on which this label arrives from the FPGA. */
    public CrossbarInput crossbarInput() {
        return CrossbarInput.ofSpl1Address(spl1Address());
    }

    /** With another event channel, 0..3. */
    public SpikeLabel withSpl1Address(int spl1Address) {
        Bounds.check("SPL1 address", spl1Address, SPL1_ADDRESSES);
        return with(spl1Address, 0x3, SPL1_SHIFT);
    }

    /** With another neuron label, 0..16383. */
    public SpikeLabel withNeuronLabel(int neuronLabel) {
        return checkedWith("neuron label", neuronLabel, NEURON_LABEL_MASK, 0);
    }

    /** With another row select, 0..31. */
    public SpikeLabel withRowSelectAddress(int rowSelectAddress) {
        return checkedWith("row select address", rowSelectAddress, ROW_SELECT_MASK, ROW_SELECT_SHIFT);
    }

    /** With another synapse label, 0..63. */
    public SpikeLabel withSynapseLabel(int synapseLabel) {
        return checkedWith("synapse label", synapseLabel, SYNAPSE_LABEL_MASK, 0);
    }

    /** With another event output, 0..7. */
    public SpikeLabel withNeuronEventOutput(int neuronEventOutput) {
        return checkedWith("neuron event output", neuronEventOutput, OUTPUT_MASK, OUTPUT_SHIFT);
    }

    /** With another back-end address, 0..255. */
    public SpikeLabel withNeuronBackendAddress(int neuronBackendAddress) {
        return checkedWith("neuron back-end address", neuronBackendAddress, BACKEND_MASK, 0);
    }

    @Override
    public int compareTo(SpikeLabel other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return String.format("SpikeLabel(0x%04X)", value);
    }

    private SpikeLabel checkedWith(String field, int fieldValue, int mask, int shift) {
        Bounds.check(field, fieldValue, mask + 1);
        return with(fieldValue, mask, shift);
    }

    private SpikeLabel with(int fieldValue, int mask, int shift) {
        return new SpikeLabel(value & ~(mask << shift) | fieldValue << shift);
    }
}
