package firstspike.emulator.ppu;

/**
 * The data addresses of scalar instructions and of whole vectors (ppu.md 4.2): own SRAM, chip bus, memories of the FPGA.
 * Counts what reaches nothing. Mutable.
 */
final class DataMemory {
    static final int SRAM_WORDS = 4096;
    private static final int SRAM_BYTES = 4 * SRAM_WORDS;
    private static final int LATENCY_SRAM = 5;
    private static final int LATENCY_CHIP = 19;
    private static final int LATENCY_FPGA = 201;
    private static final int FPGA = 0x8000_0000;
    private static final int EXTERNAL_WORDS = 0x8000;
    private static final int PAGE_WORDS = 0x0400_0000;
    private static final int DRAM = 0x8400_0000;
    private static final int ALL_BYTES = 15;

    private final int[] words;
    private final int base;
    private final ProcessorBus bus;
    private final Reports reports;

    /**
     * @param words that hold the SRAM
     * @param base index of its first word there
     */
    DataMemory(int[] words, int base, ProcessorBus bus, Reports reports) {
        this.words = words;
        this.base = base;
        this.bus = bus;
        this.reports = reports;
    }

    /** Whether others see an access at a data address, so that it has to wait for its time. */
    static boolean isShared(int address) {
        return address >>> 30 != 0;
    }

    static int latency(int address) {
        return address < 0 ? LATENCY_CHIP : isShared(address) ? LATENCY_FPGA : LATENCY_SRAM;
    }

    /** Word of the SRAM at a byte address, which wraps. */
    int sram(int address) {
        return words[base + (address >>> 2 & SRAM_WORDS - 1)];
    }

    /** Word that holds a data address. */
    int read(long cycle, int address, int pc) {
        if (!isShared(address)) {
            countWrapped(address);
            return sram(address);
        }
        int word = busWord(address);
        if (address < 0) {
            if (bus.isMapped(word, true)) {
                return bus.read(cycle, word);
            }
        } else if (bus.isMappedOnFpga(word, true)) {
            return bus.readFpga(cycle, word);
        }
        reports.unmapped(pc, address);
        return 0;
    }

    /** Writes bytes of the word that holds a data address; bit k of the enables concerns byte k, 0 the least significant. */
    void write(long cycle, int address, int value, int byteEnables, int pc) {
        if (!isShared(address)) {
            countWrapped(address);
            int at = base + (address >>> 2 & SRAM_WORDS - 1);
            int mask = byteEnables == ALL_BYTES ? -1 : mask(byteEnables);
            words[at] = words[at] & ~mask | value & mask;
            return;
        }
        int word = busWord(address);
        if (address < 0) {
            if (bus.isMapped(word, false)) {
                bus.write(cycle, word, value, byteEnables);
                return;
            }
        } else if (bus.isMappedOnFpga(word, false)) {
            bus.writeFpga(cycle, word, value, byteEnables);
            return;
        }
        reports.unmapped(pc, address);
    }

    private void countWrapped(int address) {
        if (address >= SRAM_BYTES) {
            reports.wrapped();
        }
    }

    /** Omnibus word of a shared data address; the external memory wraps. */
    private static int busWord(int address) {
        if (address < 0) {
            return address >>> 2 & PAGE_WORDS * 8 - 1;
        }
        int word = FPGA + (address >>> 2 & 4 * PAGE_WORDS - 1);
        return word < DRAM ? FPGA + (word & EXTERNAL_WORDS - 1) : word;
    }

    /** Word of the memories that instructions outside the SRAM come from (ppu.md 4.1). */
    int fetch(long cycle, int address) {
        int word = (address >>> 28 & 1) == 0
                ? FPGA + (address >>> 2 & EXTERNAL_WORDS - 1)
                : DRAM + (address >>> 2 & PAGE_WORDS - 1);
        return bus.readFpga(cycle, word);
    }

    /** Word of a block of lanes in a memory of the FPGA, or 0 where a block reaches beyond it. */
    int vectorWord(int address, int index) {
        long word = ((address & 0x7FFF_FFFFL) << 2) + index;
        boolean external = word < EXTERNAL_WORDS;
        boolean dram = word >= PAGE_WORDS && word < 2 * PAGE_WORDS;
        return external || dram ? FPGA + (int) word : 0;
    }

    private static int mask(int byteEnables) {
        int mask = 0;
        for (int k = 0; k < Integer.BYTES; k++) {
            mask |= (byteEnables >> k & 1) == 0 ? 0 : 0xFF << 8 * k;
        }
        return mask;
    }
}
