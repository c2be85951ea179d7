package firstspike.emulator.analog;

/**
 * A register file for tests and the benchmark: words as the chip stores them, set by named switches. All CapMem cells and
 * words start as they are after power-on; {@link #published} gives a pair of circuits the settings of inloop.md 13.5.
 */
public final class CircuitBench implements CircuitRegisters {
    /** Nominal resting potential, reset potential and threshold of {@link #published} in volt. */
    public static final double LEAK_V = 1.58e-3 * 466 - 0.36;

    public static final double RESET_V = 1.76e-3 * 498 - 0.50;
    public static final double THRESHOLD_V = 1.98e-3 * 279 + 0.12;
    private static final int FLASH = 512;

    public final int[][] config = new int[FLASH][6];
    public final int[][] backend = new int[FLASH][4];
    public final int[][] common = {{0xF005, 0x0470_0401}, {0xF005, 0x0470_0401}};
    public final boolean[][] current = new boolean[FLASH][2];
    public final int[][][] cells = new int[4][130][24];
    public boolean ready = true;
    public int amplitudeCalibration;
    public int timeCalibration;
    public final boolean[] connected = {true, true, true, true};

    @Override
    public int neuronConfig(int circuit, int word) {
        return config[circuit][word];
    }

    @Override
    public int backend(int circuit, int word) {
        return backend[circuit][word];
    }

    @Override
    public int commonBackend(int block, int word) {
        return common[block][word];
    }

    @Override
    public boolean synapticCurrent(int circuit, boolean excitatory) {
        return current[circuit][excitatory ? 0 : 1];
    }

    @Override
    public int capMem(int quadrant, int column, int row) {
        return cells[quadrant][column][row];
    }

    @Override
    public int correlationAmplitude(int synapse) {
        return amplitudeCalibration;
    }

    @Override
    public int correlationTime(int synapse) {
        return timeCalibration;
    }

    @Override
    public boolean referenceReady() {
        return ready;
    }

    @Override
    public boolean biasConnected(int quadrant) {
        return connected[quadrant];
    }

    /** Shared cells of all quadrants as calix sets them, DAC bias 1000. */
    public CircuitBench shared() {
        for (int[][] quadrant : cells) {
            quadrant[128][7] = 250;
            quadrant[128][8] = 1000;
            quadrant[128][18] = 110;
            quadrant[128][19] = 100;
            quadrant[128][20] = 200;
            quadrant[129][23] = 300;
        }
        return this;
    }

    public int cell(int circuit, int row) {
        return cells[circuit / 128][circuit % 128][row];
    }

    public CircuitBench cell(int circuit, int row, int code) {
        cells[circuit / 128][circuit % 128][row] = code;
        return this;
    }

    /** Sets or clears one bit of a NeuronConfig word. */
    public CircuitBench bit(int circuit, int word, int bit, boolean on) {
        config[circuit][word] = on ? config[circuit][word] | 1 << bit : config[circuit][word] & ~(1 << bit);
        return this;
    }

    public CircuitBench capacitor(int circuit, int size) {
        config[circuit][3] = config[circuit][3] & ~0xFC | size << 2;
        return this;
    }

    /** Refractory counter, hold-off code and clock (slow or fast) of a back-end, inverted where the chip inverts. */
    public CircuitBench refractory(int circuit, int counter, int holdoff, boolean fast) {
        int[] w = backend[circuit];
        w[0] = (holdoff & 3) << 6;
        w[1] = holdoff >> 2 << 6 | ~(counter >> 4) & 0xF;
        w[2] = (~counter & 0xF) << 2 | (fast ? 2 : 0);
        return this;
    }

    /** One circuit that can integrate and fire: C 63, tau 6 µs, gm 500, 80/80/150 CADC LSB, refractory 16 µs. */
    public CircuitBench single(int circuit) {
        capacitor(circuit, 63);
        bit(circuit, 0, 2, true);
        bit(circuit, 2, 6, true).bit(circuit, 2, 7, true);
        bit(circuit, 4, 2, true)
                .bit(circuit, 4, 3, true)
                .bit(circuit, 4, 4, true)
                .bit(circuit, 4, 5, true);
        current[circuit][0] = true;
        current[circuit][1] = true;
        cell(circuit, 0, 466).cell(circuit, 1, 498).cell(circuit, 2, 279);
        cell(circuit, 8, 153).cell(circuit, 9, 1012);
        cell(circuit, 10, 512).cell(circuit, 14, 512).cell(circuit, 12, 310).cell(circuit, 16, 310);
        cell(circuit, 13, 500).cell(circuit, 17, 500);
        common[circuit >> 7 & 1][0] = 0xF005 & ~0xF0 | 4 << 4;
        return refractory(circuit, 126, 15, false);
    }

    /** The published neuron of two circuits: even active, odd a member with C 0 and the weakest leak; gm 728. */
    public CircuitBench published(int even) {
        single(even);
        bit(even, 5, 3, true);
        cell(even, 8, 160).cell(even, 13, 728).cell(even, 17, 728);
        int odd = even + 1;
        bit(odd, 0, 4, true);
        bit(odd, 2, 6, true).bit(odd, 2, 7, true).bit(odd, 4, 4, true).bit(odd, 4, 5, true);
        current[odd][0] = true;
        current[odd][1] = true;
        cell(odd, 0, 466).cell(odd, 1, 498).cell(odd, 2, 279).cell(odd, 8, 0);
        cell(odd, 10, 512).cell(odd, 14, 512).cell(odd, 12, 310).cell(odd, 16, 310);
        cell(odd, 13, 728).cell(odd, 17, 728);
        return this;
    }
}
