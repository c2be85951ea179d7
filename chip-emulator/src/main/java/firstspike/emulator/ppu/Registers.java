package firstspike.emulator.ppu;

import java.util.Arrays;

/** General, condition and special registers of the scalar core (ppu.md 2.1). Mutable. */
final class Registers {
    static final int SUMMARY_OVERFLOW = 1 << 31;
    static final int OVERFLOW = 1 << 30;
    static final int CARRY = 1 << 29;
    static final int EXTERNAL_ENABLE = 0x8000;
    /** Bits of the machine state that an interrupt keeps: CE, ME, DE. */
    static final int KEPT_BY_INTERRUPT = 0x0002_1200;

    static final int STATE_BITS = 0x0002_9230;
    static final int SYNDROME_BITS = 0x0F8F_07E2;
    static final int TRAP_SYNDROME = 0x0200_0000;
    private static final int EXCEPTION_BITS = SUMMARY_OVERFLOW | OVERFLOW | CARRY;
    private static final int DOORBELL_BITS = 0x000F_FF01;

    private static final int LESS = 8;
    private static final int GREATER = 4;
    private static final int EQUAL = 2;

    /** Behind the 32 registers one more that is always 0: what an absent operand reads. */
    final int[] general = new int[33];

    int condition;
    int exception;
    int link;
    int count;
    int state;
    int syndrome;
    int dataAddress;
    /** SRR0, SRR1, CSRR0, CSRR1, MCSRR0, MCSRR1. */
    final int[] save = new int[6];

    private int output;
    private int outputEnable;
    private int doorbell;

    /** Reset: everything but the general registers becomes 0. */
    void reset() {
        condition = 0;
        exception = 0;
        link = 0;
        count = 0;
        state = 0;
        syndrome = 0;
        dataAddress = 0;
        output = 0;
        outputEnable = 0;
        doorbell = 0;
        Arrays.fill(save, 0);
    }

    void copyFrom(Registers other) {
        System.arraycopy(other.general, 0, general, 0, general.length);
        System.arraycopy(other.save, 0, save, 0, save.length);
        condition = other.condition;
        exception = other.exception;
        link = other.link;
        count = other.count;
        state = other.state;
        syndrome = other.syndrome;
        dataAddress = other.dataAddress;
        output = other.output;
        outputEnable = other.outputEnable;
        doorbell = other.doorbell;
    }

    boolean carry() {
        return (exception & CARRY) != 0;
    }

    void carry(boolean set) {
        exception = set ? exception | CARRY : exception & ~CARRY;
    }

    /** Records an overflow or its absence; the summary stays once it is set. */
    void overflow(boolean set) {
        exception = set ? exception | OVERFLOW | SUMMARY_OVERFLOW : exception & ~OVERFLOW;
    }

    /** Compares two numbers into a condition field. */
    void compare(int field, long left, long right) {
        int flags = left < right ? LESS : left > right ? GREATER : EQUAL;
        conditionField(field, flags | exception >>> 31);
    }

    void conditionField(int field, int flags) {
        int shift = 28 - 4 * field;
        condition = condition & ~(15 << shift) | flags << shift;
    }

    int conditionField(int field) {
        return condition >>> 28 - 4 * field & 15;
    }

    /** Bit of the condition register, 0 is the most significant. */
    boolean conditionBit(int bit) {
        return (condition >>> 31 - bit & 1) != 0;
    }

    void conditionBit(int bit, boolean set) {
        int mask = 1 << 31 - bit;
        condition = set ? condition | mask : condition & ~mask;
    }

    /** Value of a special register that is no timer; 0 where there is none. */
    int special(int number) {
        return switch (number) {
            case 1 -> exception;
            case 8 -> link;
            case 9 -> count;
            case 26, 27 -> save[number - 26];
            case 58, 59 -> save[2 + number - 58];
            case 570, 571 -> save[4 + number - 570];
            case 61 -> dataAddress;
            case 62 -> syndrome;
            case 66 -> output;
            case 67 -> outputEnable;
            case 68 -> doorbell;
            default -> 0;
        };
    }

    /** Writes a special register that is no timer; nothing where there is none. */
    void special(int number, int value) {
        switch (number) {
            case 1 -> exception = value & EXCEPTION_BITS;
            case 8 -> link = value;
            case 9 -> count = value;
            case 26, 27 -> save[number - 26] = value;
            case 58, 59 -> save[2 + number - 58] = value;
            case 570, 571 -> save[4 + number - 570] = value;
            case 61 -> dataAddress = value;
            case 62 -> syndrome = value & SYNDROME_BITS;
            case 66 -> output = value;
            case 67 -> outputEnable = value;
            case 68 -> doorbell = value & DOORBELL_BITS;
            default -> {
                // Others do not exist: a write is ignored.
            }
        }
    }
}
