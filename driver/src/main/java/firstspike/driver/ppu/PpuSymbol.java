package firstspike.driver.ppu;

/**
 * A named piece of an image's memory.
 *
 * @param name as the compiler wrote it
 * @param address as the processor sees it
 * @param bytes its size, 1 or more
 */
public record PpuSymbol(String name, int address, int bytes) {

    /** Memory in which it lies. */
    public PpuMemory memory() {
        return PpuMemory.of(address);
    }

    /** Words that it touches. */
    public int words() {
        return (address & 3) + bytes + 3 >> 2;
    }
}
