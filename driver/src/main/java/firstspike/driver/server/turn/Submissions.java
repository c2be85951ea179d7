package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the sessions of a chip submit, from the first chunk of its upload until its result is acknowledged (playback.md 14.3 to
 * 14.5): one side of {@link ChipTurns}, whose rules on times, threads and refusals hold here too.
 *
 * @param <P> how the owner of the machine holds a program of a reinit entry
 */
public final class Submissions<P> {

    private final ChipTurns<P> chip;
    private final Turns<P> turns;
    private final WaitingLine<P> line;

    Submissions(ChipTurns<P> chip, Turns<P> turns, WaitingLine<P> line) {
        this.chip = chip;
        this.turns = turns;
        this.line = line;
    }

    /**
     * A submission begins to arrive. The same id with the same identity answers what there is already.
     *
     * @param now in ns
     * @param session that submits
     * @param request what
     * @return where it stands
     * @throws firstspike.driver.error.InternalChipException ID_REUSED; SEQUENCE_PAST with the expected number;
     *     SEQUENCE_GAP for a number that is absurdly far ahead
     * @throws firstspike.driver.error.TargetUnavailableException QUEUE_FULL
     * @throws firstspike.driver.error.ChipBusyException when the session does not want to wait and would have to; draining
     * @throws firstspike.driver.error.SessionStateLostException when its configuration could not be kept
     * @throws firstspike.driver.error.SessionUnknownException for a session or an acknowledged submission
     */
    public UnitStatus submit(long now, String session, UnitRequest request) {
        long at = chip.advanced(now);
        TurnSession<P> found = chip.require(session);
        Optional<Unit> known = found.known(request.id(), request.identity());
        if (known.isPresent()) {
            return known.get().status();
        }
        chip.refuseDraining();
        chip.busyFor(found, at).ifPresent(busy -> {
            throw busy;
        });
        return found.accept(request, at).status();
    }

    /**
     * A submission is complete and waits for its turn. One of a session that does not want to wait fails here when the chip
     * was taken meanwhile. No effect on one that is not UPLOADING.
     *
     * @param now in ns
     * @param session that submitted it
     * @param unit which
     * @param executionLimitNs how long one part may run, at least 1; {@link Long#MAX_VALUE}: as long as it likes
     * @param predictedNs expected duration of all parts, 0 or more; for predictions only
     * @return where it stands
     * @throws IllegalArgumentException for a limit below 1 or a negative duration
     */
    public UnitStatus uploaded(long now, String session, UUID unit, long executionLimitNs, long predictedNs) {
        long at = chip.advanced(now);
        TurnSession<P> found = chip.require(session);
        Unit uploaded = found.require(unit);
        if (executionLimitNs < 1) {
            throw new IllegalArgumentException("executionLimitNs: " + executionLimitNs + " (expected: >= 1)");
        }
        if (predictedNs < 0) {
            throw new IllegalArgumentException("predictedNs: " + predictedNs + " (expected: >= 0)");
        }
        if (uploaded.state() == UnitState.UPLOADING) {
            uploaded.executionLimit(executionLimitNs);
            uploaded.predicted(predictedNs);
            Optional<ChipException> busy = chip.busyFor(found, at);
            if (busy.isPresent()) {
                found.move(uploaded, UnitState.FAILED, busy.get(), at);
            } else {
                found.queue(uploaded, at);
            }
            chip.settle(found, at);
        }
        return uploaded.status();
    }

    /** The upload of a submission broke: it has its time to be continued. No effect on one that is not UPLOADING. */
    public void uploadBroken(long now, String session, UUID unit) {
        long at = chip.advanced(now);
        uploadDeadline(session, unit, at, at + chip.rules().uploadIdleNs());
    }

    /** The upload of a submission goes on. No effect on one that is not UPLOADING. */
    public void uploadContinued(long now, String session, UUID unit) {
        uploadDeadline(session, unit, chip.advanced(now), Unit.NEVER);
    }

    private void uploadDeadline(String session, UUID unit, long at, long deadline) {
        TurnSession<P> found = chip.require(session);
        Unit upload = found.require(unit);
        if (upload.state() == UnitState.UPLOADING) {
            upload.deadline(deadline);
            chip.settle(found, at);
        }
    }

    /**
     * A submission that was taken in fails before it runs: hash or count of its upload is wrong. No effect on one that runs or
     * has ended.
     *
     * @param now in ns
     * @param session that submitted it
     * @param unit which
     * @param why the refusal
     * @return where it stands
     */
    public UnitStatus refuse(long now, String session, UUID unit, ChipException why) {
        long at = chip.advanced(now);
        TurnSession<P> found = chip.require(session);
        Unit refused = found.require(unit);
        if (!refused.state().terminal() && refused.state() != UnitState.RUNNING) {
            found.move(refused, UnitState.FAILED, why, at);
            chip.settle(found, at);
        }
        return refused.status();
    }

    /**
     * Ends a waiting submission at once and asks a running one to stop; no effect on one that has ended.
     *
     * @param now in ns
     * @param session that submitted it
     * @param unit which
     * @param byWhom for its reason
     * @return where it stands
     */
    public UnitStatus cancel(long now, String session, UUID unit, String byWhom) {
        long at = chip.advanced(now);
        TurnSession<P> found = chip.require(session);
        Unit cancelled = found.require(unit);
        if (cancelled.state() == UnitState.RUNNING) {
            cancelled.stop(TurnErrors.cancelled(unit, byWhom, false));
            turns.stopBetweenParts(at);
        } else if (!cancelled.state().terminal()) {
            found.move(cancelled, UnitState.CANCELLED, TurnErrors.cancelled(unit, byWhom, true), at);
        }
        chip.settle(found, at);
        return cancelled.status();
    }

    /** The result of an ended submission arrived: it is forgotten but for its id; false when there is nothing to forget. */
    public boolean acknowledge(long now, String session, UUID unit) {
        chip.advanced(now);
        return chip.require(session).acknowledge(unit);
    }

    /**
     * An ended submission never was: its id may be used again, its number may not. For uploads that turned out to be none.
     *
     * @param now in ns
     * @param session that submitted it
     * @param unit which; no effect on one that has not ended
     */
    public void forget(long now, String session, UUID unit) {
        chip.advanced(now);
        chip.require(session).forget(unit);
    }

    /** Where a submission stands. */
    public UnitStatus status(String session, UUID unit) {
        return chip.require(session).require(unit).status();
    }

    /** Where all submissions of a session stand that were not acknowledged, in the order of their arrival. */
    public List<UnitStatus> statuses(String session) {
        return chip.require(session).statuses();
    }

    /** How far from the chip a submission is; nothing before it when it does not wait. */
    public Place place(String session, UUID unit) {
        TurnSession<P> found = chip.require(session);
        Unit asked = found.require(unit);
        if (asked.state() != UnitState.QUEUED) {
            return new Place(0, 0);
        }
        List<Unit> before = new ArrayList<>();
        turns.owner().flatMap(TurnSession::running).ifPresent(before::add);
        line.ahead(found).forEach(other -> other.head().ifPresent(before::add));
        found.queued().stream().takeWhile(other -> other != asked).forEach(before::add);
        long predicted =
                before.stream().mapToLong(Unit::predictedNs).reduce(0, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        return new Place(before.size(), predicted);
    }
}
