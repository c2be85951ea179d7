package firstspike.driver.error;

/** Responses are missing, or there are more than were asked for. */
public final class IncompleteResponseException extends RunFailedException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public IncompleteResponseException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.INCOMPLETE_RESPONSE, detail, cause, partialResult, chipStateKnown);
    }
}
