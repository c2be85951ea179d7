package firstspike.emulator.analog;

/**
 * The stored words of the 512 circuits as the membranes last saw them, decoded bit by bit (registers.md 6.1 to 6.3, 7.5).
 * Mutable; owned by one thread.
 */
final class CircuitWords {
    static final int STRUCTURE_WORD = 5;
    private static final int READOUT_WORD = 1;
    /** Amplifier on, and its source. */
    private static final int READOUT_BITS = 0x70;

    private static final int CONFIG_WORDS = 6;
    private static final int BACKEND_WORDS = 4;
    private static final int BLOCKS = 2;

    private final int[] config = new int[FixedPattern.CIRCUITS * CONFIG_WORDS];
    private final int[] backend = new int[FixedPattern.CIRCUITS * BACKEND_WORDS];
    private final int[] common = new int[BLOCKS];
    private final byte[] current = new byte[FixedPattern.CIRCUITS];

    CircuitWords copy() {
        CircuitWords other = new CircuitWords();
        System.arraycopy(config, 0, other.config, 0, config.length);
        System.arraycopy(backend, 0, other.backend, 0, backend.length);
        System.arraycopy(common, 0, other.common, 0, common.length);
        System.arraycopy(current, 0, other.current, 0, current.length);
        return other;
    }

    /**
     * Whether the register file holds other words for this circuit than were last read, in what its membrane depends on. What
     * its readout amplifier shows is taken over at once: recording moves no membrane.
     */
    boolean differs(CircuitRegisters registers, int circuit) {
        int readout = circuit * CONFIG_WORDS + READOUT_WORD;
        config[readout] =
                config[readout] & ~READOUT_BITS | registers.neuronConfig(circuit, READOUT_WORD) & READOUT_BITS;
        for (int word = 0; word < CONFIG_WORDS; word++) {
            if (config[circuit * CONFIG_WORDS + word] != registers.neuronConfig(circuit, word)) {
                return true;
            }
        }
        for (int word = 0; word < BACKEND_WORDS; word++) {
            if (backend[circuit * BACKEND_WORDS + word] != registers.backend(circuit, word)) {
                return true;
            }
        }
        return current[circuit] != currentBits(registers, circuit);
    }

    /** Reads the words of one circuit; tells whether its connections to others changed. */
    boolean read(CircuitRegisters registers, int circuit) {
        int connections = config[circuit * CONFIG_WORDS + STRUCTURE_WORD];
        for (int word = 0; word < CONFIG_WORDS; word++) {
            config[circuit * CONFIG_WORDS + word] = registers.neuronConfig(circuit, word);
        }
        for (int word = 0; word < BACKEND_WORDS; word++) {
            backend[circuit * BACKEND_WORDS + word] = registers.backend(circuit, word);
        }
        current[circuit] = currentBits(registers, circuit);
        return connections != config[circuit * CONFIG_WORDS + STRUCTURE_WORD];
    }

    /** Reads the common back-end word of a block; tells whether it changed. */
    boolean readCommon(CircuitRegisters registers, int block) {
        int before = common[block];
        common[block] = registers.commonBackend(block, 0);
        return before != common[block];
    }

    private static byte currentBits(CircuitRegisters registers, int circuit) {
        return (byte) ((registers.synapticCurrent(circuit, true) ? 1 : 0)
                | (registers.synapticCurrent(circuit, false) ? 2 : 0));
    }

    private boolean bit(int circuit, int word, int bit) {
        return (config[circuit * CONFIG_WORDS + word] >> bit & 1) != 0;
    }

    private int backendWord(int circuit, int word) {
        return backend[circuit * BACKEND_WORDS + word];
    }

    boolean resetDegeneration(int circuit) {
        return bit(circuit, 0, 0);
    }

    boolean resetDivision(int circuit) {
        return bit(circuit, 0, 1);
    }

    boolean resetMultiplication(int circuit) {
        return bit(circuit, 0, 2);
    }

    boolean leakDegeneration(int circuit) {
        return bit(circuit, 0, 3);
    }

    boolean leakDivision(int circuit) {
        return bit(circuit, 0, 4);
    }

    boolean leakMultiplication(int circuit) {
        return bit(circuit, 0, 5);
    }

    /** Line of a circuit: 0 excitatory, 1 inhibitory. */
    boolean cobaMode(int circuit, int line) {
        return bit(circuit, 1, 2 - line);
    }

    boolean readoutAmplifier(int circuit) {
        return bit(circuit, 1, 4);
    }

    /** What the readout amplifier sees: 0 membrane, 1 excitatory, 2 inhibitory line, 3 adaptation. */
    int readoutSource(int circuit) {
        return config[circuit * CONFIG_WORDS + 1] >> 5 & 3;
    }

    boolean invertAdaptationB(int circuit) {
        return bit(circuit, 2, 0);
    }

    boolean invertAdaptationA(int circuit) {
        return bit(circuit, 2, 1);
    }

    boolean adaptation(int circuit) {
        return bit(circuit, 2, 2);
    }

    boolean exponential(int circuit) {
        return bit(circuit, 2, 3);
    }

    /** Whether any switch of a term beyond the linear membrane is on. */
    boolean nonlinear(int circuit) {
        return adaptation(circuit) || exponential(circuit) || cobaMode(circuit, 0) || cobaMode(circuit, 1);
    }

    boolean smallCapacitance(int circuit, int line) {
        return bit(circuit, 2, 5 - line);
    }

    boolean highResistance(int circuit, int line) {
        return bit(circuit, 2, 7 - line);
    }

    boolean membraneOffset(int circuit) {
        return bit(circuit, 3, 0);
    }

    int capacitorSize(int circuit) {
        return config[circuit * CONFIG_WORDS + 3] >> 2 & 0x3F;
    }

    boolean invertMembraneOffset(int circuit) {
        return bit(circuit, 4, 0);
    }

    boolean fire(int circuit) {
        return bit(circuit, 4, 2);
    }

    boolean comparator(int circuit) {
        return bit(circuit, 4, 3);
    }

    boolean synapticInput(int circuit, int line) {
        return bit(circuit, 4, 5 - line);
    }

    boolean bypass(int circuit, int line) {
        return bit(circuit, 4, 7 - line);
    }

    boolean connectSomaRight(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 0);
    }

    boolean connectBottom(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 1);
    }

    boolean multicompConductance(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 2);
    }

    /** Whether the bias of the conductance to the somatic line is taken four times. */
    boolean multicompMultiplication(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 5);
    }

    boolean multicompDivision(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 6);
    }

    boolean connectMembraneRight(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 3);
    }

    boolean connectSoma(int circuit) {
        return bit(circuit, STRUCTURE_WORD, 4);
    }

    /** Whether the switch between the column's synaptic line and the circuit is closed. */
    boolean synapticCurrent(int circuit, int line) {
        return (current[circuit] >> line & 1) != 0;
    }

    /** Refractory counter 0..255; stored inverted. */
    int refractoryTime(int circuit) {
        int low = ~backendWord(circuit, 2) >> 2 & 0xF;
        int high = ~backendWord(circuit, 1) & 0xF;
        return high << 4 | low;
    }

    int resetHoldoff(int circuit) {
        return (backendWord(circuit, 1) >> 6 & 3) << 2 | backendWord(circuit, 0) >> 6 & 3;
    }

    /** Whether each spike of the circuit sends a pulse to its adaptation. */
    boolean adaptationPulse(int circuit) {
        return (backendWord(circuit, 2) >> 6 & 1) != 0;
    }

    /** Half-ticks of an adaptation pulse: one cycle of its clock, 250 MHz divided by 2^(scale + 1). */
    long adaptationPulseHalfTicks(int circuit) {
        return 2L << (common[block(circuit)] >> 16 & 0xF);
    }

    /** Half-ticks of one cycle of the refractory clock: 250 MHz divided by 2^(scale + 1). */
    long refractoryClock(int circuit) {
        boolean fast = (backendWord(circuit, 2) >> 1 & 1) != 0;
        int scale = common[block(circuit)] >> (fast ? 8 : 4) & 0xF;
        return 2L << scale;
    }

    /** Whether the back-ends of this circuit's block are held in reset. */
    boolean forcedReset(int circuit) {
        return (common[block(circuit)] >> 1 & 1) != 0;
    }

    static int block(int circuit) {
        return circuit >> 7 & 1;
    }

    static int quadrant(int circuit) {
        return circuit >> 7;
    }
}
