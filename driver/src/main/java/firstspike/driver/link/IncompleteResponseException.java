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
            check(kind, program.expectedResponses(kind), result.responses(kind), result);
        }
        return result;
    }

    /**
     * Refuses a number of responses.
     *
     * @param kind of response
     * @param expected how many reads asked
     * @param received how many answers came
     * @param partial what was received and kept
     * @throws IncompleteResponseException when the two differ
     */
    public static void check(ResponseKind kind, long expected, long received, RunResult partial) {
        if (expected != received) {
            ErrorDetail detail = ErrorDetail.of(
                            kind + " responses",
                            received,
                            "exactly " + expected,
                            received < expected
                                    ? "end the program with a barrier behind its reads"
                                    : "report this target")
                    .with("kind", kind)
                    .with("expected", expected)
                    .with("received", received);
            throw new IncompleteResponseException(detail, null, partial, true);
        }
    }
}
