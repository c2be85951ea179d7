package firstspike.driver.error;

/** The result exceeds the limit of the server; the part before it was delivered. */
public final class ResultTooLargeException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public ResultTooLargeException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.RESULT_TOO_LARGE, detail, cause, partialResult, chipStateKnown);
    }
}
