package firstspike.driver.server.turn;

import firstspike.driver.error.ChipException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A session on the machine: its submissions in their order, its connections, its reinit stack. Mutable. */
final class TurnSession<P> {

    /** Acknowledged submissions whose ids stay known, so that nothing runs twice. */
    static final int REMEMBERED = 1024;

    private final SessionRequest request;
    private final TurnRules rules;
    private final Consumer<TurnEvent> events;
    private final ReinitEntries<P> reinit = new ReinitEntries<>();
    private final SequenceOrder order;
    private final Map<UUID, Unit> units = new LinkedHashMap<>();
    private final Map<UUID, Object> acknowledged = new LinkedHashMap<>();
    private final Set<Unit> queued = new LinkedHashSet<>();
    private final Set<Unit> uploading = new LinkedHashSet<>();
    private Optional<Unit> running = Optional.empty();
    private boolean used;
    private Optional<ChipException> stateLost = Optional.empty();
    private Optional<ChipException> reinitFailure = Optional.empty();
    private int connections;
    private long lastSeenNs;
    private long waitsFromNs;
    private long number;
    private boolean gone;
    private boolean configured;
    private boolean configurationLost;

    TurnSession(SessionRequest request, TurnRules rules, long now, Consumer<TurnEvent> events) {
        this.request = request;
        this.rules = rules;
        this.events = events;
        this.order = new SequenceOrder(request.firstSequence());
        this.lastSeenNs = now;
        // a lease that came with it is promised for its time after the last connection
        this.used = request.exclusive().isPresent();
    }

    String id() {
        return request.id();
    }

    String user() {
        return request.user();
    }

    boolean noWait() {
        return request.noWait();
    }

    ReinitEntries<P> reinit() {
        return reinit;
    }

    /** Closed: nothing new runs for it. */
    boolean gone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    void waitsFrom(long now) {
        waitsFromNs = now;
    }

    long waitsFromNs() {
        return waitsFromNs;
    }

    boolean connected() {
        return connections > 0;
    }

    void attach(long now) {
        connections++;
        lastSeenNs = now;
    }

    void detach(long now) {
        if (connections > 0) {
            connections--;
            lastSeenNs = now;
        }
    }

    /** The submission that an id stands for already; checks that it is the same one. */
    Optional<Unit> known(UUID id, Object identity) {
        Unit unit = units.get(id);
        Object before = unit == null ? acknowledged.get(id) : unit.request().identity();
        if (before != null && !before.equals(identity)) {
            throw TurnErrors.reused(id);
        }
        if (unit == null && before != null) {
            throw TurnErrors.submission(id, "acknowledged, its result is dropped");
        }
        return Optional.ofNullable(unit);
    }

    Unit require(UUID id) {
        Unit unit = units.get(id);
        if (unit == null) {
            throw TurnErrors.submission(
                    id, acknowledged.containsKey(id) ? "acknowledged, its result is dropped" : "not known here");
        }
        return unit;
    }

    List<UnitStatus> statuses() {
        return units.values().stream().map(Unit::status).toList();
    }

    /** Takes a new submission in, or refuses it without a trace. */
    Unit accept(UnitRequest unitRequest, long now) {
        if (stateLost.isPresent()) {
            throw stateLost.get();
        }
        if (!unitRequest.setup() && lacksConfiguration() && setupOnItsWay().isEmpty()) {
            throw TurnErrors.configurationLost(id());
        }
        int waiting = queued.size() + uploading.size();
        if (waiting >= rules.queueLimit()) {
            throw TurnErrors.queueFull(
                    "submissions of the session that wait", waiting + 1L, rules.queueLimit(), "wait for results");
        }
        if (units.size() >= rules.unacknowledgedLimit()) {
            throw TurnErrors.queueFull(
                    "submissions of the session that nobody acknowledged",
                    units.size() + 1L,
                    rules.unacknowledgedLimit(),
                    "acknowledge results");
        }
        unitRequest.sequence().ifPresent(this::takeNumber);
        Unit unit = new Unit(unitRequest);
        units.put(unit.id(), unit);
        uploading.add(unit);
        unit.become(UnitState.UPLOADING, null, number + 1);
        tell(TurnEvent.Kind.UNIT, Optional.of(unit), Optional.empty(), now);
        return unit;
    }

    private void takeNumber(long sequence) {
        if (order.taken(sequence)) {
            throw TurnErrors.sequence("SEQUENCE_PAST", sequence, order.expected(), "taken by another submission");
        }
        if (sequence - order.expected() > TurnRules.FARTHEST_SEQUENCE) {
            throw TurnErrors.sequence("SEQUENCE_GAP", sequence, order.expected(), "too far ahead");
        }
        order.take(sequence);
    }

    /** A submission is complete; a gap before it gets its time. */
    void queue(Unit unit, long now) {
        move(unit, UnitState.QUEUED, null, now);
        if (behindGap(unit)) {
            unit.deadline(now + rules.sequenceGapNs());
        }
    }

    private boolean behindGap(Unit unit) {
        return unit.request().sequence().isPresent()
                && order.behindGap(unit.request().sequence().getAsLong());
    }

    /** Changes the state of a submission, and tells it. */
    void move(Unit unit, UnitState next, ChipException why, long now) {
        queued.remove(unit);
        uploading.remove(unit);
        running = running.filter(other -> other != unit);
        if (next == UnitState.QUEUED) {
            queued.add(unit);
        } else {
            unit.request().sequence().ifPresent(order::begun);
        }
        if (next == UnitState.RUNNING) {
            running = Optional.of(unit);
            used = true;
        }
        noteSetup(unit, next);
        unit.become(next, why, number + 1);
        tell(TurnEvent.Kind.UNIT, Optional.of(unit), Optional.ofNullable(why), now);
    }

    /** Tells an event without a submission. */
    void tell(TurnEvent.Kind kind, Optional<ChipException> cause, long now) {
        tell(kind, Optional.empty(), cause, now);
    }

    private void tell(TurnEvent.Kind kind, Optional<Unit> unit, Optional<ChipException> cause, long now) {
        number++;
        events.accept(new TurnEvent(kind, id(), number, now, unit.map(Unit::status), cause));
    }

    Optional<Unit> running() {
        return running;
    }

    /** What this session would run next, if anything can start. */
    Optional<Unit> head() {
        for (Unit unit : queued) {
            if (unit.request().sequence().isEmpty()
                    || order.mayStart(unit.request().sequence().getAsLong())) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** Submissions that wait, in the order in which they were complete. */
    List<Unit> queued() {
        return List.copyOf(queued);
    }

    /** Ends all that wait and all that is on its way; what runs goes on. */
    void endWaiting(UnitState state, Function<Unit, ChipException> why, long now) {
        List<Unit> waiting = new ArrayList<>(queued);
        waiting.addAll(uploading);
        waiting.forEach(unit -> move(unit, state, why.apply(unit), now));
    }

    /** The configuration could not be kept: nothing of this session runs any more. */
    void loseState(ChipException cause, long now) {
        ChipException lost = TurnErrors.stateLost(id(), cause);
        stateLost = Optional.of(lost);
        tell(TurnEvent.Kind.STATE_LOST, stateLost, now);
        endWaiting(UnitState.FAILED, unit -> lost, now);
    }

    /**
     * Another session works on the chip now. A session that wrote its configuration there by programs and has none that
     * restore it must write it again: what relies on it fails, so that nothing runs on what others left.
     */
    void displaced(long now) {
        configurationLost = configured;
        if (lacksConfiguration() && setupOnItsWay().isEmpty()) {
            ChipException lost = TurnErrors.configurationLost(id());
            queued().forEach(unit -> move(unit, UnitState.FAILED, lost, now));
        }
    }

    /** Whether the chip does not hold what this session wrote there, and nothing will restore it. */
    boolean lacksConfiguration() {
        return configurationLost && reinit.height() == 0;
    }

    private Optional<Unit> setupOnItsWay() {
        return Stream.of(queued.stream(), uploading.stream(), running.stream())
                .flatMap(units -> units)
                .filter(unit -> unit.request().setup())
                .findAny();
    }

    private void noteSetup(Unit unit, UnitState end) {
        if (unit.request().setup() && end == UnitState.DONE) {
            configured = true;
            configurationLost = false;
        }
    }

    /** The next submission fails with this, once. */
    void failNext(ChipException failure) {
        reinitFailure = Optional.of(failure);
    }

    Optional<ChipException> takeFailure() {
        Optional<ChipException> failure = reinitFailure;
        reinitFailure = Optional.empty();
        return failure;
    }

    /** Forgets an ended submission but its id. */
    boolean acknowledge(UUID id) {
        Unit unit = units.get(id);
        if (unit == null || !unit.state().terminal()) {
            return false;
        }
        units.remove(id);
        acknowledged.put(id, unit.request().identity());
        if (acknowledged.size() > REMEMBERED) {
            acknowledged.remove(acknowledged.keySet().iterator().next());
        }
        return true;
    }

    /** Forgets an ended submission and its id. */
    void forget(UUID id) {
        Unit unit = units.get(id);
        if (unit != null && unit.state().terminal()) {
            units.remove(id);
        }
    }

    int queuedCount() {
        return queued.size();
    }

    /** Ends what has waited too long. */
    void expire(long now) {
        if (!connected() && now - lastSeenNs >= rules.queueIdleNs()) {
            queued().forEach(unit -> move(
                    unit,
                    UnitState.EXPIRED,
                    TurnErrors.expired(unit.id(), "expired in the queue, nobody connected", rules.queueIdleNs()),
                    now));
        }
        for (Unit unit : List.copyOf(uploading)) {
            if (unit.deadlineNs() <= now) {
                move(
                        unit,
                        UnitState.EXPIRED,
                        TurnErrors.expired(unit.id(), "expired, its upload was not continued", rules.uploadIdleNs()),
                        now);
            }
        }
        queued().stream().filter(unit -> unit.deadlineNs() <= now).forEach(unit -> gapTimeOver(unit, now));
        running.filter(unit -> unit.deadlineNs() <= now).ifPresent(unit -> {
            unit.stop(TurnErrors.executionLimit(unit.id(), unit.executionLimitNs()));
            unit.deadline(Unit.NEVER);
        });
    }

    private void gapTimeOver(Unit unit, long now) {
        if (behindGap(unit)) {
            long sequence = unit.request().sequence().getAsLong();
            ChipException gap =
                    TurnErrors.sequence("SEQUENCE_GAP", sequence, order.expected(), "numbers before it never came");
            move(unit, UnitState.FAILED, gap, now);
        } else {
            unit.deadline(Unit.NEVER);
        }
    }

    /** Whether it is given up because nobody came back. */
    boolean abandoned(long now) {
        return !connected() && running.isEmpty() && now - lastSeenNs >= rules.idleNs(used || !units.isEmpty());
    }

    /** When {@link #expire} or {@link #abandoned} may have something to say next, if nothing else happens. */
    long wakeNs() {
        long wake = running.map(Unit::deadlineNs).orElse(Unit.NEVER);
        for (Unit unit : queued) {
            wake = Math.min(wake, unit.deadlineNs());
        }
        for (Unit unit : uploading) {
            wake = Math.min(wake, unit.deadlineNs());
        }
        if (!connected()) {
            wake = Math.min(wake, queued.isEmpty() ? Unit.NEVER : lastSeenNs + rules.queueIdleNs());
            wake = Math.min(
                    wake, running.isPresent() ? Unit.NEVER : lastSeenNs + rules.idleNs(used || !units.isEmpty()));
        }
        return wake;
    }
}
