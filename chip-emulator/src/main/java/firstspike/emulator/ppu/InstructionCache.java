package firstspike.emulator.ppu;

import java.util.Arrays;

/** Tags of the cache between a processor and its external code: it exists for time only (ppu.md 4.1). Mutable. */
final class InstructionCache {
    private static final int LINES = 64;
    private static final int LINE_SHIFT = 6;
    private static final int EMPTY = -1;

    private final int[] tags = new int[LINES];

    InstructionCache() {
        clear();
    }

    void clear() {
        Arrays.fill(tags, EMPTY);
    }

    void copyFrom(InstructionCache other) {
        System.arraycopy(other.tags, 0, tags, 0, LINES);
    }

    /** Whether the line of an address is there; it is afterwards. */
    boolean hits(int address) {
        int line = address >>> LINE_SHIFT;
        boolean hit = tags[line & LINES - 1] == line;
        tags[line & LINES - 1] = line;
        return hit;
    }
}
