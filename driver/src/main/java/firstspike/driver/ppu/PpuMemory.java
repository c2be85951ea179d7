package firstspike.driver.ppu;

import firstspike.driver.coordinate.Hemisphere;

/** Memories of a plasticity processor (ppu.md 1.4, 4). */
public enum PpuMemory {
    /** The 16 KiB beside the processor. */
    SRAM(0x4000, 0x0280_0000),
    /** 128 KiB of the FPGA. */
    EXTERNAL(0x2_0000, 0x8000_0000),
    /** 256 MiB of the FPGA. */
    DRAM(0x1000_0000, 0x8400_0000);

    private static final int HEMISPHERE_SHIFT = 24;
    private static final int DRAM_BIT = 28;

    private final int bytes;
    private final int base;

    PpuMemory(int bytes, int base) {
        this.bytes = bytes;
        this.base = base;
    }

    /** The memory that an address of a processor means, for code or data. */
    public static PpuMemory of(int address) {
        if (address >>> 30 == 0) {
            return SRAM;
        }
        return (address >>> DRAM_BIT & 1) == 0 ? EXTERNAL : DRAM;
    }

    /** Byte within its memory that an address of a processor means. */
    static int offset(int address) {
        return address & 0x0FFF_FFFF;
    }

    /** Size in bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * Omnibus address of a word.
     *
     * @param ppu processor whose SRAM is meant
     * @param word from 0
     */
    public int busAddress(Hemisphere ppu, int word) {
        return base + word + (this == SRAM ? ppu.index() << HEMISPHERE_SHIFT : 0);
    }
}
