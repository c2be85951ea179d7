package firstspike.driver.register;

/**
 * Longest time that an instruction may block the FPGA (registers.md 13).
 *
 * @param cycles FPGA cycles of 8 ns, 1..4294967295
 */
public record InstructionTimeoutConfig(long cycles) implements RegisterView {

    /** Time-out that the initialisation sets: 10 ms. */
    public static final InstructionTimeoutConfig STANDARD = new InstructionTimeoutConfig(1_250_000);

    /** Refuses 0, with which every barrier would end at once, and what does not fit into 32 bits. */
    public InstructionTimeoutConfig {
        RegisterField.require(Container.INSTRUCTION_TIMEOUT_CONFIG, "value", cycles);
        if (cycles == 0) {
            throw new IllegalArgumentException("InstructionTimeoutConfig.value: value 0 is outside 1..4294967295;"
                    + " every blocking instruction would be abandoned at once");
        }
    }

    @Override
    public ContainerValues values() {
        return Container.INSTRUCTION_TIMEOUT_CONFIG.layout().defaults().with("value", cycles);
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }
}
