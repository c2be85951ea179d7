package firstspike.driver.error;

import java.util.Optional;

/**
 * A run that was executed in part, or of which that is not known.
 */
public non-sealed class RunFailedException extends ChipException {

    private final transient PartialResult partialResult;
    private final boolean chipStateKnown;

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the branch
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public RunFailedException(
            Code code, ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(code, detail, cause);
        this.partialResult = partialResult;
        this.chipStateKnown = chipStateKnown;
    }

    @Override
    public final Branch branch() {
        return Branch.FAILED;
    }

    /** What was received before the run failed, if anything. */
    public final Optional<PartialResult> partialResult() {
        return Optional.ofNullable(partialResult);
    }

    /** False when the configuration on the chip must be written again before the next run. */
    public final boolean chipStateKnown() {
        return chipStateKnown;
    }

    /** Errors of this branch; the names are API (errors.md 1). */
    public enum Code {
        /** A plasticity processor did not sleep in time. */
        PPU_TIMEOUT,
        /** None of the others. */
        RUN_FAILED,
        /** The run was cancelled. */
        CANCELLED,
        /** A batch that was still invalid after all repeats (inloop.md 13 step 4). */
        CHIP_RUN_FAILED,
        /** An execution limit or call deadline passed. */
        DEADLINE_EXCEEDED,
        /** More spikes in one program than the emulator allows. */
        EMULATION_LIMIT,
        /** Responses are missing, or there are more than were asked for. */
        INCOMPLETE_RESPONSE,
        /** The FPGA gave up waiting for an instruction. */
        INSTRUCTION_TIMEOUT,
        /** The link broke in the middle of a run. */
        LINK_LOST,
        /** A re-initialisation program failed. */
        REINIT_FAILED,
        /** The result exceeds the limit of the server; the part before it was delivered. */
        RESULT_TOO_LARGE,
        /** The state of a session could not be kept when it lost the chip. */
        SESSION_STATE_LOST,
        /** The server does not know the session or submission (expired, or the server was restarted). */
        SESSION_UNKNOWN
    }
}
