package firstspike.driver.error;

/** The server does not know the session or submission (expired, or the server was restarted). */
public final class SessionUnknownException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public SessionUnknownException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.SESSION_UNKNOWN, detail, cause, partialResult, chipStateKnown);
    }
}
