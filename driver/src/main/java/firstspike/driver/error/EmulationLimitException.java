package firstspike.driver.error;

/** More spikes in one program than the emulator allows. */
public final class EmulationLimitException extends RunFailedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public EmulationLimitException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(detail, cause, partialResult, chipStateKnown);
    }
}
