package firstspike.driver.error;

/** An execution limit or call deadline passed. */
public final class DeadlineExceededException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public DeadlineExceededException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.DEADLINE_EXCEEDED, detail, cause, partialResult, chipStateKnown);
    }
}
