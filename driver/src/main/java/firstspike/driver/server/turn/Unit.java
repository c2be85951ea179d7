package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.LinkLostException;
import java.util.Optional;
import java.util.UUID;

/** One submission: mutable, owned by its session. */
final class Unit {

    static final long NEVER = Long.MAX_VALUE;

    private final UnitRequest request;
    private UnitState state = UnitState.UPLOADING;
    private int partsEnded;
    private long event;
    private ChipException error;
    private ChipException stop;
    private long deadlineNs = NEVER;
    private long executionLimitNs = NEVER;
    private long predictedNs;

    Unit(UnitRequest request) {
        this.request = request;
    }

    UUID id() {
        return request.id();
    }

    UnitRequest request() {
        return request;
    }

    UnitState state() {
        return state;
    }

    int partsEnded() {
        return partsEnded;
    }

    void partEnded() {
        partsEnded++;
    }

    boolean lastPartNext() {
        return partsEnded == request.parts() - 1;
    }

    /** How long one part may run. */
    long executionLimitNs() {
        return executionLimitNs;
    }

    void executionLimit(long ns) {
        executionLimitNs = ns;
    }

    /** How long all parts will take, as far as anybody can tell. */
    long predictedNs() {
        return predictedNs;
    }

    void predicted(long ns) {
        predictedNs = ns;
    }

    /** Why it shall stop running. */
    Optional<ChipException> stop() {
        return Optional.ofNullable(stop);
    }

    /** Asks for its end; the first reason counts. */
    void stop(ChipException why) {
        if (stop == null) {
            stop = why;
        }
    }

    /** Why a part counts as failed: a stop that was asked for says it better than what the chip made of it. */
    Optional<ChipException> reason(Optional<ChipException> told) {
        if (stop == null || told.isEmpty()) {
            return told.or(this::stop);
        }
        // a lost link is why it took so long
        boolean lost = told.get() instanceof LinkLostException && stop instanceof DeadlineExceededException;
        return lost ? told : stop();
    }

    /** When it ends by itself: a broken upload, a gap before it, its execution limit; {@link #NEVER}. */
    long deadlineNs() {
        return deadlineNs;
    }

    void deadline(long atNs) {
        deadlineNs = atNs;
    }

    /** Changes the state; a terminal one stays. */
    void become(UnitState next, ChipException why, long eventNumber) {
        if (state.terminal()) {
            throw new IllegalStateException(
                    "submission " + id() + ": " + state + " is an end (asked for " + next + ")");
        }
        state = next;
        error = why;
        event = eventNumber;
        deadlineNs = NEVER;
    }

    UnitStatus status() {
        return new UnitStatus(id(), state, request.parts(), partsEnded, event, Optional.ofNullable(error));
    }
}
