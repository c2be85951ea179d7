package firstspike.emulator.digital;

import firstspike.emulator.analog.ConverterLaws;

/**
 * The two debug lines of the column converters, causal and acausal, and what drives them: the debug outputs of CapMem blocks,
 * over the multiplexer of a pad (registers.md 7.4, 10.5, 12.4). What the board connects to a pad is left out. Mutable; owned
 * by one thread.
 */
final class DebugLine {
    private static final int PADS = 2;
    private static final int BLOCKS = 4;
    private static final int PAD_CONFIG = RegisterSpace.PLAIN_READOUT + 14;
    /** Bits of word 0 of a pad: outputs of blocks 0 to 3 lie from bit 14 down. */
    private static final int FIRST_OUTPUT = 14;

    private static final int OUTPUTS_TO_PAD = 1 << 15 | 1 << 10;
    private static final int LINES_TO_PAD = 1 << 11;
    /** Bit of word 1 of a pad that joins the causal line; the acausal one is next. */
    private static final int CAUSAL_LINE = 7;

    private static final int ROW_BITS = 0xFF_FFFF;
    private static final int TOP_ROW = 23;

    private final RegisterFile registers;
    private final ConverterLaws cells;

    DebugLine(RegisterFile registers, ConverterLaws cells) {
        this.registers = registers;
        this.cells = cells;
    }

    /**
     * Voltage of a line: the mean of the cells that drive it, 0 without any.
     *
     * @param type 0 causal, 1 acausal
     */
    double volt(int type) {
        double sum = 0;
        int count = 0;
        for (int pad = 0; pad < PADS; pad++) {
            int outputs = registers.plain[PAD_CONFIG + 2 * pad];
            int lines = registers.plain[PAD_CONFIG + 2 * pad + 1];
            boolean joined = (lines & LINES_TO_PAD) != 0 && (lines >>> CAUSAL_LINE + type & 1) != 0;
            if (!joined || (outputs & OUTPUTS_TO_PAD) != OUTPUTS_TO_PAD) {
                continue;
            }
            for (int block = 0; block < BLOCKS; block++) {
                if ((outputs >>> FIRST_OUTPUT - block & 1) != 0) {
                    sum += output(block);
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Debug output of a block: its selected voltage cell; of several selected rows the highest bit decides. */
    private double output(int block) {
        int rows = registers.plain[RegisterSpace.capMemBlock(block)] & ROW_BITS;
        int column = registers.plain[RegisterSpace.capMemBlock(block) + 1];
        if (rows == 0) {
            return 0;
        }
        return cells.cellVolt(block, column, TOP_ROW - (31 - Integer.numberOfLeadingZeros(rows)));
    }
}
