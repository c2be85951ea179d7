package firstspike.driver.link;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;

/** Responses are missing, or there are more than were asked for. */
public final class IncompleteResponseException extends RunFailedException {

    private static final long serialVersionUID = 1L;

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public IncompleteResponseException(
            ErrorDetail detail, Throwable cause, RunResult partialResult, boolean chipStateKnown) {
        super(detail, cause, partialResult, chipStateKnown);
    }

    /**
     * Refuses a result that does not answer every read of its program exactly once (playback.md 8).
     *
     * @param program that ran
     * @param result of it
     * @return the result
     * @throws IncompleteResponseException with the result as partial one
     */
    public static RunResult check(PlaybackProgram program, RunResult result) {
        for (ResponseKind kind : ResponseKind.values()) {
            int expected = program.expectedResponses(kind);
            int got = result.responses(kind);
            if (expected != got) {
                ErrorDetail detail = ErrorDetail.of(
                                kind + " responses",
                                got,
                                "exactly " + expected,
                                got < expected
                                        ? "end the program with a barrier behind its reads"
                                        : "report this target")
                        .with("kind", kind)
                        .with("expected", expected)
                        .with("received", got);
                throw new IncompleteResponseException(detail, null, result, true);
            }
        }
        return result;
    }
}
