package firstspike.emulator.ppu;

/** A decoded word: its instruction, its fields and what it has to wait for. Immutable. */
final class Instruction {
    /** In place of a register number: none. */
    static final int NONE = 32;

    final int word;
    final Opcode opcode;
    final VectorOpcode vector;
    /** RT, RS, or BO. */
    final int rt;
    /** RA, or BI. */
    final int ra;

    final int rb;
    /** Sign-extended low 16 bits. */
    final int immediate;
    /** General registers that it reads, or {@link #NONE}. */
    final int firstSource;

    final int secondSource;
    final int thirdSource;
    final boolean readsCondition;
    /** Bit 0: record, or link. */
    final boolean record;

    final boolean overflow;

    Instruction(int word) {
        this.word = word;
        opcode = Opcode.of(word);
        vector = opcode == Opcode.FXV ? VectorOpcode.of(word) : null;
        rt = word >>> 21 & 31;
        ra = word >>> 16 & 31;
        rb = word >>> 11 & 31;
        immediate = (short) word;
        record = (word & 1) != 0;
        overflow = opcode.hasOverflow() && (word >>> 10 & 1) != 0;
        int base = ra == 0 ? NONE : ra;
        int first = NONE;
        int second = NONE;
        int third = NONE;
        boolean condition = false;
        switch (opcode.format()) {
            case ADD_IMMEDIATE, LOAD -> first = base;
            case ARITHMETIC_IMMEDIATE, COMPARE_IMMEDIATE, ARITHMETIC_UNARY, TRAP_IMMEDIATE -> first = ra;
            case LOGIC_IMMEDIATE,
                    LOGIC_UNARY,
                    SHIFT_IMMEDIATE,
                    ROTATE,
                    MOVE_TO_SPECIAL,
                    MOVE_TO_CONDITION,
                    MOVE_TO_STATE -> first = rt;
            case COMPARE, ARITHMETIC, TRAP -> {
                first = ra;
                second = rb;
            }
            case LOGIC, ROTATE_REGISTER -> {
                first = rt;
                second = rb;
            }
            case ROTATE_INSERT -> {
                first = rt;
                second = ra;
            }
            case LOAD_INDEXED -> {
                first = base;
                second = rb;
            }
            case STORE -> {
                first = base;
                second = rt;
            }
            case STORE_INDEXED -> {
                first = base;
                second = rb;
                third = rt;
            }
            case BRANCH_CONDITIONAL, BRANCH_REGISTER -> condition = (rt & 16) == 0;
            case CONDITION_LOGIC, CONDITION_MOVE, MOVE_FROM_CONDITION -> condition = true;
            case VECTOR -> {
                if (vector.kind() == VectorOpcode.Kind.SPLAT) {
                    first = ra;
                } else if (vector.kind().isAccess()) {
                    first = base;
                    second = rb;
                }
            }
            case BRANCH, RETURN, MOVE_FROM_SPECIAL, MOVE_FROM_STATE, CONTROL, UNKNOWN -> {}
        }
        firstSource = first;
        secondSource = second;
        thirdSource = third;
        readsCondition = condition;
    }

    /** Number of the special register of a move. */
    int special() {
        return ra | rb << 5;
    }

    /** Condition field of a vector instruction: 0 always, 1 GT, 2 LT, 3 EQ. */
    int condition() {
        return word & 3;
    }
}
