package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The state machine that shares one chip (playback.md 10.4, 14.2, 14.3, 14.5): sessions of users, the order of their
 * submissions, turns, leases, reinit stacks, expiry.
 *
 * <p>Everything that happens is told to it, with the time in ns on a clock that begins with 0 and does not go back (a time
 * before the last one counts as the last one). What follows is asked for afterwards: {@link #next} for the chip, {@link
 * #stopWanted} for the running step, {@link #events} for the sessions, {@link #wakeNs} for the alarm clock. Refusals are thrown
 * as the typed errors of errors.md 3 and change nothing. One thread at a time.
 *
 * @param <P> how the owner of the machine holds a program of a reinit entry; never looked into
 */
public final class ChipTurns<P> {

    private final TurnRules rules;
    private final LongFunction<String> times;
    private final Map<String, TurnSession<P>> sessions = new LinkedHashMap<>();
    private final WaitingLine<P> line = new WaitingLine<>();
    private final ChipLease lease;
    private final Waits waits;
    private final Turns<P> turns;
    private final Submissions<P> submissions;
    private List<TurnEvent> events = new ArrayList<>();
    private long nowNs;
    private long wakeNs = Unit.NEVER;
    private boolean draining;

    /**
     * A chip that nobody uses.
     *
     * @param rules to go by
     * @param times writes an instant of the machine's clock for people, for refusals
     */
    public ChipTurns(TurnRules rules, LongFunction<String> times) {
        this(rules, times, new ChipLease());
    }

    /**
     * A chip that nobody uses, one of several that are leased together.
     *
     * @param rules to go by
     * @param times writes an instant of the machine's clock for people, for refusals
     * @param lease of all of them
     */
    public ChipTurns(TurnRules rules, LongFunction<String> times, ChipLease lease) {
        this.rules = rules;
        this.times = times;
        this.lease = lease;
        this.waits = new Waits(rules);
        this.turns = new Turns<>(rules, line, lease, waits);
        this.submissions = new Submissions<>(this, turns, line);
    }

    /**
     * Opens a session, not connected yet.
     *
     * @param now in ns
     * @param request whose and how
     * @throws firstspike.driver.error.ChipBusyException with holder and end when it asks for a second lease, or does not want to
     *     wait for the end of somebody else's; or when the server is draining
     */
    public void open(long now, SessionRequest request) {
        long at = advanced(now);
        refuseDraining();
        if (sessions.containsKey(request.id())) {
            throw new IllegalArgumentException("session " + request.id() + ": open already");
        }
        if (request.exclusive().isPresent() || (request.noWait() && !lease.admits(request.user()))) {
            refuseLeased(at);
        }
        request.exclusive()
                .ifPresent(wanted -> lease.take(
                        wanted.lease(),
                        request.user(),
                        ChipLease.checked(wanted.ttlNs()),
                        Optional.of(request.id()),
                        at,
                        this::leaseLost));
        TurnSession<P> session = new TurnSession<>(request, rules, at, event -> events.add(event));
        sessions.put(request.id(), session);
        settle(session, at);
    }

    /** Why a submission of this session would have to wait though the session does not want to. */
    Optional<ChipException> busyFor(TurnSession<P> session, long at) {
        if (!session.noWait()) {
            return Optional.empty();
        }
        if (!lease.admits(session.user())) {
            return lease.current(at).map(held -> TurnErrors.busy(held.user(), times.apply(held.endNs())));
        }
        Optional<TurnSession<P>> owner = turns.owner();
        if (owner.isPresent() && owner.get() == session) {
            return Optional.empty();
        }
        if (owner.isPresent() && turns.inUse(at)) {
            return Optional.of(TurnErrors.busy(owner.get().user(), times.apply(Math.max(at, turns.turnEndsNs()))));
        }
        return line.first(lease::admits)
                .filter(first -> first != session)
                .map(first -> TurnErrors.busy(first.user(), times.apply(at + rules.turnPeriodNs())));
    }

    void refuseDraining() {
        if (draining) {
            throw TurnErrors.draining();
        }
    }

    private void refuseLeased(long at) {
        lease.current(at).ifPresent(held -> {
            throw TurnErrors.busy(held.user(), times.apply(held.endNs()));
        });
    }

    /** One more connection holds this session. */
    public void attach(long now, String session) {
        long at = advanced(now);
        TurnSession<P> found = require(session);
        found.attach(at);
        lease.connected(session, true, at);
    }

    /** One connection less; no effect on a session that is no more. */
    public void detach(long now, String session) {
        long at = advanced(now);
        TurnSession<P> found = sessions.get(session);
        if (found != null) {
            found.detach(at);
            if (!found.connected()) {
                lease.connected(session, false, at);
            }
            settle(found, at);
        }
    }

    /**
     * Ends a session at once: what waits is cancelled, what runs is asked to stop; its last event comes when nothing of it
     * runs. No effect on one that is no more.
     *
     * @param now in ns
     * @param session which
     * @param byWhom for the reason of the cancelled submissions
     */
    public void close(long now, String session, String byWhom) {
        long at = advanced(now);
        TurnSession<P> found = sessions.get(session);
        if (found != null) {
            close(found, byWhom, at);
        }
    }

    private void close(TurnSession<P> session, String byWhom, long at) {
        sessions.remove(session.id());
        session.endWaiting(UnitState.CANCELLED, unit -> TurnErrors.cancelled(unit.id(), byWhom, true), at);
        session.running().ifPresent(unit -> unit.stop(TurnErrors.cancelled(unit.id(), byWhom, false)));
        turns.stopBetweenParts(at);
        session.leave();
        lease.sessionGone(session.id(), at);
        if (turns.gone(session)) {
            session.tell(TurnEvent.Kind.ENDED, Optional.empty(), at);
        }
    }

    /** What sessions submit. */
    public Submissions<P> submissions() {
        return submissions;
    }

    /**
     * Pushes a reinit entry (index = height) or changes one; it runs before the session's next submission.
     *
     * @param session whose stack
     * @param index from the bottom
     * @param program to run when the session gets the chip
     * @param snapshot program whose reads replace it when the session loses the chip
     * @param enforce whether all entries run before the next submission
     * @return height of the stack
     * @throws firstspike.driver.error.ProgramRejectedException for an index that is neither an entry nor the height
     */
    public int setReinit(String session, int index, P program, Optional<P> snapshot, boolean enforce) {
        ReinitEntries<P> stack = require(session).reinit();
        stack.set(index, program, snapshot);
        if (enforce) {
            stack.allPending();
        }
        return stack.height();
    }

    /** Makes all reinit entries of a session run before its next submission; answers how many there are. */
    public int enforceReinit(String session) {
        ReinitEntries<P> stack = require(session).reinit();
        stack.allPending();
        return stack.height();
    }

    /**
     * Removes the top entry of a reinit stack.
     *
     * @return height of the stack
     * @throws firstspike.driver.error.ProgramRejectedException when it is not the top
     */
    public int popReinit(String session, int index) {
        ReinitEntries<P> stack = require(session).reinit();
        stack.pop(index);
        return stack.height();
    }

    /**
     * Reserves the chip for a user.
     *
     * @param now in ns
     * @param id of the new lease
     * @param user who gets it
     * @param ttlNs how long, 1 ns to an hour
     * @return the lease
     * @throws firstspike.driver.error.ChipBusyException when there is one, with holder and end; draining
     * @throws firstspike.driver.error.ProgramRejectedException for another length
     */
    public Lease acquireLease(long now, String id, String user, long ttlNs) {
        long at = advanced(now);
        ChipLease.checked(ttlNs);
        refuseDraining();
        refuseLeased(at);
        lease.take(id, user, ttlNs, Optional.empty(), at, this::leaseLost);
        wakeNs = Math.min(wakeNs, lease.wakeNs());
        return lease.current(at).orElseThrow();
    }

    /**
     * Moves the end of a lease.
     *
     * @throws firstspike.driver.error.TargetUnavailableException when it does not hold any more
     */
    public Lease renewLease(long now, String id, long ttlNs) {
        long at = advanced(now);
        if (!lease.renew(id, ChipLease.checked(ttlNs), at)) {
            throw TurnErrors.leaseLost(id);
        }
        wakeNs = Math.min(wakeNs, lease.wakeNs());
        return lease.current(at).orElseThrow();
    }

    /** Ends a lease; false when it does not hold any more. A session that it was tied to is told. */
    public boolean releaseLease(long now, String id) {
        long at = advanced(now);
        return lease.release(id, at);
    }

    private void leaseLost(Lease ended, long at) {
        ended.session()
                .map(sessions::get)
                .ifPresent(session ->
                        session.tell(TurnEvent.Kind.LEASE_LOST, Optional.of(TurnErrors.leaseLost(ended.id())), at));
    }

    /** Who has the chip for himself, if anybody. */
    public Optional<Lease> lease(long now) {
        return lease.current(advanced(now));
    }

    /** Refuses what is new and what waits; what runs finishes, a list with all its parts (playback.md 14.8, DRAINING). */
    public void drain(long now) {
        long at = advanced(now);
        draining = true;
        for (TurnSession<P> session : sessions.values()) {
            session.endWaiting(UnitState.FAILED, unit -> TurnErrors.draining(), at);
            settle(session, at);
        }
    }

    /** Whether the chip does nothing and nothing is half done. */
    public boolean quiet() {
        return turns.step().isEmpty()
                && turns.owner().flatMap(TurnSession::running).isEmpty();
    }

    /**
     * Begins the chip's next step. Ask again after {@link #ended}, after whatever is told to the machine, and at {@link
     * #wakeNs}.
     *
     * @param now in ns
     * @return the step to execute now; empty when there is nothing to do or the last step has not ended
     */
    public Optional<Step<P>> next(long now) {
        long at = advanced(now);
        if (turns.step().isPresent()) {
            return Optional.empty();
        }
        Optional<Step<P>> step = turns.next(at);
        turns.owner().ifPresent(owner -> settle(owner, at));
        return step;
    }

    /**
     * The step has ended.
     *
     * @param now in ns
     * @param end how
     * @throws IllegalStateException when none runs
     */
    public void ended(long now, StepEnd<P> end) {
        long at = advanced(now);
        TurnSession<P> session = turns.owner().orElseThrow(() -> new IllegalStateException("no step runs"));
        turns.ended(end, at);
        if (session.gone()) {
            session.tell(TurnEvent.Kind.ENDED, Optional.empty(), at);
        } else {
            settle(session, at);
        }
    }

    /** Why the submission that runs shall stop, if it shall: cancelled, session closed, execution limit. */
    public Optional<ChipException> stopWanted() {
        return turns.owner().flatMap(TurnSession::running).flatMap(Unit::stop);
    }

    /** Tells the time: leases, uploads, gaps, queues, sessions and execution limits that are over end. */
    public void advance(long now) {
        advanced(now);
    }

    /** When {@link #advance} and {@link #next} shall be called though nothing happens; {@link Long#MAX_VALUE}: never. */
    public long wakeNs() {
        return Math.min(wakeNs, turns.wakeNs());
    }

    /** What happened since the last call, in order. */
    public List<TurnEvent> events() {
        List<TurnEvent> told = events;
        events = new ArrayList<>();
        return told;
    }

    /** How long sessions waited, and the bound of it. */
    public WaitReport waits() {
        return waits.report();
    }

    /** The numbers it goes by. */
    public TurnRules rules() {
        return rules;
    }

    /** Submissions that wait, of all sessions. */
    public int queued() {
        return sessions.values().stream().mapToInt(TurnSession::queuedCount).sum();
    }

    /** Open sessions. */
    public int sessions() {
        return sessions.size();
    }

    TurnSession<P> require(String session) {
        TurnSession<P> found = sessions.get(session);
        if (found == null) {
            throw TurnErrors.session(session);
        }
        return found;
    }

    /** What could follow from a change of a session. */
    void settle(TurnSession<P> session, long at) {
        turns.refresh(session, at);
        wakeNs = Math.min(wakeNs, Math.min(session.wakeNs(), lease.wakeNs()));
    }

    long advanced(long now) {
        nowNs = Math.max(nowNs, now);
        if (wakeNs <= nowNs) {
            sweep(nowNs);
        }
        return nowNs;
    }

    private void sweep(long at) {
        lease.expire(at);
        wakeNs = lease.wakeNs();
        for (TurnSession<P> session : List.copyOf(sessions.values())) {
            session.expire(at);
            if (session.abandoned(at)) {
                close(session, "expiry", at);
            } else {
                settle(session, at);
            }
        }
        wakeNs = Math.min(wakeNs, lease.wakeNs());
    }
}
