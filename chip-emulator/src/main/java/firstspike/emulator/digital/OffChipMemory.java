package firstspike.emulator.digital;

/** Memories and registers of the FPGA as the chip's processors reach them (ppu.md 4.2). Owned by the thread of the chip. */
public interface OffChipMemory {

    /** Whether something is at a word address, bit 31 set: to read, or to write. */
    boolean isMapped(int address, boolean read);

    /** A mapped word at a tick. */
    int readWord(long tick, int address);

    /** Writes bytes of a mapped word; bit k of the enables concerns byte k. */
    void writeWord(int address, int word, int byteEnables);
}
