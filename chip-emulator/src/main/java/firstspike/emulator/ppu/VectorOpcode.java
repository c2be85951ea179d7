package firstspike.emulator.ppu;

import static firstspike.emulator.ppu.VectorOpcode.Kind.*;

import java.util.Locale;

/** Instructions of the vector unit by extended opcode (ppu.md 3.3, 3.4). */
enum VectorOpcode {
    FXVMAHM(12, MULTIPLY_ADD, 16),
    FXVMABM(13, MULTIPLY_ADD, 8),
    FXVMAHFS(28, MULTIPLY_ADD_FRACTION, 16),
    FXVMABFS(29, MULTIPLY_ADD_FRACTION, 8),
    FXVMATACHM(44, MULTIPLY_ADD_TO_ACCUMULATOR, 16),
    FXVMATACBM(45, MULTIPLY_ADD_TO_ACCUMULATOR, 8),
    FXVMATACHFS(60, MULTIPLY_ADD_FRACTION_TO_ACCUMULATOR, 16),
    FXVMATACBFS(61, MULTIPLY_ADD_FRACTION_TO_ACCUMULATOR, 8),
    FXVMULHM(76, MULTIPLY, 16),
    FXVMULBM(77, MULTIPLY, 8),
    FXVMULHFS(92, MULTIPLY_FRACTION, 16),
    FXVMULBFS(93, MULTIPLY_FRACTION, 8),
    FXVMULTACHM(108, MULTIPLY_TO_ACCUMULATOR, 16),
    FXVMULTACBM(109, MULTIPLY_TO_ACCUMULATOR, 8),
    FXVMULTACHFS(124, MULTIPLY_FRACTION_TO_ACCUMULATOR, 16),
    FXVMULTACBFS(125, MULTIPLY_FRACTION_TO_ACCUMULATOR, 8),
    FXVMTACH(15, MOVE_TO_ACCUMULATOR, 16),
    FXVMTACB(14, MOVE_TO_ACCUMULATOR, 8),
    FXVMTACHF(31, MOVE_FRACTION_TO_ACCUMULATOR, 16),
    FXVMTACBF(30, MOVE_FRACTION_TO_ACCUMULATOR, 8),
    FXVADDHM(460, ADD, 16),
    FXVADDBM(461, ADD, 8),
    FXVADDHFS(476, ADD_SATURATED, 16),
    FXVADDBFS(477, ADD_SATURATED, 8),
    FXVSUBHM(332, SUBTRACT, 16),
    FXVSUBBM(333, SUBTRACT, 8),
    FXVSUBHFS(348, SUBTRACT_SATURATED, 16),
    FXVSUBBFS(349, SUBTRACT_SATURATED, 8),
    FXVADDACHM(396, ADD_ACCUMULATOR, 16),
    FXVADDACBM(397, ADD_ACCUMULATOR, 8),
    FXVADDACHFS(412, ADD_ACCUMULATOR_FRACTION, 16),
    FXVADDACBFS(413, ADD_ACCUMULATOR_FRACTION, 8),
    FXVADDACTACHM(364, ADD_TO_ACCUMULATOR, 16),
    FXVADDACTACB(365, ADD_TO_ACCUMULATOR, 8),
    FXVADDACTACHF(380, ADD_FRACTION_TO_ACCUMULATOR, 16),
    FXVADDACTACBF(381, ADD_FRACTION_TO_ACCUMULATOR, 8),
    FXVADDTACHM(428, SUM_TO_ACCUMULATOR, 16),
    FXVADDTACB(429, SUM_TO_ACCUMULATOR, 8),
    FXVCMPH(300, COMPARE, 16),
    FXVCMPB(301, COMPARE, 8),
    FXVSEL(319, SELECT, 8),
    FXVSHH(316, SHIFT, 16),
    FXVSHB(317, SHIFT, 8),
    FXVSPLATH(268, SPLAT, 16),
    FXVSPLATB(269, SPLAT, 8),
    FXVPCKBU(239, PACK_UPPER, 8),
    FXVPCKBL(255, PACK_LOWER, 8),
    FXVUPCKBL(287, UNPACK_LEFT, 8),
    FXVUPCKBR(271, UNPACK_RIGHT, 8),
    FXVLAX(492, LOAD, 8),
    FXVSTAX(508, STORE, 8),
    FXVINX(236, INPUT, 8),
    FXVOUTX(252, OUTPUT, 8);

    private static final VectorOpcode[] TABLE = new VectorOpcode[512];

    static {
        for (VectorOpcode opcode : values()) {
            TABLE[opcode.extended] = opcode;
        }
    }

    private final int extended;
    private final Kind kind;
    private final int width;

    VectorOpcode(int extended, Kind kind, int width) {
        this.extended = extended;
        this.kind = kind;
        this.width = width;
    }

    /** What an instruction does, for either width of lanes. */
    enum Kind {
        MULTIPLY_ADD,
        MULTIPLY_ADD_FRACTION,
        MULTIPLY,
        MULTIPLY_FRACTION,
        ADD,
        ADD_SATURATED,
        SUBTRACT,
        SUBTRACT_SATURATED,
        ADD_ACCUMULATOR,
        ADD_ACCUMULATOR_FRACTION,
        MULTIPLY_ADD_TO_ACCUMULATOR,
        MULTIPLY_ADD_FRACTION_TO_ACCUMULATOR,
        MULTIPLY_TO_ACCUMULATOR,
        MULTIPLY_FRACTION_TO_ACCUMULATOR,
        MOVE_TO_ACCUMULATOR,
        MOVE_FRACTION_TO_ACCUMULATOR,
        ADD_TO_ACCUMULATOR,
        ADD_FRACTION_TO_ACCUMULATOR,
        SUM_TO_ACCUMULATOR,
        COMPARE,
        SELECT,
        SHIFT,
        SPLAT,
        PACK_UPPER,
        PACK_LOWER,
        UNPACK_LEFT,
        UNPACK_RIGHT,
        LOAD,
        STORE,
        INPUT,
        OUTPUT;

        /** Whether the result goes to the accumulator. */
        boolean toAccumulator() {
            return ordinal() >= MULTIPLY_ADD_TO_ACCUMULATOR.ordinal() && ordinal() <= SUM_TO_ACCUMULATOR.ordinal();
        }

        /** Whether lanes are combined by numbers: to a register or to the accumulator. */
        boolean isArithmetic() {
            return ordinal() <= SUM_TO_ACCUMULATOR.ordinal();
        }

        /** Whether the accumulator is an operand. */
        boolean readsAccumulator() {
            return switch (this) {
                case MULTIPLY_ADD,
                        MULTIPLY_ADD_FRACTION,
                        ADD_ACCUMULATOR,
                        ADD_ACCUMULATOR_FRACTION,
                        MULTIPLY_ADD_TO_ACCUMULATOR,
                        MULTIPLY_ADD_FRACTION_TO_ACCUMULATOR,
                        ADD_TO_ACCUMULATOR,
                        ADD_FRACTION_TO_ACCUMULATOR -> true;
                default -> false;
            };
        }

        /** Whether RA names a vector register that is an operand. */
        boolean readsA() {
            return switch (this) {
                case SPLAT, LOAD, STORE, INPUT, OUTPUT -> false;
                default -> true;
            };
        }

        /** Whether RB names a vector register that is an operand. */
        boolean readsB() {
            return switch (this) {
                case MOVE_TO_ACCUMULATOR,
                        MOVE_FRACTION_TO_ACCUMULATOR,
                        ADD_ACCUMULATOR,
                        ADD_ACCUMULATOR_FRACTION,
                        ADD_TO_ACCUMULATOR,
                        ADD_FRACTION_TO_ACCUMULATOR,
                        COMPARE,
                        SHIFT,
                        SPLAT,
                        LOAD,
                        STORE,
                        INPUT,
                        OUTPUT -> false;
                default -> true;
            };
        }

        /** Whether it moves lanes to or from memory or the synapse array. */
        boolean isAccess() {
            return ordinal() >= LOAD.ordinal();
        }
    }

    /** The instruction of a word with primary opcode 4, or null. */
    static VectorOpcode of(int word) {
        return TABLE[word >>> 2 & TABLE.length - 1];
    }

    Kind kind() {
        return kind;
    }

    /** Bits of a lane, 8 or 16. */
    int width() {
        return width;
    }

    String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }
}
