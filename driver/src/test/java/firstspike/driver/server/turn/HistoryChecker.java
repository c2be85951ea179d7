package firstspike.driver.server.turn;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.server.turn.SharedChip.Program;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Looks at a history and compares it with what must hold in each: no program runs twice, none is lost, order kept, no turn
 * change inside a list, leases respected, ends final, waits bounded, the chip never idle while somebody may use it, and every
 * part sees the configuration of its own session. Its model of a session is a table of states, nothing more.
 */
final class HistoryChecker implements SharedChip.Watch {

    /** Word that the first reinit entry of a session writes, and word that its second one keeps. */
    static final int MARKER = 1;

    static final int KEPT = 2;

    private final SharedChip chip;
    private final TurnRules rules;
    private final Map<String, Seen> sessions = new LinkedHashMap<>();
    private final Map<Integer, String> writers = new HashMap<>();
    private Optional<UUID> listUnderWay = Optional.empty();
    private Optional<String> holder = Optional.empty();
    private int mostUsers;
    private int mostSessions;
    private long longestWait;
    private long lastEndNs;

    HistoryChecker(SharedChip chip, TurnRules rules) {
        this.chip = chip;
        this.rules = rules;
        chip.watch(this);
    }

    /** What is known of a session. */
    private static final class Seen {
        private final String user;
        private final Map<UUID, One> units = new HashMap<>();
        private final Set<One> waiting = new LinkedHashSet<>();
        private final TreeMap<Long, One> ordered = new TreeMap<>();
        private final long first;
        private long events;
        private boolean hasTurn;
        private Optional<One> running = Optional.empty();
        private boolean ended;
        private boolean lost;
        private Long waitsFrom;
        private int turnsOfOthers;
        private Integer marker;
        private Integer newKept;
        private Integer kept;
        private Integer saved;

        Seen(String user, long first) {
            this.user = user;
            this.first = first;
        }

        /** Whether something could start by the rules of 14.3. */
        boolean couldStart() {
            for (One unit : waiting) {
                if (inOrder(unit)) {
                    return true;
                }
            }
            return false;
        }

        boolean inOrder(One unit) {
            if (unit.sequence.isEmpty()) {
                return true;
            }
            long number = unit.sequence.getAsLong();
            return ordered.headMap(number).size() == number - first
                    && ordered.headMap(number).values().stream().allMatch(One::begun);
        }
    }

    private static final class One {
        private final OptionalLong sequence;
        private final int parts;
        private UnitState state;
        private int partsBegun;
        private int partsDone;

        One(OptionalLong sequence, int parts) {
            this.sequence = sequence;
            this.parts = parts;
        }

        boolean begun() {
            return state != UnitState.QUEUED && state != UnitState.UPLOADING;
        }
    }

    void opened(String session, String user, long first) {
        sessions.put(session, new Seen(user, first));
    }

    void submitted(String session, UnitRequest request) {
        Seen seen = sessions.get(session);
        One one = new One(request.sequence(), request.parts());
        seen.units.put(request.id(), one);
        request.sequence()
                .ifPresent(number -> assertThat(seen.ordered.put(number, one)).isNull());
    }

    /** The session's stack is: the marker, and a kept word with a snapshot. */
    void configured(String session, int marker, int kept) {
        sessions.get(session).marker = marker;
        sessions.get(session).newKept = kept;
    }

    @Override
    public void told(TurnEvent event) {
        noteLease();
        Seen seen = sessions.get(event.session());
        assertThat(seen.ended).as("event after the end: %s", event).isFalse();
        assertThat(event.number()).isEqualTo(++seen.events);
        switch (event.kind()) {
            case UNIT -> {
                assertThat(event.unit().orElseThrow().event()).isEqualTo(event.number());
                unit(seen, event.unit().orElseThrow());
            }
            case TURN_GAINED -> gained(event.session(), seen);
            case TURN_LOST -> seen.hasTurn = false;
            case STATE_LOST -> seen.lost = true;
            case ENDED -> {
                seen.ended = true;
                seen.hasTurn = false;
            }
            case LEASE_LOST -> assertThat(event.cause()).isPresent();
        }
    }

    private static void unit(Seen seen, UnitStatus status) {
        One one = Objects.requireNonNull(seen.units.get(status.id()), "a submission that nobody made");
        boolean legal = one.state == null
                ? status.state() == UnitState.UPLOADING
                : switch (one.state) {
                    case UPLOADING -> status.state() != UnitState.UPLOADING && status.state() != UnitState.RUNNING;
                    case QUEUED ->
                        status.state() == UnitState.RUNNING
                                || status.state().terminal() && status.state() != UnitState.DONE;
                    case RUNNING -> status.state().terminal() && status.state() != UnitState.EXPIRED;
                    default -> false;
                };
        assertThat(legal).as("%s after %s", status, one.state).isTrue();
        if (status.state() == UnitState.RUNNING) {
            assertThat(seen.inOrder(one)).as("order of %s", status).isTrue();
        }
        one.state = status.state();
        seen.waiting.remove(one);
        if (one.state == UnitState.QUEUED) {
            seen.waiting.add(one);
        } else if (one.state == UnitState.RUNNING) {
            seen.running = Optional.of(one);
        } else if (seen.running.filter(other -> other == one).isPresent()) {
            seen.running = Optional.empty();
        }
        if (one.state == UnitState.DONE) {
            assertThat(one.partsDone).isEqualTo(one.parts);
        }
    }

    private void gained(String session, Seen seen) {
        assertThat(sessions.values()).as("one turn at a time").noneMatch(other -> other.hasTurn);
        assertThat(seen.turnsOfOthers)
                .as("turns before that of %s", session)
                .isLessThanOrEqualTo(Math.max(0, mostSessions * mostUsers - 1));
        seen.hasTurn = true;
        sessions.values().stream()
                .filter(other -> other != seen && other.waitsFrom != null)
                .forEach(other -> other.turnsOfOthers++);
    }

    @Override
    public void begun(Step<Program> step, Map<Integer, Integer> memory) {
        noteLease();
        Seen seen = sessions.get(step.session());
        if (!(step instanceof Step.Part<Program> part)) {
            assertThat(listUnderWay).as("a list was torn apart by %s", step).isEmpty();
            return;
        }
        One one = seen.units.get(part.unit());
        assertThat(part.part()).as("each part once, in order").isEqualTo(one.partsBegun++);
        assertThat(one.state).isEqualTo(UnitState.RUNNING);
        assertThat(part.last()).isEqualTo(one.partsBegun == one.parts);
        assertThat(listUnderWay.filter(unit -> !unit.equals(part.unit())))
                .as("turn change inside a list")
                .isEmpty();
        listUnderWay = Optional.of(part.unit());
        assertThat(seen.lost).as("runs though its state is lost").isFalse();
        if (part.part() == 0) {
            firstPart(step.session(), seen, memory);
        }
    }

    private void firstPart(String session, Seen seen, Map<Integer, Integer> memory) {
        assertThat(holder.filter(user -> !user.equals(seen.user)))
                .as("%s runs under the lease of another", session)
                .isEmpty();
        if (seen.waitsFrom != null) {
            longestWait = Math.max(longestWait, chip.now() - seen.waitsFrom);
        }
        if (rules.resetBetweenUsers()) {
            assertThat(writers.values()).as("what %s may find", seen.user).allMatch(seen.user::equals);
        }
        if (seen.marker != null) {
            if (seen.newKept != null) {
                seen.kept = seen.newKept;
                seen.saved = seen.newKept;
                seen.newKept = null;
            }
            assertThat(memory.get(MARKER)).as("configuration of %s", session).isEqualTo(seen.marker);
            assertThat(memory.get(KEPT)).as("kept word of %s", session).isEqualTo(seen.kept);
        }
    }

    @Override
    public void ended(Step<Program> step, Program program, boolean well) {
        Seen seen = sessions.get(step.session());
        lastEndNs = chip.now();
        if (!well || step.kind() == Step.Kind.RESET) {
            writers.clear();
        } else if (program.value().isPresent()) {
            writers.put(program.word(), seen.user);
        }
        if (step.kind() == Step.Kind.SNAPSHOT && well) {
            seen.saved = seen.kept;
        }
        if (!well) {
            seen.kept = seen.saved;
        }
        if (step instanceof Step.Part<Program> part) {
            One one = seen.units.get(part.unit());
            one.partsDone += well ? 1 : 0;
            if (part.last() || !well) {
                listUnderWay = Optional.empty();
            }
            if (well && program.word() == KEPT && program.value().isPresent()) {
                seen.kept = program.value().getAsInt();
            }
        }
    }

    /** Waiting under the lease of another does not count: it begins when that ends. */
    private void noteLease() {
        Optional<String> now = chip.turns.lease(chip.now()).map(Lease::user);
        if (holder.isPresent() && !holder.equals(now)) {
            sessions.values().forEach(seen -> seen.waitsFrom = null);
        }
        holder = now;
    }

    @Override
    public void settled(boolean idle) {
        noteLease();
        Map<String, Integer> active = new HashMap<>();
        for (Seen seen : sessions.values()) {
            if (seen.ended) {
                continue;
            }
            boolean could = seen.couldStart();
            if (could || seen.hasTurn) {
                active.merge(seen.user, 1, Integer::sum);
            }
            boolean waits = could && holder.map(seen.user::equals).orElse(true);
            if (waits && !seen.hasTurn && seen.waitsFrom == null) {
                seen.waitsFrom = chip.now();
                seen.turnsOfOthers = 0;
            } else if (!waits || seen.hasTurn && seen.running.isPresent()) {
                seen.waitsFrom = null;
            }
            if (idle && waits) {
                // the one who has the turn may still come back within its grace
                assertThat(seen.hasTurn).as("idle though its owner could run").isFalse();
                assertThat(chip.now() - lastEndNs < rules.turnGraceNs()
                                && chip.turns.wakeNs() <= lastEndNs + rules.turnGraceNs())
                        .as("idle though %s could run", seen.user)
                        .isTrue();
            }
        }
        mostUsers = Math.max(mostUsers, active.size());
        mostSessions = active.values().stream().mapToInt(i -> i).reduce(mostSessions, Math::max);
    }

    /** Everything is over: nothing is lost, and nobody waited longer than the bound. */
    void over() {
        Set<String> open = new HashSet<>();
        sessions.forEach((id, seen) -> {
            if (!seen.ended) {
                open.add(id);
            }
            assertThat(seen.units.values()).as("lost in %s", id).allMatch(unit -> unit.state.terminal());
        });
        assertThat(open).isEmpty();
        assertThat(chip.turns.sessions()).isZero();
        assertThat(chip.turns.quiet()).isTrue();
        WaitReport report = chip.turns.waits();
        long turn = Math.max(rules.turnPeriodNs(), report.longestChangeNs())
                + rules.turnGraceNs()
                + report.longestUnitNs()
                + report.longestChangeNs();
        long bound = Math.max(report.longestChangeNs(), (mostSessions * mostUsers - 1) * turn);
        assertThat(longestWait).as("longest wait, %s", report).isLessThanOrEqualTo(bound);
        assertThat(report.largestNs()).as(report.toString()).isLessThanOrEqualTo(report.boundNs());
    }

    /** How long anybody waited. */
    long longestWaitNs() {
        return longestWait;
    }
}
