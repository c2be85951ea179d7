package firstspike.emulator.ppu;

/** Branches, returns and operations on the condition register (ppu.md 2.3). */
final class BranchUnit {
    /** In place of a target: execution goes on behind the branch. */
    static final int NOT_TAKEN = 1;

    private static final int IGNORE_CONDITION = 16;
    private static final int CONDITION_TRUE = 8;
    private static final int IGNORE_COUNT = 4;
    private static final int COUNT_ZERO = 2;
    private static final int ABSOLUTE = 2;
    private static final int ONE_FIELD = 1 << 20;
    private static final int TRAP_LESS = 16;
    private static final int TRAP_GREATER = 8;
    private static final int TRAP_EQUAL = 4;
    private static final int TRAP_BELOW = 2;
    private static final int TRAP_ABOVE = 1;

    private final Registers registers;

    BranchUnit(Registers registers) {
        this.registers = registers;
    }

    /** Where a branch at an address goes, {@link #NOT_TAKEN} when it does not; sets LR and CTR. */
    int target(Instruction i, int pc) {
        int link = registers.link;
        if (i.record) {
            registers.link = pc + 4;
        }
        if (i.opcode == Opcode.B) {
            int offset = i.word << 6 >> 6 & ~3;
            return (i.word & ABSOLUTE) != 0 ? offset : pc + offset;
        }
        if (!taken(i)) {
            return NOT_TAKEN;
        }
        return switch (i.opcode) {
            case BCLR -> link & ~3;
            case BCCTR -> registers.count & ~3;
            default -> {
                int offset = i.immediate & ~3;
                yield (i.word & ABSOLUTE) != 0 ? offset : pc + offset;
            }
        };
    }

    private boolean taken(Instruction i) {
        int how = i.rt;
        boolean counts = (how & IGNORE_COUNT) == 0;
        if (counts && i.opcode != Opcode.BCCTR) {
            registers.count--;
        }
        boolean count = !counts || registers.count == 0 == ((how & COUNT_ZERO) != 0);
        boolean condition =
                (how & IGNORE_CONDITION) != 0 || registers.conditionBit(i.ra) == ((how & CONDITION_TRUE) != 0);
        return count && condition;
    }

    /** Returns from an interrupt to the address that it saved. */
    int leave(Instruction i) {
        int pair = i.opcode == Opcode.RFI ? 0 : i.opcode == Opcode.RFCI ? 2 : 4;
        registers.state = registers.save[pair + 1] & Registers.STATE_BITS;
        return registers.save[pair] & ~3;
    }

    /** Combines bits of the condition register. */
    void combine(Instruction i) {
        if (i.opcode == Opcode.MCRF) {
            registers.conditionField(i.rt >> 2, registers.conditionField(i.ra >> 2));
            return;
        }
        boolean a = registers.conditionBit(i.ra);
        boolean b = registers.conditionBit(i.rb);
        registers.conditionBit(
                i.rt,
                switch (i.opcode) {
                    case CRAND -> a && b;
                    case CROR -> a || b;
                    case CRXOR -> a != b;
                    case CRNAND -> !(a && b);
                    case CRNOR -> !(a || b);
                    case CREQV -> a == b;
                    case CRANDC -> a && !b;
                    default -> a || !b;
                });
    }

    /** Moves the condition register, or one field of it, to a general register. */
    void read(Instruction i) {
        int mask = (i.word & ONE_FIELD) == 0 ? -1 : fields(i.word);
        registers.general[i.rt] = registers.general[i.rt] & ~mask | registers.condition & mask;
    }

    /** Moves a general register to fields of the condition register. */
    void write(Instruction i) {
        int mask = fields(i.word);
        registers.condition = registers.condition & ~mask | registers.general[i.rt] & mask;
    }

    /** Bits of the chosen fields; with bit 20 set only the one with the highest number counts. */
    private static int fields(int word) {
        int chosen = word >>> 12 & 0xFF;
        if ((word & ONE_FIELD) != 0) {
            chosen = Integer.lowestOneBit(chosen);
        }
        int mask = 0;
        for (int k = 0; k < 8; k++) {
            mask |= (chosen >> k & 1) == 0 ? 0 : 15 << 4 * k;
        }
        return mask;
    }

    /** Whether a trap is taken; an immediate is compared without its sign. */
    boolean traps(Instruction i) {
        int a = registers.general[i.ra];
        int b = i.opcode == Opcode.TWI ? i.immediate & 0xFFFF : registers.general[i.rb];
        int order = Integer.compareUnsigned(a, b);
        int holds = (a < b ? TRAP_LESS : 0)
                | (a > b ? TRAP_GREATER : 0)
                | (a == b ? TRAP_EQUAL : 0)
                | (order < 0 ? TRAP_BELOW : 0)
                | (order > 0 ? TRAP_ABOVE : 0);
        return (holds & i.rt) != 0;
    }
}
