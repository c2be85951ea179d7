package firstspike.emulator.digital;

import firstspike.driver.register.AddressMap;
import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.clock.DelayRing;
import java.util.OptionalInt;

/**
 * Executes register writes and reads: stores the bits that exist and tells the parts of the chip what changed
 * (registers.md 4, 19). Nothing is told when a write changes no bit. Mutable; owned by one thread.
 */
final class RegisterAccess {
    private static final int[] BYTES = new int[16];
    private static final int FIELDS = 0x3F3F_3F3F;
    private static final int CALIBRATION = 0xC0C0_C0C0;
    static final int SWITCHES = 0x0303_0303;
    static final int[] DRIVER_BITS = {0xFFFF, 0xFFFF, 0xFF, 0};
    private static final int ROW_MODES = 0xF0;
    private static final int PADI_BITS = 0xFFFF_00FF;
    private static final int NODE_BITS = 0xBFFF_3FFF;
    private static final int HALF_WORD = 0xFFFF;
    private static final int[] BACKGROUND_BITS = {0xFFFF_0003, -1, 0x3FFF_FFFF};
    private static final int CODE_BITS = 0x3FF;
    private static final int REFERENCE_RESET = 1 << 15;
    private static final int READOUT = 0x80;
    private static final int FIRE = 0x04;
    private static final int CELLS_OF_QUADRANT = 130 * 24;

    static {
        for (int enables = 0; enables < BYTES.length; enables++) {
            for (int k = 0; k < 4; k++) {
                BYTES[enables] |= (enables >> k & 1) == 0 ? 0 : 0xFF << 8 * k;
            }
        }
    }

    private final ChipState chip;
    private final RegisterFile registers;
    private final OptionalInt stuck;

    RegisterAccess(ChipState chip, OptionalInt stuck) {
        this.chip = chip;
        registers = chip.registers;
        this.stuck = stuck;
    }

    /**
     * Writes a word with effect at a tick.
     *
     * @param enables bit k enables byte k
     */
    void write(long tick, int address, int value, int enables) {
        int place = RegisterSpace.locate(address);
        if (place == RegisterSpace.NOTHING || enables == 0 || stuck.isPresent() && stuck.getAsInt() == address) {
            return;
        }
        int bytes = BYTES[enables];
        int index = RegisterSpace.index(place);
        long h = 2 * tick;
        switch (RegisterSpace.kind(place)) {
            case RegisterSpace.SYNAPSE_WEIGHT:
                synapse(registers.weights, index, value, FIELDS & bytes);
                break;
            case RegisterSpace.SYNAPSE_LABEL:
                synapse(registers.labels, index, value, FIELDS & bytes);
                break;
            case RegisterSpace.SYNAPSE_TIME:
                synapse(registers.weights, index, value << 6, CALIBRATION & bytes);
                break;
            case RegisterSpace.SYNAPSE_AMPLITUDE:
                synapse(registers.labels, index, value << 6, CALIBRATION & bytes);
                break;
            case RegisterSpace.SYNAPSE_RAW_WEIGHT:
                synapse(registers.weights, index, value, bytes);
                break;
            case RegisterSpace.SYNAPSE_RAW_LABEL:
                synapse(registers.labels, index, value, bytes);
                break;
            case RegisterSpace.COLUMN_CURRENT:
                columnCurrent(index, value, SWITCHES & bytes, h);
                break;
            case RegisterSpace.DRIVER:
                driver(index, value, DRIVER_BITS[index & 3] & bytes, h);
                break;
            case RegisterSpace.NEURON:
                if (store(registers.neurons, index, value, 0xFF & bytes) != 0) {
                    registers.settingsChanged();
                    neuronChanged(index, h);
                }
                break;
            case RegisterSpace.BACKEND:
                if (store(registers.backends, index, value, 0xFF & bytes) != 0) {
                    registers.settingsChanged();
                    chip.backends.changed(index >> 2);
                    neurons().circuitChanged(index >> 2, h);
                }
                break;
            case RegisterSpace.COMMON_BACKEND:
                if (store(registers.commonBackend, index, value, exists(address) & bytes) != 0) {
                    registers.settingsChanged();
                    neurons().commonBackendChanged(index >> 1, h);
                }
                break;
            case RegisterSpace.CAPMEM:
                capMem(index, value, CODE_BITS & bytes, h);
                break;
            case RegisterSpace.CROSSBAR_NODE:
                if (store(registers.nodes, index, value, NODE_BITS & bytes) != 0) {
                    registers.settingsChanged();
                }
                chip.crossbar.configureNode(index, registers.nodes[index]);
                break;
            default:
                writeRare(tick, address, value, bytes);
        }
    }

    private void writeRare(long tick, int address, int value, int bytes) {
        int place = RegisterSpace.locate(address);
        int index = RegisterSpace.index(place);
        long h = 2 * tick;
        switch (RegisterSpace.kind(place)) {
            case RegisterSpace.PLAIN:
                store(registers.plain, index, value, exists(address) & bytes);
                IllegalCodes.check(address, registers.plain[index], chip.notes);
                if (index == RegisterSpace.PLAIN_PLL + PllSelfTest.CONTROL) {
                    registers.selfTest.written(tick, registers.plain, RegisterSpace.PLAIN_PLL);
                }
                if (index == RegisterSpace.PLAIN_STP || index == RegisterSpace.PLAIN_STP + 1) {
                    chip.plasticity.changedHalf(index - RegisterSpace.PLAIN_STP, h);
                }
                break;
            case RegisterSpace.CROSSBAR_OUTPUT:
                registers.outputConfig = merged(registers.outputConfig, value, HALF_WORD & bytes);
                chip.crossbar.configureOutputs(registers.outputConfig);
                registers.settingsChanged();
                break;
            case RegisterSpace.PADI_CONFIG:
                if (store(registers.padiConfig, index, value, PADI_BITS & bytes) != 0) {
                    registers.settingsChanged();
                }
                break;
            case RegisterSpace.PADI_EVENT:
                padiEvent(tick, index, value & bytes);
                break;
            case RegisterSpace.NEURON_RESET:
                reset(index, h);
                break;
            case RegisterSpace.NEURON_RESET_QUAD:
                for (int entry = 0; entry < 4; entry++) {
                    reset(256 * (index >> 6) + RegisterFile.column(index & 63, entry), h);
                }
                break;
            case RegisterSpace.CORRELATION_RESET:
                for (int entry = 0; entry < 4; entry++) {
                    neurons().correlation().reset(256 * (index >> 6) + RegisterFile.column(index & 63, entry));
                }
                break;
            case RegisterSpace.BLOCK_POST_PULSE:
                blockPostPulse(index, h);
                break;
            case RegisterSpace.COUNTER_RESET:
                chip.backends.counters().clear(index);
                break;
            case RegisterSpace.BACKGROUND:
                store(registers.background, index, value, BACKGROUND_BITS[index % 3] & bytes);
                if (index % 3 == 0) {
                    chip.sources.written(index / 3, h);
                }
                break;
            case RegisterSpace.REFERENCE:
                reference(index, value, exists(address) & bytes, h);
                break;
            case RegisterSpace.BIAS_SELECTION:
                int before = registers.biasSelection;
                registers.biasSelection = merged(before, value, HALF_WORD & bytes);
                if (registers.biasSelection != before) {
                    registers.settingsChanged();
                    neurons().referenceChanged(h);
                }
                break;
            case RegisterSpace.MADC_CONTROL:
                chip.converters.madc().control(value & bytes, Madc.CLOCKS * tick);
                break;
            case RegisterSpace.PPU_CONTROL:
                int control = registers.ppuControl[index];
                store(registers.ppuControl, index, value, exists(address) & bytes);
                chip.processors.control(index, control, registers.ppuControl[index], h);
                break;
            default:
            // Read-only registers and actions without effect here.
        }
    }

    /** Samples a word at a tick. */
    int read(long tick, int address) {
        int place = RegisterSpace.locate(address);
        if (place == RegisterSpace.NOTHING) {
            return 0;
        }
        int index = RegisterSpace.index(place);
        switch (RegisterSpace.kind(place)) {
            case RegisterSpace.PLAIN:
                return index == RegisterSpace.PLAIN_PLL + PllSelfTest.STATUS
                        ? registers.selfTest.status(
                                tick, registers.plain[RegisterSpace.PLAIN_PLL + PllSelfTest.CONTROL])
                        : registers.plain[index];
            case RegisterSpace.SYNAPSE_WEIGHT:
                return registers.weights[index] & FIELDS;
            case RegisterSpace.SYNAPSE_LABEL:
                return registers.labels[index] & FIELDS;
            case RegisterSpace.SYNAPSE_TIME:
                return (registers.weights[index] & CALIBRATION) >>> 6;
            case RegisterSpace.SYNAPSE_AMPLITUDE:
                return (registers.labels[index] & CALIBRATION) >>> 6;
            case RegisterSpace.SYNAPSE_RAW_WEIGHT:
                return registers.weights[index];
            case RegisterSpace.SYNAPSE_RAW_LABEL:
                return registers.labels[index];
            case RegisterSpace.COLUMN_CURRENT:
                return registers.columnCurrent[index];
            case RegisterSpace.DRIVER:
                return registers.drivers[index];
            case RegisterSpace.PADI_CONFIG:
                return registers.padiConfig[index];
            case RegisterSpace.NEURON:
                return registers.neurons[index];
            case RegisterSpace.BACKEND:
                return registers.backends[index];
            case RegisterSpace.COMMON_BACKEND:
                return registers.commonBackend[index];
            case RegisterSpace.COUNTER_READ:
                return chip.backends.counters().word(index);
            case RegisterSpace.CROSSBAR_NODE:
                return registers.nodes[index];
            case RegisterSpace.CROSSBAR_OUTPUT:
                return registers.outputConfig;
            case RegisterSpace.DROP_COUNTER:
                return chip.crossbar.dropCounter(index);
            case RegisterSpace.EVENT_COUNTER:
                return chip.crossbar.eventCounter(index);
            case RegisterSpace.BACKGROUND:
                return registers.background[index];
            case RegisterSpace.CAPMEM:
                return registers.capMem[index];
            case RegisterSpace.REFERENCE:
                return registers.reference[index];
            case RegisterSpace.BIAS_SELECTION:
                return registers.biasSelection;
            case RegisterSpace.PPU_CONTROL:
                return registers.ppuControl[index];
            case RegisterSpace.PPU_STATUS:
                return chip.processors.status(index);
            case RegisterSpace.CADC_TRIGGER:
                chip.converters.cadc().convert(index >> 7 & 1, index >> 8, 2 * tick);
                return samples(index);
            case RegisterSpace.CADC_BUFFERED:
                return samples(index);
            default:
                // Actions read 0.
                return 0;
        }
    }

    private int samples(int index) {
        return chip.converters.cadc().word(index >> 7 & 1, index >> 6 & 1, index & 63);
    }

    private NeuronArray neurons() {
        return chip.neurons;
    }

    private static int exists(int address) {
        return AddressMap.standard().storageMask(address);
    }

    private static int merged(int before, int value, int mask) {
        return before & ~mask | value & mask;
    }

    /** Stores the bits of the mask and returns those that changed. */
    private static int store(int[] words, int index, int value, int mask) {
        int before = words[index];
        int after = merged(before, value, mask);
        words[index] = after;
        return before ^ after;
    }

    private void synapse(int[] words, int index, int value, int mask) {
        if ((store(words, index, value, mask) & FIELDS) != 0) {
            chip.synapses.drop(index >> 7);
            if (words == registers.weights) {
                registers.weightsChanged();
            } else {
                registers.settingsChanged();
            }
        }
    }

    private void columnCurrent(int index, int value, int mask, long h) {
        int changed = store(registers.columnCurrent, index, value, mask);
        if (changed != 0) {
            registers.settingsChanged();
        }
        for (int entry = 0; changed != 0 && entry < 4; entry++) {
            if ((changed >>> 24 - 8 * entry & 0xFF) != 0) {
                neurons().circuitChanged(256 * (index >> 6) + RegisterFile.column(index & 63, entry), h);
            }
        }
    }

    private void driver(int index, int value, int mask, long h) {
        int changed = store(registers.drivers, index, value, mask);
        int word = index & 3;
        if (changed != 0) {
            registers.settingsChanged();
            chip.synapses.dropAnswers();
        }
        if (word == 0 && changed != 0) {
            chip.buses.driverChanged(index >> 2);
        } else if (word == 1 && (changed & ROW_MODES) != 0) {
            chip.synapses.drop(index >> 2);
        }
        if (word != 0 && changed != 0) {
            chip.plasticity.changed(index >> 2, h);
        }
    }

    private void neuronChanged(int index, long h) {
        int circuit = index >> 3;
        neurons().circuitChanged(circuit, h);
        chip.converters.linesChanged();
        if ((index & 7) == 5 && neurons().asksOverBorder(circuit)) {
            chip.notes.add(
                    "connection-over-border",
                    "circuit " + circuit + " asks for a connection to the next column, where the half ends; ignored");
        }
        if ((index & 7) == 1 && (registers.neurons[index] & READOUT) != 0) {
            // Neurons of one row and parity share a readout line (registers.md 6.1).
            int first = circuit & 0x101;
            for (int other = first; other < first + 256; other += 2) {
                if (other != circuit && (registers.neuronConfig(other, 1) & READOUT) != 0) {
                    chip.notes.add("readout-short", "circuits " + other + " and " + circuit + " share a readout line");
                    return;
                }
            }
        }
    }

    private void capMem(int index, int value, int mask, long h) {
        int before = registers.capMem[index];
        if (store(registers.capMem, index, value, mask) != 0) {
            capMemChanged(index, before, h);
        }
    }

    /** Tells the membranes that a cell holds another code. */
    void capMemChanged(int index, int before, long h) {
        int cell = index % CELLS_OF_QUADRANT;
        neurons()
                .capMemChanged(
                        index / CELLS_OF_QUADRANT,
                        cell / 24,
                        cell % 24,
                        before,
                        registers.capMem[index],
                        h,
                        chip.ordinal);
    }

    private void reference(int index, int value, int mask, long h) {
        int changed = store(registers.reference, index, value, mask);
        if (index == 0 && (changed & REFERENCE_RESET) != 0 && (registers.reference[0] & REFERENCE_RESET) == 0) {
            registers.referenceReset = true;
        }
        if (changed != 0) {
            neurons().referenceChanged(h);
        }
    }

    private void reset(int circuit, long h) {
        if ((registers.neuronConfig(circuit, 4) & FIRE) == 0) {
            chip.notes.silent(circuit);
        } else {
            neurons().forceFire(circuit, h);
        }
    }

    private void blockPostPulse(int block, long h) {
        for (int circuit = 128 * block; circuit < 512; circuit += (circuit & 127) == 127 ? 129 : 1) {
            if (chip.backends.takesBlockPulse(circuit)) {
                neurons().correlation().post(circuit, h);
            }
        }
    }

    private void padiEvent(long tick, int half, int word) {
        int label = (word >>> 22 & 31) << 6 | word >>> 16 & 63;
        DelayRing ring = chip.registerPulses;
        for (int k = 0; k < 4; k++) {
            if ((word >>> k & 1) != 0 && !chip.buses.listensToCrossbar(4 * half + k)) {
                ring.add(tick + chip.timing.padi(), DriverPulses.event(4 * half + k, label));
            }
        }
    }
}
