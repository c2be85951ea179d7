package firstspike.emulator.digital;

/**
 * Decodes a chip Omnibus address into what stands there: a kind and an index, packed in an int, without a table
 * (registers.md 2.2). A program writes tens of thousands of synapse words, so this is short and branches on constants.
 *
 * <pre>
 * 31      20 19          0
 * | kind    | index       |     -1: nothing
 * </pre>
 */
final class RegisterSpace {
    static final int NOTHING = -1;

    /** Stored and read back without further meaning; index into the plain words. */
    static final int PLAIN = 0;
    /** Synapse views; index 16384·hemisphere + 64·row + quad column. */
    static final int SYNAPSE_WEIGHT = 1;

    static final int SYNAPSE_LABEL = 2;
    static final int SYNAPSE_TIME = 3;
    static final int SYNAPSE_AMPLITUDE = 4;
    static final int SYNAPSE_RAW_WEIGHT = 5;
    static final int SYNAPSE_RAW_LABEL = 6;
    /** Column current switches, word 0; index 64·hemisphere + quad column. */
    static final int COLUMN_CURRENT = 7;
    /** Index 4·(128·half + driver) + word. */
    static final int DRIVER = 8;
    /** Index half. */
    static final int PADI_EVENT = 9;

    static final int PADI_CONFIG = 10;
    /** Index 8·circuit + word. */
    static final int NEURON = 11;
    /** Index 4·circuit + word. */
    static final int BACKEND = 12;
    /** Index 2·block + word. */
    static final int COMMON_BACKEND = 13;
    /** Index circuit. */
    static final int NEURON_RESET = 14;
    /** Index 64·hemisphere + quad column. */
    static final int NEURON_RESET_QUAD = 15;

    static final int COUNTER_READ = 16;
    static final int COUNTER_RESET = 17;
    /** Index node, 0 to 75. */
    static final int CROSSBAR_NODE = 18;

    static final int CROSSBAR_OUTPUT = 19;
    /** Index crossbar input, 0 to 19. */
    static final int DROP_COUNTER = 20;
    /** Index crossbar output, 0 to 11. */
    static final int EVENT_COUNTER = 21;
    /** Index 3·source + word. */
    static final int BACKGROUND = 22;
    /** Index (130·quadrant + column)·24 + row. */
    static final int CAPMEM = 23;
    /** Index word 0 to 8. */
    static final int REFERENCE = 24;

    static final int BIAS_SELECTION = 25;
    /** Index 256·row + 128·hemisphere + 64·type + quad column; type 0 causal, 1 acausal. */
    static final int CADC_TRIGGER = 26;

    static final int CADC_BUFFERED = 27;
    static final int MADC_CONTROL = 28;
    /** Index processor. */
    static final int PPU_CONTROL = 29;

    static final int PPU_STATUS = 30;
    /** Index 16384·hemisphere + 64·row + quad column. */
    static final int CORRELATION_RESET = 31;
    /** Index block. */
    static final int BLOCK_POST_PULSE = 32;

    static final int KIND_SHIFT = 20;
    static final int INDEX_MASK = (1 << KIND_SHIFT) - 1;

    /** Plain words, by group. */
    static final int PLAIN_WORDS = 25_600;

    static final int PLAIN_CADC = 1024;
    static final int PLAIN_CADC_STRIDE = 0x2000;
    private static final int PLAIN_CADC_CONFIG = 0x1000;
    static final int PLAIN_PPU = PLAIN_CADC + 2 * PLAIN_CADC_STRIDE;

    private static final int PLAIN_PHY = 2;
    static final int PLAIN_PLL = 4;
    /** Words of MADC, current DAC, source selection and pads, by their offset. */
    static final int PLAIN_READOUT = 16;

    static final int PLAIN_STP = 48;
    private static final int PLAIN_DRIVER_TIMING = 52;
    private static final int PLAIN_CAPMEM_TIMING = 56;
    private static final int PLAIN_CAPMEM_BLOCK = 64;
    private static final int PLAIN_NEURON_TIMING = 128;
    private static final int PLAIN_BACKEND_TIMING = 136;
    private static final int PLAIN_SYNRAM = 144;
    private static final int PLAIN_CORRELATION = 152;
    static final int PLAIN_COLUMNS = 256;
    static final int PLAIN_COLUMN_DEBUG = 768;

    private static final int QUADS = 64 * 256;

    private RegisterSpace() {}

    static int kind(int place) {
        return place >> KIND_SHIFT;
    }

    static int index(int place) {
        return place & INDEX_MASK;
    }

    /** Place of an address, or {@link #NOTHING}. */
    static int locate(int address) {
        int page = address >>> 16;
        if (page >= 0x200) {
            return page < 0x400 ? array(page & 0xFF, page >>> 8 & 1, address & 0xFFFF) : NOTHING;
        }
        int side = address >>> 15 & 1;
        int offset = address & 0x7FFF;
        switch (page) {
            case 0x00:
                return plain(address < 2, address);
            case 0x04:
                return plain(side + offset == 0, PLAIN_PHY);
            case 0x08:
                return plain(side == 0 && offset < 8 && offset != 6, PLAIN_PLL + offset);
            case 0x0C:
                return side == 0 ? readout(offset) : NOTHING;
            case 0x10:
                return side + offset == 0 ? at(BIAS_SELECTION, 0) : NOTHING;
            case 0x11:
                return padi(side, offset);
            case 0x12:
                return backendAction(side, offset);
            case 0x13:
                return side == 0 ? crossbar(offset) : NOTHING;
            case 0x14:
            case 0x15:
                return capMem(2 * (page - 0x14) + side, offset);
            case 0x16:
            case 0x17:
                return neuron(2 * (page - 0x16) + side, offset);
            case 0x1A:
                return backend(side, offset);
            default:
                return NOTHING;
        }
    }

    private static int readout(int offset) {
        if (offset == 0) {
            return at(MADC_CONTROL, 0);
        }
        return offset >= 18 && offset < 27 ? at(REFERENCE, offset - 18) : plain(offset < 18, PLAIN_READOUT + offset);
    }

    private static int padi(int half, int offset) {
        if (offset >= 0x400 && offset < 0x600) {
            return (offset & 3) == 3 ? NOTHING : at(DRIVER, 512 * half + offset - 0x400);
        }
        switch (offset) {
            case 0:
                return at(PADI_EVENT, half);
            case 1:
                return at(PADI_CONFIG, half);
            case 2:
                return at(PLAIN, PLAIN_STP + half);
            case 0x602:
            case 0x603:
                return at(PLAIN, PLAIN_DRIVER_TIMING + 2 * half + (offset & 1));
            default:
                return NOTHING;
        }
    }

    private static int backendAction(int block, int offset) {
        int index = (offset & 0x3FF) >> 2;
        boolean aligned = (offset & 3) == 0;
        switch (offset >>> 10) {
            case 8:
                return aligned ? at(NEURON_RESET, circuit(block, index)) : NOTHING;
            case 9:
                return offset == 0x2400 ? at(BLOCK_POST_PULSE, block) : NOTHING;
            case 10:
                return aligned ? at(COUNTER_READ, circuit(block, index)) : NOTHING;
            case 11:
                return aligned ? at(COUNTER_RESET, circuit(block, index)) : NOTHING;
            default:
                return NOTHING;
        }
    }

    private static int crossbar(int offset) {
        if (offset == 0) {
            return at(CROSSBAR_OUTPUT, 0);
        }
        if (offset < 0x19) {
            return at(BACKGROUND, offset - 1);
        }
        if (offset < 0x65) {
            return at(CROSSBAR_NODE, offset - 0x19);
        }
        if (offset < 0x79) {
            return at(DROP_COUNTER, offset - 0x65);
        }
        return offset < 0x85 ? at(EVENT_COUNTER, offset - 0x79) : NOTHING;
    }

    private static int capMem(int quadrant, int offset) {
        int column = offset >>> 5;
        int row = offset & 31;
        if (column < 130) {
            return row < 24 ? at(CAPMEM, (130 * quadrant + column) * 24 + row) : NOTHING;
        }
        if (offset >>> 1 == 0x1400) {
            return at(PLAIN, PLAIN_CAPMEM_TIMING + 2 * quadrant + (offset & 1));
        }
        return plain(offset >= 0x4000 && offset < 0x400A, PLAIN_CAPMEM_BLOCK + 16 * quadrant + (offset & 15));
    }

    private static int neuron(int quadrant, int offset) {
        int word = (offset & 7) - 2;
        if (offset < 0x400) {
            int circuit = 256 * (quadrant >> 1) + 128 * (quadrant & 1) + (offset >>> 3);
            return word < 0 ? NOTHING : at(NEURON, 8 * circuit + word);
        }
        return plain(offset >>> 1 == 0x201, PLAIN_NEURON_TIMING + 2 * quadrant + (offset & 1));
    }

    private static int backend(int block, int offset) {
        if (offset >= 0x1000 && offset < 0x1400) {
            return at(BACKEND, 4 * circuit(block, offset - 0x1000 >> 2) + (offset & 3));
        }
        if (offset >>> 1 == 0xC00) {
            return at(COMMON_BACKEND, 2 * block + (offset & 1));
        }
        return plain(offset >>> 1 == 0xA01, PLAIN_BACKEND_TIMING + 2 * block + (offset & 1));
    }

    /** Everything of the two synapse arrays, converters and processors. */
    private static int array(int page, int half, int offset) {
        int quad = QUADS * half + offset;
        int column = offset - QUADS;
        boolean isColumn = column >= 0 && column < 64;
        switch (page) {
            case 0x00:
                return plain(offset < 3, PLAIN_SYNRAM + 4 * half + offset);
            case 0x20:
                return plain(offset < 4, PLAIN_CORRELATION + 4 * half + offset);
            case 0x40:
                return plain(isConverter(offset), PLAIN_CADC + PLAIN_CADC_STRIDE * half + offset);
            case 0x80:
                return plain(offset < 4096, PLAIN_PPU + 4096 * half + offset);
            case 0xA0:
                return offset < 2 ? at(offset == 0 ? PPU_CONTROL : PPU_STATUS, half) : NOTHING;
            case 0xC0:
                return column < 0 ? at(SYNAPSE_WEIGHT, quad) : plain(isColumn, columns(half, 2, column));
            case 0xC1:
                return column < 0
                        ? at(SYNAPSE_TIME, quad)
                        : isColumn ? at(COLUMN_CURRENT, 64 * half + column) : NOTHING;
            case 0xC2:
                return column < 0
                        ? at(SYNAPSE_AMPLITUDE, quad)
                        : plain(isColumn, PLAIN_COLUMN_DEBUG + 64 * half + column);
            case 0xC4:
                return column < 0 ? at(SYNAPSE_LABEL, quad) : plain(isColumn, columns(half, 3, column));
            case 0xC8:
            case 0xCC:
                return column < 0 ? at(CADC_TRIGGER, samples(page, half, offset)) : NOTHING;
            case 0xE8:
            case 0xEC:
                return column < 0 ? at(CADC_BUFFERED, samples(page, half, offset)) : NOTHING;
            case 0xC9:
                return column < 0
                        ? at(CORRELATION_RESET, quad)
                        : isColumn ? at(NEURON_RESET_QUAD, 64 * half + column) : NOTHING;
            case 0xCF:
                return raw(half, offset);
            default:
                return NOTHING;
        }
    }

    /** Channel offsets of both sides with their SRAM timing, and the converter's configuration. */
    private static boolean isConverter(int offset) {
        return (offset & ~0x8FF) == 0 || (offset & ~0x801) == 0x102 || offset == PLAIN_CADC_CONFIG;
    }

    private static int raw(int half, int offset) {
        if (offset < 2 * QUADS) {
            int quad = QUADS * half + 64 * (offset >>> 7) + (offset & 63);
            return at((offset & 64) == 0 ? SYNAPSE_RAW_WEIGHT : SYNAPSE_RAW_LABEL, quad);
        }
        int column = offset - 0x8080;
        return plain(column >= 0 && column < 128, columns(half, column >>> 6, column & 63));
    }

    private static int samples(int page, int half, int offset) {
        return (offset >>> 6) << 8 | 128 * half + 64 * (page >> 2 & 1) + (offset & 63);
    }

    /** Plain word of the converter's configuration of a hemisphere. */
    static int cadcConfig(int half) {
        return cadc(half) + PLAIN_CADC_CONFIG;
    }

    /** Plain word 0 of the configuration of a CapMem block, 0 to 3. */
    static int capMemBlock(int block) {
        return PLAIN_CAPMEM_BLOCK + 16 * block;
    }

    /** Plain word of the first channel offset of a hemisphere. */
    static int cadc(int half) {
        return PLAIN_CADC + PLAIN_CADC_STRIDE * half;
    }

    /** Plain word of a quad's column switches, word 0 to 3 of ColumnCorrelationQuad. */
    static int columns(int half, int word, int column) {
        return PLAIN_COLUMNS + 256 * half + 64 * word + column;
    }

    /** Circuit of a back-end index (registers.md 3.2). */
    private static int circuit(int block, int index) {
        return 256 * (index >> 7) + 128 * block + (index & 127);
    }

    private static int plain(boolean exists, int index) {
        return exists ? at(PLAIN, index) : NOTHING;
    }

    private static int at(int kind, int index) {
        return kind << KIND_SHIFT | index;
    }
}
