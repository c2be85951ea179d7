package firstspike.driver.error;

import java.util.Optional;

/**
 * A run that was executed in part, or of which that is not known. Open for one leaf above this module
 * ({@code ChipRunFailedException} of the host runtime).
 */
public non-sealed class RunFailedException extends ChipException {

    private final transient PartialResult partialResult;
    private final boolean chipStateKnown;

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public RunFailedException(
            ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        super(detail, cause);
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
}
