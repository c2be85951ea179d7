package firstspike.driver.error;

/** The link broke in the middle of a run. */
public final class LinkLostException extends RunFailedException {

    /**
     * Makes an error from its facts.
     *
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public LinkLostException(ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(Code.LINK_LOST, detail, cause, partialResult, chipStateKnown);
    }
}
