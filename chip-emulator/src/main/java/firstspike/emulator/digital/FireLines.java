package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The fire lines between back-ends (registers.md 6.2): a master drives the line of its circuit, slaves on it take its
 * fire and refractory state. {@code connect_fire_bottom} of either row joins the lines of a column, {@code
 * connect_fire_to_right} passes a line on to column + 1 of the same half. Mutable; owned by one thread.
 *
 * <p>Decisions: only a circuit's own fire goes on its line, not what it receives as a slave, so lines cannot ring; nothing
 * passes from column 127 to 128; {@code connect_fire_from_right} is stored without effect, being broken on the chip.
 */
final class FireLines {
    private static final int CIRCUITS = 512;
    private static final int ROW = 256;
    private static final int HALF_MASK = 127;
    private static final int SLAVE = 0x01;
    private static final int BOTTOM = 0x02;
    private static final int TO_RIGHT = 0x08;
    private static final int MASTER = 0x20;
    private static final int[] NONE = {};

    private final RegisterFile registers;
    private final int[][] slaves = new int[CIRCUITS][];
    private boolean stale = true;

    FireLines(RegisterFile registers) {
        this.registers = registers;
    }

    /** A word with connections was written. */
    void changed() {
        stale = true;
    }

    /** Circuits that fire with a circuit, ascending, without itself; the array must not be changed. */
    int[] slaves(int circuit) {
        if (stale) {
            for (int c = 0; c < CIRCUITS; c++) {
                slaves[c] = has(c, MASTER) ? reached(c) : NONE;
            }
            stale = false;
        }
        return slaves[circuit];
    }

    private boolean has(int circuit, int bit) {
        return (registers.backend(circuit, 3) & bit) != 0;
    }

    private int[] reached(int master) {
        boolean[] driven = new boolean[CIRCUITS];
        int[] open = new int[CIRCUITS];
        int count = 1;
        open[0] = master;
        driven[master] = true;
        for (int i = 0; i < count; i++) {
            int at = open[i];
            int other = at ^ ROW;
            if (!driven[other] && (has(at, BOTTOM) || has(other, BOTTOM))) {
                driven[other] = true;
                open[count++] = other;
            }
            if ((at & HALF_MASK) != HALF_MASK && has(at, TO_RIGHT) && !driven[at + 1]) {
                driven[at + 1] = true;
                open[count++] = at + 1;
            }
        }
        return Arrays.stream(open, 1, count).filter(c -> has(c, SLAVE)).sorted().toArray();
    }
}
