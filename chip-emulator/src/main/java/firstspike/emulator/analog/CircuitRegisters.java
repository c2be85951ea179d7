package firstspike.emulator.analog;

/**
 * What the analog side reads of the register file: stored words, undecoded. A circuit is an atomic neuron,
 * 256·row + column, 0..511; the quadrant of a circuit is 2·row + column/128 (registers.md 3.2).
 */
public interface CircuitRegisters {
    /** Word 0..5 of NeuronConfig of a circuit (registers.md 6.1). */
    int neuronConfig(int circuit, int word);

    /** Word 0..3 of NeuronBackendConfig of a circuit, as stored, inverted fields included (registers.md 6.2). */
    int backend(int circuit, int word);

    /** Word 0..1 of CommonNeuronBackendConfig of block 0 (columns 0..127) or 1 (registers.md 6.3). */
    int commonBackend(int block, int word);

    /** Whether the column's synaptic current switch of this line is closed (ColumnCurrentQuad, registers.md 7.5). */
    boolean synapticCurrent(int circuit, boolean excitatory);

    /** Stored code 0..1023 of a CapMem cell: quadrant 0..3, column 0..129, row 0..23 (registers.md 10). */
    int capMem(int quadrant, int column, int row);

    /** Amplitude calibration 0..3 of a synapse's correlation sensors; synapse = 65536·hemisphere + 256·row + column. */
    int correlationAmplitude(int synapse);

    /** Time constant calibration 0..3 of a synapse's correlation sensors (registers.md 7.1). */
    int correlationTime(int synapse);

    /** Whether the reference generator was reset once since power-on (registers.md 10.6). */
    boolean referenceReady();

    /** Whether the internal DAC bias feeds the synapses of the quadrant (SynapseBiasSelection, registers.md 7.2). */
    boolean biasConnected(int quadrant);
}
