package firstspike.emulator.fpga;

/** A large memory of 32-bit words of which only touched pages exist; all words are 0 at first. Mutable; one owner thread. */
final class PagedMemory {

    private static final int PAGE_BITS = 12;
    private static final int PAGE_WORDS = 1 << PAGE_BITS;

    private final int count;
    /** Null until a word is written: few programs touch this memory. */
    private int[][] pages;

    /** @param words size, a multiple of 4096 */
    PagedMemory(int words) {
        count = words >> PAGE_BITS;
    }

    PagedMemory copy() {
        PagedMemory copy = new PagedMemory(count << PAGE_BITS);
        if (pages != null) {
            copy.pages = new int[count][];
            for (int i = 0; i < count; i++) {
                copy.pages[i] = pages[i] == null ? null : pages[i].clone();
            }
        }
        return copy;
    }

    int read(int index) {
        int[] page = pages == null ? null : pages[index >> PAGE_BITS];
        return page == null ? 0 : page[index & PAGE_WORDS - 1];
    }

    /** Changes the bits of a word that the mask names. */
    void write(int index, int value, int mask) {
        int at = index >> PAGE_BITS;
        if (pages == null) {
            pages = new int[count][];
        }
        if (pages[at] == null) {
            pages[at] = new int[PAGE_WORDS];
        }
        int word = pages[at][index & PAGE_WORDS - 1];
        pages[at][index & PAGE_WORDS - 1] = word & ~mask | value & mask;
    }
}
