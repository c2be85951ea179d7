package firstspike.driver.error;

/** The FPGA gave up waiting for an instruction. */
public final class InstructionTimeoutException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public InstructionTimeoutException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.INSTRUCTION_TIMEOUT, detail, cause, partialResult, chipStateKnown);
    }
}
