package firstspike.driver.error;

/** The run was cancelled. */
public final class CancelledException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public CancelledException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.CANCELLED, detail, cause, partialResult, chipStateKnown);
    }
}
