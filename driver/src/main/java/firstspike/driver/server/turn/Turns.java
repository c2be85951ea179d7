package firstspike.driver.server.turn;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import java.util.Optional;

/**
 * Who has the chip and what it does next (playback.md 14.2, 10.4). A turn goes through the snapshots of the session before,
 * the reinit of its own, and its submissions:
 *
 * <pre>
 *   leaving: SNAPSHOT*  ->  granted: RESET? REINIT*  ->  PART+ PART+ ...  (grace)  ->  leaving ...
 *   |<-- change of turn ---------------------------->|
 *   |<-- turn period, counted from here ----------------------------->|
 * </pre>
 *
 * The period holds the change of turn, so that turns follow each other at most one period and one submission apart; a turn
 * always holds one submission if there is one to run. A set-up with which a turn begins belongs to the change of turn, as
 * a reinit does: the submission that it is for still has its place, and the rest of the period to come.
 */
final class Turns<P> {

    private static final long NOT_NOW = Long.MIN_VALUE;

    private final TurnRules rules;
    private final WaitingLine<P> line;
    private final ChipLease lease;
    private final Waits waits;
    private Optional<Step<P>> step = Optional.empty();
    private ReinitEntries.Entry<P> entry;
    private TurnSession<P> owner;
    private TurnSession<P> content;
    private TurnSession<P> onChip;
    private Optional<String> lastUser = Optional.empty();
    private boolean leaving;
    private long turnSinceNs;
    private long idleSinceNs;
    private int unitsOfTurn;
    private int setupsOfTurn;
    private long changeSinceNs = NOT_NOW;
    private long waitsFromNs = NOT_NOW;
    private long busySinceNs = NOT_NOW;

    Turns(TurnRules rules, WaitingLine<P> line, ChipLease lease, Waits waits) {
        this.rules = rules;
        this.line = line;
        this.lease = lease;
        this.waits = waits;
    }

    Optional<Step<P>> step() {
        return step;
    }

    Optional<TurnSession<P>> owner() {
        return Optional.ofNullable(owner);
    }

    /** Puts a session that could use the chip and does not have it into the line, and takes it out otherwise. */
    void refresh(TurnSession<P> session, long now) {
        boolean hasTurn = session == owner && !leaving;
        if (hasTurn || session.gone() || session.head().isEmpty()) {
            line.remove(session);
            return;
        }
        line.add(session, now);
        boolean ownersUser = owner != null && owner.user().equals(session.user());
        int users = owner == null ? line.usersWith(session.user()) : line.usersWith(owner.user());
        int sessions = line.sessionsOf(session.user()) + (ownersUser && !leaving ? 1 : 0);
        waits.saw(users, sessions);
    }

    /** What to do now; empty when there is nothing, or not yet. */
    Optional<Step<P>> next(long now) {
        while (true) {
            if (leaving) {
                int index = owner.reinit().nextSnapshot();
                if (index >= 0) {
                    return snapshot(index);
                }
                release();
            } else if (owner == null) {
                Optional<TurnSession<P>> first = line.first(lease::admits);
                if (first.isEmpty()) {
                    changeSinceNs = NOT_NOW;
                    return Optional.empty();
                }
                grant(first.get(), now);
            } else if (owner.running().isPresent()) {
                return part(owner.running().get(), now);
            } else if (mustLeave(now)) {
                leave(now);
            } else {
                Optional<Unit> head = lease.admits(owner.user()) ? owner.head() : Optional.empty();
                if (head.isEmpty()) {
                    forgetWait();
                    return Optional.empty();
                }
                Optional<Step<P>> begun = begin(head.get(), now);
                if (begun.isPresent()) {
                    return begun;
                }
            }
        }
    }

    private boolean mustLeave(long now) {
        return othersWait() && leavesAt() <= now;
    }

    private boolean othersWait() {
        return line.first(lease::admits).isPresent();
    }

    /** When the owner has to give the chip up, if others wait. */
    private long leavesAt() {
        if (!lease.admits(owner.user())) {
            return NOT_NOW;
        }
        long period = turnSinceNs + rules.turnPeriodNs();
        Optional<Unit> head = owner.head();
        boolean onlySetUp = unitsOfTurn == 0 && setupsOfTurn == 1;
        if (head.isEmpty()) {
            long idle = idleSinceNs + rules.turnGraceNs();
            return onlySetUp ? Math.max(period, idle) : Math.min(period, idle);
        }
        boolean first = unitsOfTurn == 0 && setupsOfTurn == 0;
        return first || onlySetUp && !head.get().request().setup() ? Unit.NEVER : period;
    }

    /** When {@link #next} may have something new to say though nothing happens. */
    long wakeNs() {
        boolean idle = step.isEmpty() && owner != null && !leaving;
        return idle && othersWait() ? leavesAt() : Unit.NEVER;
    }

    private void leave(long now) {
        leaving = true;
        changeSinceNs = now;
        owner.reinit().beginSnapshots();
        owner.tell(TurnEvent.Kind.TURN_LOST, Optional.empty(), now);
        line.hadTurn(owner.user());
        refresh(owner, now);
    }

    private void release() {
        owner = null;
        leaving = false;
    }

    private void grant(TurnSession<P> session, long now) {
        line.remove(session);
        owner = session;
        if (changeSinceNs == NOT_NOW) {
            changeSinceNs = now;
        }
        turnSinceNs = changeSinceNs;
        idleSinceNs = now;
        unitsOfTurn = 0;
        setupsOfTurn = 0;
        waitsFromNs = Math.max(session.waitsFromNs(), lease.endedNs());
        if (content != session) {
            session.reinit().allPending();
            content = session;
        }
        session.tell(TurnEvent.Kind.TURN_GAINED, Optional.empty(), now);
    }

    private void forgetWait() {
        waitsFromNs = NOT_NOW;
        changeSinceNs = NOT_NOW;
        busySinceNs = NOT_NOW;
    }

    private Optional<Step<P>> snapshot(int index) {
        entry = owner.reinit().entry(index);
        step = Optional.of(new Step.Snapshot<>(owner.id(), index, entry.snapshot()));
        return step;
    }

    /** The first step of a submission; empty when it failed without one. */
    private Optional<Step<P>> begin(Unit head, long now) {
        if (changeSinceNs == NOT_NOW && busySinceNs == NOT_NOW) {
            busySinceNs = now;
        }
        Optional<ChipException> failure = owner.takeFailure();
        if (failure.isPresent()) {
            started(now);
            failed(head, failure.get(), now);
            return Optional.empty();
        }
        occupy(now);
        if (!head.request().setup() && owner.lacksConfiguration()) {
            started(now);
            failed(head, TurnErrors.configurationLost(owner.id()), now);
            return Optional.empty();
        }
        if (rules.resetBetweenUsers()
                && lastUser.filter(user -> !user.equals(owner.user())).isPresent()) {
            step = Optional.of(new Step.Reset<>(owner.id()));
            return step;
        }
        lastUser = Optional.of(owner.user());
        int index = owner.reinit().firstPending();
        if (index >= 0) {
            entry = owner.reinit().entry(index);
            step = Optional.of(new Step.Reinit<>(owner.id(), index, entry.program()));
            return step;
        }
        started(now);
        owner.move(head, UnitState.RUNNING, null, now);
        return part(head, now);
    }

    /** The owner is about to change what is on the chip. */
    private void occupy(long now) {
        if (onChip != owner) {
            if (onChip != null) {
                onChip.displaced(now);
                refresh(onChip, now);
            }
            onChip = owner;
        }
    }

    /** The first submission of the turn starts here: the wait and the change of turn are over. */
    private void started(long now) {
        if (changeSinceNs != NOT_NOW) {
            waits.change(now - changeSinceNs);
            changeSinceNs = NOT_NOW;
        }
        if (waitsFromNs != NOT_NOW) {
            waits.waited(now - waitsFromNs);
            waitsFromNs = NOT_NOW;
        }
        if (busySinceNs == NOT_NOW) {
            busySinceNs = now;
        }
    }

    private Optional<Step<P>> part(Unit unit, long now) {
        long limit = unit.executionLimitNs();
        unit.deadline(limit > Unit.NEVER - now ? Unit.NEVER : now + limit);
        step = Optional.of(new Step.Part<>(owner.id(), unit.id(), unit.partsEnded(), unit.lastPartNext()));
        return step;
    }

    /** The step has ended. */
    void ended(StepEnd<P> end, long now) {
        Step<P> ran = step.orElseThrow(() -> new IllegalStateException("no step runs"));
        if (ran.kind() == Step.Kind.SNAPSHOT
                && end.error().isEmpty()
                && end.replacement().isEmpty()) {
            throw new IllegalArgumentException("replacement: empty (expected: the program that a snapshot made)");
        }
        step = Optional.empty();
        if (ran.kind() == Step.Kind.PART || !owner.gone()) {
            switch (ran.kind()) {
                case PART -> partEnded(end, now);
                case SNAPSHOT -> snapshotEnded(end, now);
                case REINIT -> reinitEnded(end, now);
                case RESET -> resetEnded(end, now);
            }
        }
        if (!end.stateKnown()) {
            owner.reinit().allPending();
            content = null;
        }
        if (owner.gone()) {
            forgetOwner();
        }
    }

    private void snapshotEnded(StepEnd<P> end, long now) {
        if (end.error().isPresent()) {
            owner.loseState(end.error().get(), now);
            refresh(owner, now);
        } else {
            entry.replace(end.replacement().orElseThrow());
        }
    }

    private void resetEnded(StepEnd<P> end, long now) {
        if (end.error().isEmpty()) {
            lastUser = Optional.empty();
        } else {
            notConfigured("reset of the chip", end.error().get(), now);
        }
    }

    private void reinitEnded(StepEnd<P> end, long now) {
        if (end.error().isEmpty()) {
            entry.ran();
        } else {
            notConfigured("reinit program of the session", end.error().get(), now);
        }
    }

    /** The next submission fails once; the one after tries again from the bottom of the stack. */
    private void notConfigured(String what, ChipException cause, long now) {
        owner.reinit().allPending();
        ChipException failure = TurnErrors.reinitFailed(what, cause);
        Optional<Unit> head = owner.head();
        if (head.isPresent()) {
            started(now);
            failed(head.get(), failure, now);
        } else {
            owner.failNext(failure);
        }
    }

    private void failed(Unit unit, ChipException failure, long now) {
        owner.move(unit, UnitState.FAILED, failure, now);
        unitEnded(unit, now);
    }

    private void unitEnded(Unit unit, long now) {
        if (busySinceNs != NOT_NOW) {
            waits.unit(now - busySinceNs);
        }
        busySinceNs = NOT_NOW;
        if (unit.request().setup()) {
            if (unitsOfTurn == 0 && setupsOfTurn == 0) {
                waits.change(now - turnSinceNs);
            }
            setupsOfTurn++;
        } else {
            unitsOfTurn++;
        }
        idleSinceNs = now;
    }

    private void partEnded(StepEnd<P> end, long now) {
        Unit unit = owner.running().orElseThrow();
        unit.partEnded();
        unit.deadline(Unit.NEVER);
        Optional<ChipException> error = unit.reason(end.error());
        if (error.isPresent() || unit.partsEnded() == unit.request().parts()) {
            end(unit, error, now);
        }
    }

    private void end(Unit unit, Optional<ChipException> error, long now) {
        UnitState state = UnitState.DONE;
        if (error.isPresent()) {
            state = error.get() instanceof CancelledException ? UnitState.CANCELLED : UnitState.FAILED;
        }
        owner.move(unit, state, error.orElse(null), now);
        unitEnded(unit, now);
    }

    /** A stop of the running submission between two of its parts takes effect at once. */
    void stopBetweenParts(long now) {
        if (step.isEmpty() && owner != null) {
            owner.running().filter(unit -> unit.stop().isPresent()).ifPresent(unit -> end(unit, unit.stop(), now));
        }
    }

    /** A session was closed; true when nothing of it runs. */
    boolean gone(TurnSession<P> session) {
        line.remove(session);
        onChip = onChip == session ? null : onChip;
        if (session != owner) {
            content = content == session ? null : content;
            return true;
        }
        if (step.isPresent()) {
            return false;
        }
        forgetOwner();
        return true;
    }

    private void forgetOwner() {
        line.hadTurn(owner.user());
        content = content == owner ? null : content;
        owner = null;
        long change = leaving ? changeSinceNs : NOT_NOW;
        leaving = false;
        forgetWait();
        changeSinceNs = change;
    }

    /** When the turn of the owner may end, for those who do not want to wait. */
    long turnEndsNs() {
        return turnSinceNs + rules.turnPeriodNs();
    }

    /** Whether the owner uses the chip, or may still come back to it within its grace. */
    boolean inUse(long now) {
        return owner != null
                && (step.isPresent()
                        || owner.running().isPresent()
                        || owner.head().isPresent()
                        || now < idleSinceNs + rules.turnGraceNs());
    }
}
