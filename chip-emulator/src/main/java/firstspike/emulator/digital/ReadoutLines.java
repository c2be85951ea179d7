package firstspike.emulator.digital;

import firstspike.emulator.analog.ReadoutAmplifiers;
import java.util.Arrays;

/**
 * The four readout lines (odd and even columns of each hemisphere) and the two source multiplexers between them and the
 * MADC (registers.md 6.1, 12.3). Signals other than neurons and debug lines of the CADC are not emulated and read 0 V. Mutable; owned by one thread.
 */
final class ReadoutLines {
    private static final int LINES = 4;
    private static final int READOUT = 0x80;
    private static final int SELECTION = RegisterSpace.PLAIN_READOUT + 12;
    private static final int FIRST_LINE_BIT = 9;
    private static final int FIRST_DEBUG_BIT = 5;
    /** Bits of the second selection word that switch the buffers of multiplexers 0 and 1 on. */
    private static final int[] BUFFER_BIT = {14, 13};

    private final RegisterFile registers;
    private final ReadoutAmplifiers amplifiers;
    private final DebugLine debugLine;
    /** Circuits on each line, ascending; line 2·hemisphere is odd, 2·hemisphere + 1 even, as the selection counts them. */
    private final int[][] circuits = new int[LINES][];

    private boolean stale = true;

    ReadoutLines(RegisterFile registers, ReadoutAmplifiers amplifiers, DebugLine debugLine) {
        this.registers = registers;
        this.amplifiers = amplifiers;
        this.debugLine = debugLine;
    }

    /** The connection of some neuron to its line may have changed. */
    void changed() {
        stale = true;
    }

    /**
     * Voltage behind a multiplexer at h + fraction: the mean of all neurons and debug lines of the CADC that are connected,
     * 0 without any.
     *
     * @param multiplexer 0 or 1
     */
    double volt(int multiplexer, long h, double fraction) {
        if ((registers.plain[SELECTION + 1] >>> BUFFER_BIT[multiplexer] & 1) == 0) {
            return 0;
        }
        if (stale) {
            list();
        }
        int selected = registers.plain[SELECTION + multiplexer] >>> FIRST_LINE_BIT;
        double sum = 0;
        int count = 0;
        int debug = registers.plain[SELECTION + multiplexer] >>> FIRST_DEBUG_BIT & 3;
        if (debug != 0) {
            amplifiers.reach(h);
        }
        for (int type = 0; type < 2; type++) {
            if ((debug >>> type & 1) != 0) {
                sum += debugLine.volt(type);
                count++;
            }
        }
        for (int line = 0; line < LINES; line++) {
            if ((selected >>> line & 1) != 0) {
                for (int circuit : circuits[line]) {
                    sum += amplifiers.volt(circuit, h, fraction);
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private void list() {
        int[] found = new int[128];
        for (int line = 0; line < LINES; line++) {
            int count = 0;
            int first = 256 * (line >> 1) + (line & 1 ^ 1);
            for (int circuit = first; circuit < first + 256; circuit += 2) {
                if ((registers.neuronConfig(circuit, 1) & READOUT) != 0) {
                    found[count++] = circuit;
                }
            }
            circuits[line] = Arrays.copyOf(found, count);
        }
        stale = false;
    }
}
