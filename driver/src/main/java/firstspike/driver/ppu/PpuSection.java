package firstspike.driver.ppu;

/**
 * A section of a program as it is loaded.
 *
 * @param name as the linker wrote it
 * @param memory where it goes
 * @param offset first byte there
 * @param content its bytes; zeros where the file holds none
 */
public record PpuSection(String name, PpuMemory memory, int offset, byte[] content) {

    /** Bytes as words, the first byte most significant; what is not written of the first and last word is 0. */
    int[] words() {
        int lead = offset & 3;
        int[] words = new int[lead + content.length + 3 >> 2];
        for (int i = 0; i < content.length; i++) {
            words[lead + i >> 2] |= (content[i] & 0xFF) << 24 - 8 * (lead + i & 3);
        }
        return words;
    }

    /** Word of its memory in which it begins. */
    int firstWord() {
        return offset >>> 2;
    }
}
