package firstspike.driver.error;

/** The state of a session could not be kept when it lost the chip. */
public final class SessionStateLostException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public SessionStateLostException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.SESSION_STATE_LOST, detail, cause, partialResult, chipStateKnown);
    }
}
