package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.Objects;
import java.util.Optional;

/**
 * How a step ended.
 *
 * @param error why it failed; empty: it did not
 * @param stateKnown false when the chip's configuration must be written again: time-out, rebuilt link, a run that was cut
 * @param replacement the new program of a reinit entry, after a snapshot that succeeded
 * @param <P> how the owner of the machine holds a program of a reinit entry
 */
public record StepEnd<P>(Optional<ChipException> error, boolean stateKnown, Optional<P> replacement) {

    /** It ran. */
    public static <P> StepEnd<P> done() {
        return new StepEnd<>(Optional.empty(), true, Optional.empty());
    }

    /**
     * A snapshot was taken.
     *
     * @param program the entry's new one
     * @param <P> its type
     * @return the end
     */
    public static <P> StepEnd<P> taken(P program) {
        return new StepEnd<>(Optional.empty(), true, Optional.of(program));
    }

    /**
     * It failed.
     *
     * @param error why
     * @param stateKnown whether the configuration of the chip may be trusted
     * @param <P> type of programs
     * @return the end
     */
    public static <P> StepEnd<P> failed(ChipException error, boolean stateKnown) {
        return new StepEnd<>(Optional.of(Objects.requireNonNull(error, "error")), stateKnown, Optional.empty());
    }
}
