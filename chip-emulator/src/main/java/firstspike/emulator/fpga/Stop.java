package firstspike.emulator.fpga;

/** Why the execution of a program ended. */
public enum Stop {
    /** Its halt was executed. */
    HALTED,
    /** An instruction blocked longer than the instruction time-out. */
    INSTRUCTION_TIMEOUT,
    /** It started a plasticity processor, which is not emulated. */
    PPU_START,
    /** More spikes than the limit. */
    SPIKE_LIMIT,
    /** The caller asked for the end. */
    CANCELLED,
    /** The deadline of the call passed. */
    CALL_DEADLINE,
    /** The execution took too long. */
    EXECUTION_LIMIT,
    /** A word from outside was no instruction (wire.md 17, D26). */
    NO_INSTRUCTION
}
