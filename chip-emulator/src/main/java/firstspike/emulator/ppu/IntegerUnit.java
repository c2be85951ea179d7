package firstspike.emulator.ppu;

/** Computes arithmetic, logic, shifts and compares of the scalar core on its registers (ppu.md 2.3). */
final class IntegerUnit {
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int SHIFT = 31;

    private final Registers registers;
    private final int[] general;

    IntegerUnit(Registers registers) {
        this.registers = registers;
        general = registers.general;
    }

    /** D forms and compares. */
    void immediate(Instruction i) {
        int unsigned = i.immediate & 0xFFFF;
        int high = i.immediate << 16;
        switch (i.opcode) {
            case ADDI -> general[i.rt] = general[i.firstSource] + i.immediate;
            case ADDIS -> general[i.rt] = general[i.firstSource] + high;
            case ADDIC, ADDIC_RECORD -> {
                general[i.rt] = sum(general[i.ra], i.immediate, 0, true, false);
                if (i.opcode == Opcode.ADDIC_RECORD) {
                    registers.compare(0, general[i.rt], 0);
                }
            }
            case SUBFIC -> general[i.rt] = sum(~general[i.ra], i.immediate, 1, true, false);
            case MULLI -> general[i.rt] = general[i.ra] * i.immediate;
            case ORI -> general[i.ra] = general[i.rt] | unsigned;
            case ORIS -> general[i.ra] = general[i.rt] | high;
            case XORI -> general[i.ra] = general[i.rt] ^ unsigned;
            case XORIS -> general[i.ra] = general[i.rt] ^ high;
            case ANDI -> registers.compare(0, general[i.ra] = general[i.rt] & unsigned, 0);
            case ANDIS -> registers.compare(0, general[i.ra] = general[i.rt] & high, 0);
            case CMPI -> registers.compare(i.rt >> 2, general[i.ra], i.immediate);
            default -> registers.compare(i.rt >> 2, general[i.ra] & WORD, unsigned);
        }
    }

    /** Compares of two registers. */
    void compare(Instruction i) {
        if (i.opcode == Opcode.CMP) {
            registers.compare(i.rt >> 2, general[i.ra], general[i.rb]);
        } else {
            registers.compare(i.rt >> 2, general[i.ra] & WORD, general[i.rb] & WORD);
        }
    }

    /** XO forms. */
    void arithmetic(Instruction i) {
        int a = general[i.ra];
        int b = general[i.rb];
        int carry = registers.exception >>> 29 & 1;
        boolean o = i.overflow;
        int result =
                switch (i.opcode) {
                    case ADD -> sum(a, b, 0, false, o);
                    case ADDC -> sum(a, b, 0, true, o);
                    case ADDE -> sum(a, b, carry, true, o);
                    case ADDME -> sum(a, -1, carry, true, o);
                    case ADDZE -> sum(a, 0, carry, true, o);
                    case SUBF -> sum(~a, b, 1, false, o);
                    case SUBFC -> sum(~a, b, 1, true, o);
                    case SUBFE -> sum(~a, b, carry, true, o);
                    case SUBFME -> sum(~a, -1, carry, true, o);
                    case SUBFZE -> sum(~a, 0, carry, true, o);
                    case NEG -> sum(~a, 0, 1, false, o);
                    case MULLW -> product(a, b, o);
                    case MULHW -> (int) ((long) a * b >> 32);
                    case MULHWU -> (int) ((a & WORD) * (b & WORD) >>> 32);
                    case DIVW -> quotient(a, b, o);
                    default -> unsignedQuotient(a, b, o);
                };
        general[i.rt] = result;
        record(i, result);
    }

    private int sum(int a, int b, int carry, boolean keepsCarry, boolean keepsOverflow) {
        long wide = (a & WORD) + (b & WORD) + carry;
        int result = (int) wide;
        if (keepsCarry) {
            registers.carry(wide > WORD);
        }
        if (keepsOverflow) {
            registers.overflow(((a ^ result) & (b ^ result)) < 0);
        }
        return result;
    }

    private int product(int a, int b, boolean keepsOverflow) {
        long wide = (long) a * b;
        if (keepsOverflow) {
            registers.overflow(wide != (int) wide);
        }
        return (int) wide;
    }

    private int quotient(int a, int b, boolean keepsOverflow) {
        boolean overflows = b == 0 || a == Integer.MIN_VALUE && b == -1;
        if (keepsOverflow) {
            registers.overflow(overflows);
        }
        return b == 0 ? a >= 0 ? -1 : 0 : a / b;
    }

    private int unsignedQuotient(int a, int b, boolean keepsOverflow) {
        if (keepsOverflow) {
            registers.overflow(b == 0);
        }
        return b == 0 ? -1 : Integer.divideUnsigned(a, b);
    }

    /** Logic, shifts and rotations: RA from RS. */
    void logic(Instruction i) {
        int s = general[i.rt];
        int b = general[i.rb];
        int result =
                switch (i.opcode) {
                    case AND -> s & b;
                    case ANDC -> s & ~b;
                    case OR -> s | b;
                    case ORC -> s | ~b;
                    case XOR -> s ^ b;
                    case NAND -> ~(s & b);
                    case NOR -> ~(s | b);
                    case EQV -> ~(s ^ b);
                    case SLW -> s << (b & SHIFT);
                    case SRW -> s >>> (b & SHIFT);
                    case SRAW -> arithmeticShift(s, b & SHIFT);
                    case SRAWI -> arithmeticShift(s, i.rb);
                    case EXTSB -> (byte) s;
                    case EXTSH -> (short) s;
                    case CNTLZW -> Integer.numberOfLeadingZeros(s);
                    case POPCNTB -> bitsOfBytes(s);
                    case PRTYW -> Integer.bitCount(s & 0x0101_0101) & 1;
                    case RLWIMI -> {
                        int mask = mask(i);
                        yield Integer.rotateLeft(s, i.rb) & mask | general[i.ra] & ~mask;
                    }
                    case RLWINM -> Integer.rotateLeft(s, i.rb) & mask(i);
                    default -> Integer.rotateLeft(s, b & SHIFT) & mask(i);
                };
        general[i.ra] = result;
        record(i, result);
    }

    private void record(Instruction i, int result) {
        if (i.record && i.opcode.hasRecord()) {
            registers.compare(0, result, 0);
        }
    }

    private int arithmeticShift(int value, int by) {
        registers.carry(value < 0 && (value & (1 << by) - 1) != 0);
        return value >> by;
    }

    private static int bitsOfBytes(int value) {
        int counts = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            counts |= Integer.bitCount(value >>> shift & 0xFF) << shift;
        }
        return counts;
    }

    /** Bits from MB to ME, 0 being the most significant; wraps where MB lies behind ME. */
    private static int mask(Instruction i) {
        int from = -1 >>> (i.word >>> 6 & 31);
        int to = -1 << 31 - (i.word >>> 1 & 31);
        return (i.word >>> 6 & 31) <= (i.word >>> 1 & 31) ? from & to : from | to;
    }
}
