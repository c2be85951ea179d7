package firstspike.driver.error;

/** A re-initialisation program failed. */
public final class ReinitFailedException extends RunFailedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public ReinitFailedException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(detail, cause, partialResult, chipStateKnown);
    }
}
