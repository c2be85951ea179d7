package firstspike.emulator.analog;

/**
 * The tables of the two lines of a circuit, interleaved for the hot loop: membrane decay, then decay and response of the
 * excitatory and of the inhibitory line, for each entry of the fine and then of the coarse part. Immutable.
 */
final class PairTable {
    static final int STRIDE = 5;
    static final int DECAY_A = 1;
    static final int RESPONSE_A = 2;
    static final int DECAY_B = 3;
    static final int RESPONSE_B = 4;
    /** Where the coarse part begins. */
    static final int COARSE = LineTable.PART * STRIDE;

    final LineTable excitatory;
    final LineTable inhibitory;
    final double[] values = new double[2 * LineTable.PART * STRIDE];

    PairTable(LineTable excitatory, LineTable inhibitory) {
        this.excitatory = excitatory;
        this.inhibitory = inhibitory;
        for (int i = 0; i < 2 * LineTable.PART; i++) {
            int at = i * STRIDE;
            values[at] = excitatory.membraneDecay[i];
            values[at + DECAY_A] = excitatory.lineDecay[i];
            values[at + RESPONSE_A] = excitatory.response[i];
            values[at + DECAY_B] = inhibitory.lineDecay[i];
            values[at + RESPONSE_B] = inhibitory.response[i];
        }
    }
}
