package firstspike.emulator.ppu;

/** Fields that a scalar instruction has, which decide what it reads and how it is written down (ppu.md 2.3). */
enum Format {
    /** RT, RA or 0, signed immediate. */
    ADD_IMMEDIATE,
    /** RT, RA, signed immediate. */
    ARITHMETIC_IMMEDIATE,
    /** RA from RS and an unsigned immediate. */
    LOGIC_IMMEDIATE,
    /** Condition field from RA and an immediate. */
    COMPARE_IMMEDIATE,
    /** Condition field from RA and RB. */
    COMPARE,
    /** RT from RA and RB; records overflow on demand. */
    ARITHMETIC,
    /** RT from RA alone; records overflow on demand. */
    ARITHMETIC_UNARY,
    /** RA from RS and RB. */
    LOGIC,
    /** RA from RS. */
    LOGIC_UNARY,
    /** RA from RS and a constant shift. */
    SHIFT_IMMEDIATE,
    /** RA from RS by constants. */
    ROTATE,
    /** RA from RS and RA by constants. */
    ROTATE_INSERT,
    /** RA from RS by RB. */
    ROTATE_REGISTER,
    /** RT from memory at RA plus an immediate. */
    LOAD,
    /** RT from memory at RA plus RB. */
    LOAD_INDEXED,
    /** RS to memory at RA plus an immediate. */
    STORE,
    /** RS to memory at RA plus RB. */
    STORE_INDEXED,
    /** Relative or absolute branch of 26 bits. */
    BRANCH,
    /** Conditional branch of 16 bits. */
    BRANCH_CONDITIONAL,
    /** Conditional branch to a register. */
    BRANCH_REGISTER,
    /** Bits of the condition register. */
    CONDITION_LOGIC,
    /** A field of the condition register. */
    CONDITION_MOVE,
    /** Return from an interrupt. */
    RETURN,
    /** RT from a special register. */
    MOVE_FROM_SPECIAL,
    /** RS to a special register. */
    MOVE_TO_SPECIAL,
    /** RT from the condition register. */
    MOVE_FROM_CONDITION,
    /** RS to fields of the condition register. */
    MOVE_TO_CONDITION,
    /** RT from the machine state. */
    MOVE_FROM_STATE,
    /** RS to the machine state. */
    MOVE_TO_STATE,
    /** Compares RA with an immediate. */
    TRAP_IMMEDIATE,
    /** Compares RA with RB. */
    TRAP,
    /** No operands. */
    CONTROL,
    /** An instruction of the vector unit. */
    VECTOR,
    /** Nothing that a unit knows. */
    UNKNOWN
}
