package firstspike.emulator.ppu;

import firstspike.driver.register.SynapseWeightQuad;
import java.util.Arrays;

/** The vector unit: executes its instructions on its state, the array of its hemisphere and memories (ppu.md 3, 4.3). */
final class VectorUnit {
    private static final int WORDS = VectorState.LANES / 4;
    private static final int ARRAY = 0x02C0_0000;
    private static final int HEMISPHERE_SHIFT = 24;
    private static final int BUFFERED = 0x0020_0000;
    private static final int COLUMN_SWITCHES = 512;
    private static final int INDEX_END = 514;
    private static final int RAW_INDEX_END = 1024;
    private static final int ALL_BYTES = 15;
    private static final int WEIGHTS = 0;
    private static final int CAUSAL = 8;
    private static final int RESETS = 9;
    private static final int ACAUSAL = 0xC;
    private static final int RANDOM = 0xE;
    private static final int RAW = 0xF;

    final VectorState state = new VectorState();
    final VectorTiming timing = new VectorTiming();
    final RandomGenerators random = new RandomGenerators();

    private final VectorArithmetic arithmetic = new VectorArithmetic(state);
    private final VectorPermutation permutation = new VectorPermutation(state);
    private final DataMemory memory;
    private final ProcessorBus bus;
    private final Reports reports;
    private final int array;

    /** @param index of the processor: 0 top, 1 bottom */
    VectorUnit(int index, DataMemory memory, ProcessorBus bus, Reports reports) {
        this.memory = memory;
        this.bus = bus;
        this.reports = reports;
        array = ARRAY + (index << HEMISPHERE_SHIFT);
    }

    void reset() {
        state.reset();
        timing.reset();
    }

    /** Whether an instruction lets the converter sample, which it does when it starts. */
    static boolean converts(Instruction i, int address) {
        int area = area(address);
        return i.vector.kind() == VectorOpcode.Kind.INPUT
                && address >= 0
                && (area == CAUSAL || area == ACAUSAL)
                && (address & BUFFERED) == 0
                && index(address) < COLUMN_SWITCHES;
    }

    /** Whether others see an access at an address. */
    static boolean isShared(Instruction i, int address) {
        return switch (i.vector.kind()) {
            case LOAD, STORE -> DataMemory.isShared(address);
            case INPUT, OUTPUT -> true;
            default -> false;
        };
    }

    /**
     * Executes an instruction.
     *
     * @param address of an access
     * @param scalar general register of a splat
     * @param cycle at which it acts
     * @param start as the timing says
     */
    void execute(Instruction i, int address, int scalar, long cycle, long start, int pc) {
        VectorOpcode.Kind kind = i.vector.kind();
        boolean external = (kind == VectorOpcode.Kind.INPUT || kind == VectorOpcode.Kind.OUTPUT) && address < 0;
        int conversion = converts(i, address) ? bus.conversionCycles() : 0;
        timing.take(i, start, external, conversion);
        switch (kind) {
            case LOAD -> load(state.register[i.rt], address & ~3, cycle, pc);
            case STORE -> store(state.register[i.rt], address & ~3, cycle, pc);
            case INPUT -> {
                if (external) {
                    inputExternal(state.register[i.rt], address, cycle, pc);
                } else {
                    input(state.register[i.rt], address, cycle, pc);
                }
                disable(state.register[i.rt], i.condition());
            }
            case OUTPUT -> {
                if (external) {
                    outputExternal(i, address, cycle, pc);
                } else {
                    output(i, address, cycle, pc);
                }
            }
            default -> {
                if (kind.isArithmetic()) {
                    arithmetic.execute(i);
                } else {
                    permutation.execute(i, scalar);
                }
            }
        }
    }

    private void load(byte[] lanes, int address, long cycle, int pc) {
        for (int word = 0; word < WORDS; word++) {
            VectorState.word(lanes, word, memory.read(cycle, address + 4 * word, pc));
        }
    }

    private void store(byte[] lanes, int address, long cycle, int pc) {
        for (int word = 0; word < WORDS; word++) {
            memory.write(cycle, address + 4 * word, VectorState.word(lanes, word), ALL_BYTES, pc);
        }
    }

    private void disable(byte[] lanes, int condition) {
        for (int lane = 0; condition != 0 && lane < VectorState.LANES; lane++) {
            if (!state.enables(condition, lane)) {
                lanes[lane] = 0;
            }
        }
    }

    private int enables(int condition, int word) {
        int enables = 0;
        for (int entry = 0; entry < 4; entry++) {
            enables |= state.enables(condition, 4 * word + entry) ? 8 >> entry : 0;
        }
        return enables;
    }

    /** Blocks in memories of the FPGA hold their words in reversed order. */
    private void inputExternal(byte[] lanes, int address, long cycle, int pc) {
        for (int word = 0; word < WORDS; word++) {
            int at = memory.vectorWord(address, WORDS - 1 - word);
            VectorState.word(lanes, word, at == 0 ? 0 : bus.readFpga(cycle, at));
            if (at == 0) {
                reports.unmapped(pc, address);
            }
        }
    }

    private void outputExternal(Instruction i, int address, long cycle, int pc) {
        for (int word = 0; word < WORDS; word++) {
            int at = memory.vectorWord(address, WORDS - 1 - word);
            if (at == 0) {
                reports.unmapped(pc, address);
            } else {
                int value = VectorState.word(state.register[i.rt], word);
                bus.writeFpga(cycle, at, value, enables(i.condition(), word));
            }
        }
    }

    private void input(byte[] lanes, int address, long cycle, int pc) {
        int area = area(address);
        int index = index(address);
        if (area == RANDOM && index < 2) {
            for (int lane = 0; lane < VectorState.LANES; lane++) {
                lanes[lane] = (byte) random.draw(2 * lane + index);
            }
            return;
        }
        if (!exists(area, index)) {
            reports.unmapped(pc, address);
            Arrays.fill(lanes, (byte) 0);
            return;
        }
        int first = array + (area << 16) + 32 * index;
        boolean samples = area == CAUSAL || area == ACAUSAL;
        for (int word = 0; word < WORDS; word++) {
            int at = first + word + (samples && (word > 0 || (address & BUFFERED) != 0) ? BUFFERED : 0);
            int value = bus.isMapped(at, true) ? bus.read(cycle, at) : 0;
            VectorState.word(lanes, word, area == WEIGHTS && index < COLUMN_SWITCHES ? permuted(value) : value);
        }
    }

    private void output(Instruction i, int address, long cycle, int pc) {
        byte[] lanes = state.register[i.rt];
        int area = area(address);
        int index = index(address);
        if (area == RANDOM && index < 2) {
            for (int lane = 0; lane < VectorState.LANES; lane++) {
                if (state.enables(i.condition(), lane)) {
                    random.seed(2 * lane + index, lanes[lane]);
                }
            }
        } else if (area == CAUSAL || area == RESETS) {
            reset(i, area, index, cycle);
        } else if (exists(area, index) && area != ACAUSAL) {
            int first = array + (area << 16) + 32 * index;
            for (int word = 0; word < WORDS; word++) {
                int enables = enables(i.condition(), word);
                if (enables != 0) {
                    int value = VectorState.word(lanes, word);
                    boolean weights = area == WEIGHTS && index < COLUMN_SWITCHES;
                    bus.write(cycle, first + word, weights ? permuted(value) : value, enables);
                }
            }
        } else {
            reports.unmapped(pc, address);
        }
    }

    /** Area 8 resets the sensors that a lane names, area 9 both, or in row 256 the neuron. */
    private void reset(Instruction i, int area, int index, long cycle) {
        int row = index >> 1;
        int half = index & 1;
        if (area == RESETS) {
            for (int lane = 0; lane < VectorState.LANES && index < INDEX_END; lane++) {
                if (!state.enables(i.condition(), lane)) {
                    continue;
                }
                if (index < COLUMN_SWITCHES) {
                    bus.resetSensor(cycle, row, 2 * lane + half, ProcessorBus.Sensor.BOTH);
                } else {
                    bus.resetNeuron(cycle, 2 * lane + half);
                }
            }
            return;
        }
        byte[] lanes = state.register[i.rt];
        for (int type = 0; type < 2 && index < COLUMN_SWITCHES; type++) {
            for (int lane = 0; lane < VectorState.LANES; lane++) {
                if (state.enables(i.condition(), lane) && (lanes[lane] >> type & 1) != 0) {
                    bus.resetSensor(
                            cycle,
                            row,
                            2 * lane + half,
                            type == 0 ? ProcessorBus.Sensor.CAUSAL : ProcessorBus.Sensor.ACAUSAL);
                }
            }
        }
    }

    private static boolean exists(int area, int index) {
        return switch (area) {
            case WEIGHTS, 1, 2, 4, CAUSAL, ACAUSAL -> index < INDEX_END;
            case RAW -> index < RAW_INDEX_END;
            default -> false;
        };
    }

    /** Weights of a word in the order of the array's bits, and back: the permutation is its own inverse. */
    private static int permuted(int word) {
        int permuted = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            permuted |= SynapseWeightQuad.permute(word >>> shift & 0x3F) << shift;
        }
        return permuted;
    }

    private static int area(int address) {
        return address >>> 16 & 15;
    }

    private static int index(int address) {
        return address & 0xFFFF;
    }
}
