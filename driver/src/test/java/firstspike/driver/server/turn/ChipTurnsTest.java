package firstspike.driver.server.turn;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.server.turn.SharedChip.MILLI;
import static firstspike.driver.server.turn.SharedChip.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.InternalChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.server.turn.SharedChip.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Turns, order, leases and expiry on virtual time (playback.md 14.2, 14.3, 14.5). */
class ChipTurnsTest {

    private static final TurnRules RULES = TurnRules.defaults()
            .withTurns(Duration.ofSeconds(2), Duration.ofMillis(20))
            .withoutReset();
    private static final Program SHORT = Program.taking(MILLI);
    private static final Program LONG = Program.taking(SECOND);

    private final SharedChip chip = new SharedChip(RULES);

    @Test
    @DisplayName("T234 sent with sequence 1 then 0, executed 0, 1")
    void inSequence() {
        chip.open("s", "x");
        UUID second = chip.submit("s", 1, SHORT);
        UUID first = chip.submit("s", 0, SHORT);
        chip.runFor(SECOND);
        assertThat(chip.unitsServed()).containsExactly(first, second);
    }

    @Test
    @DisplayName("T235 0, 1, then 1 with a new id: SEQUENCE_PAST with 2 as the expected number")
    void past() {
        chip.open("s", "x");
        chip.submit("s", 0, SHORT);
        chip.submit("s", 1, SHORT);
        assertThatThrownBy(() -> chip.submit("s", 1, SHORT))
                .returns("SUBMISSION_CONFLICT", error -> ((ChipException) error).code())
                .isInstanceOfSatisfying(
                        InternalChipException.class, e -> assertThat(e.detail().fields())
                                .containsEntry("reason", "SEQUENCE_PAST")
                                .containsEntry("expected", "2"));
        chip.runFor(SECOND);
        assertThat(chip.unitsServed()).hasSize(2);
    }

    @Test
    @DisplayName("A gap that stays open for 30 s fails what waits behind it, and its number is used up")
    void gap() {
        chip.open("s", "x");
        UUID ahead = chip.submit("s", 2, SHORT);
        UUID unordered = chip.submit("s", SHORT);
        chip.runFor(30 * SECOND - 1);
        assertThat(state("s", ahead)).isEqualTo(UnitState.QUEUED);
        chip.runFor(1);
        assertThat(chip.turns
                        .submissions()
                        .status("s", ahead)
                        .error()
                        .orElseThrow()
                        .detail()
                        .fields())
                .containsEntry("reason", "SEQUENCE_GAP")
                .containsEntry("expected", "0");
        assertThat(state("s", unordered)).isEqualTo(UnitState.DONE);

        chip.submit("s", 0, SHORT);
        UUID last = chip.submit("s", 1, SHORT);
        UUID next = chip.submit("s", 3, SHORT);
        chip.runFor(SECOND);
        assertThat(List.of(state("s", last), state("s", next))).containsOnly(UnitState.DONE);
    }

    @Test
    @DisplayName("A number that is absurdly far ahead is refused at once; a session begins at the number it asked for")
    void farAhead() {
        chip.turns.open(0, new SessionRequest("s", "x", false, Optional.empty(), 7));
        chip.turns.attach(0, "s");
        assertThatThrownBy(() -> chip.submit("s", 1L << 40, SHORT))
                .returns("SUBMISSION_CONFLICT", error -> ((ChipException) error).code())
                .isInstanceOfSatisfying(
                        InternalChipException.class, e -> assertThat(e.detail().fields())
                                .containsEntry("reason", "SEQUENCE_GAP")
                                .containsEntry("expected", "7"));
        UUID first = chip.submit("s", 7, SHORT);
        chip.runFor(SECOND);
        assertThat(state("s", first)).isEqualTo(UnitState.DONE);
    }

    private UnitState state(String session, UUID unit) {
        return chip.turns.submissions().status(session, unit).state();
    }

    @Test
    @DisplayName(
            "T232 T233 the same id answers the same submission; with another identity it is refused, also when acknowledged")
    void identity() {
        chip.open("s", "x");
        UUID id = chip.submit("s", SHORT);
        chip.submit("s", id, OptionalLong.empty(), SharedChip.UNLIMITED, SHORT);
        chip.runFor(SECOND);
        chip.submit("s", id, OptionalLong.empty(), SharedChip.UNLIMITED, SHORT);
        chip.runFor(SECOND);
        assertThat(chip.unitsServed()).containsExactly(id);

        UnitRequest same = chip.request(id, OptionalLong.empty(), SHORT);
        UnitRequest other = chip.request(id, OptionalLong.empty(), LONG);
        assertThatThrownBy(() -> chip.turns.submissions().submit(chip.now(), "s", other))
                .isInstanceOf(InternalChipException.class)
                .returns("SUBMISSION_CONFLICT", error -> ((ChipException) error).code());
        assertThat(chip.turns.submissions().acknowledge(chip.now(), "s", id)).isTrue();
        assertThat(chip.turns.submissions().acknowledge(chip.now(), "s", id)).isFalse();
        assertThatThrownBy(() -> chip.turns.submissions().submit(chip.now(), "s", other))
                .isInstanceOf(InternalChipException.class)
                .returns("SUBMISSION_CONFLICT", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> chip.turns.submissions().submit(chip.now(), "s", same))
                .isInstanceOf(SessionUnknownException.class);
    }

    @Test
    @DisplayName("T244 cancelled while another runs: CANCELLED, never executed, and its number is used up")
    void cancelQueued() {
        chip.open("s", "x");
        UUID runs = chip.submit("s", 0, LONG);
        UUID waits = chip.submit("s", 1, LONG);
        UUID last = chip.submit("s", 2, LONG);
        chip.turns.submissions().cancel(chip.now(), "s", waits, "its user");
        chip.runFor(10 * SECOND);
        assertThat(chip.unitsServed()).containsExactly(runs, last);
        assertThat(state("s", waits)).isEqualTo(UnitState.CANCELLED);
    }

    @Test
    @DisplayName("T246 cancelled after DONE: no effect, stays DONE")
    void cancelFinished() {
        chip.open("s", "x");
        UUID unit = chip.submit("s", SHORT);
        chip.runFor(SECOND);
        int events = chip.events.size();
        assertThat(chip.turns
                        .submissions()
                        .cancel(chip.now(), "s", unit, "its user")
                        .state())
                .isEqualTo(UnitState.DONE);
        chip.runFor(SECOND);
        assertThat(state("s", unit)).isEqualTo(UnitState.DONE);
        assertThat(chip.events).hasSize(events);
    }

    @Test
    @DisplayName("A running submission is asked to stop when it is cancelled, and its list ends there")
    void cancelRunning() {
        chip.open("s", "x");
        UUID unit = chip.submit("s", LONG, LONG, LONG);
        chip.runFor(1500 * MILLI);
        chip.turns.submissions().cancel(chip.now(), "s", unit, "its user");
        assertThat(chip.turns.stopWanted()).containsInstanceOf(CancelledException.class);
        chip.runFor(2 * MILLI);
        UnitStatus status = chip.turns.submissions().status("s", unit);
        assertThat(status.state()).isEqualTo(UnitState.CANCELLED);
        assertThat(status.partsEnded()).isEqualTo(2);
        assertThat(chip.turns.stopWanted()).isEmpty();
    }

    @Test
    @DisplayName("T248 a part that takes longer than its limit is stopped and FAILED with EXECUTION_LIMIT")
    void executionLimit() {
        chip.open("s", "x");
        UUID unit = new UUID(1, 1);
        chip.submit("s", unit, OptionalLong.empty(), SECOND, Program.taking(10 * SECOND));
        chip.runFor(SECOND - 1);
        assertThat(chip.turns.stopWanted()).isEmpty();
        chip.runFor(1);
        assertThat(chip.turns.stopWanted()).containsInstanceOf(DeadlineExceededException.class);
    }

    @Test
    @DisplayName("T249 X queues 100 programs of 1 s, Y one: it starts after at most 3 of X")
    void fairTurns() {
        chip.open("a", "X");
        chip.open("b", "Y");
        for (int i = 0; i < 100; i++) {
            chip.submit("a", LONG);
        }
        UUID other = chip.submit("b", LONG);
        chip.runFor(200 * SECOND);
        assertThat(chip.sessionsServed().indexOf("b")).isBetween(1, 3);
        assertThat(state("b", other)).isEqualTo(UnitState.DONE);
        assertThat(chip.unitsServed()).hasSize(101);
        assertWaitsInBound();
    }

    private void assertWaitsInBound() {
        WaitReport waits = chip.turns.waits();
        assertThat(waits.largestNs()).as(waits.toString()).isPositive().isLessThanOrEqualTo(waits.boundNs());
    }

    @Test
    @DisplayName("T250 X submits a list of 5, Y waits: it starts after the list")
    void listIsOneUnit() {
        chip.open("a", "X");
        chip.open("b", "Y");
        chip.submit("a", LONG, LONG, LONG, LONG, LONG);
        chip.submit("a", LONG);
        chip.submit("b", LONG);
        chip.runFor(20 * SECOND);
        assertThat(chip.sessionsServed()).containsExactly("a", "a", "a", "a", "a", "b", "a");
        assertWaitsInBound();
    }

    @Test
    @DisplayName("The first part of a list that fails stops the rest")
    void listStops() {
        chip.open("a", "X");
        UUID list = chip.submit("a", SHORT, Program.failing(), SHORT);
        chip.runFor(SECOND);
        UnitStatus status = chip.turns.submissions().status("a", list);
        assertThat(status.state()).isEqualTo(UnitState.FAILED);
        assertThat(status.partsEnded()).isEqualTo(2);
        assertThat(chip.unitsServed()).hasSize(2);
    }

    @Test
    @DisplayName("T251 X leases and drops the connection: another session of X runs, Y is refused or waits for the end")
    void exclusiveLease() {
        chip.open("a1", "X");
        chip.turns.acquireLease(0, "lease", "X", 60 * SECOND);
        chip.turns.detach(0, "a1");
        chip.open("a2", "X");
        UUID ours = chip.submit("a2", LONG);
        chip.turns.open(0, new SessionRequest("hasty", "Y", false, Optional.empty(), 0));
        chip.turns.open(0, SessionRequest.of("patient", "Y"));
        chip.turns.attach(0, "patient");
        assertBusy(() -> chip.turns.open(0, new SessionRequest("other", "Y", true, Optional.empty(), 0)));
        assertBusy(() -> chip.turns.acquireLease(0, "second", "X", SECOND));
        UUID waits = chip.submit("patient", LONG);
        chip.runFor(59 * SECOND);
        assertThat(state("a2", ours)).isEqualTo(UnitState.DONE);
        assertThat(state("patient", waits)).isEqualTo(UnitState.QUEUED);
        chip.runFor(5 * SECOND);
        assertThat(state("patient", waits)).isEqualTo(UnitState.DONE);
        assertThat(chip.startOf(waits)).isEqualTo(60 * SECOND);
        assertThatThrownBy(() -> chip.turns.renewLease(chip.now(), "lease", SECOND))
                .isInstanceOf(TargetUnavailableException.class)
                .returns("LEASE_LOST", error -> ((ChipException) error).code());
    }

    private static void assertBusy(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ChipBusyException.class, e -> assertThat(
                        e.detail().fields())
                .containsEntry("holder", "X")
                .containsEntry("until", "60 s"));
    }

    @Test
    @DisplayName("T251 a session without patience is refused a submission while somebody else leases or uses the chip")
    void noWait() {
        chip.open("a", "X");
        chip.turns.open(0, new SessionRequest("b", "Y", true, Optional.empty(), 0));
        chip.turns.attach(0, "b");
        chip.turns.acquireLease(0, "lease", "X", 60 * SECOND);
        UnitRequest request = chip.request(new UUID(1, 1), OptionalLong.empty(), SHORT);
        assertBusy(() -> chip.turns.submissions().submit(0, "b", request));
        chip.runFor(60 * SECOND);
        UUID first = chip.submit("b", SHORT);
        UUID second = chip.submit("b", SHORT);
        chip.runFor(SECOND);
        assertThat(List.of(state("b", first), state("b", second))).containsOnly(UnitState.DONE);

        chip.submit("a", LONG);
        assertThatThrownBy(() -> chip.turns.submissions().submit(chip.now(), "b", request))
                .isInstanceOfSatisfying(
                        ChipBusyException.class,
                        e -> assertThat(e.detail().fields()).containsEntry("holder", "X"));
        chip.runFor(2 * SECOND);
        chip.turns.submissions().submit(chip.now(), "b", request);
        chip.submit("a", LONG);
        assertThat(chip.turns
                        .submissions()
                        .uploaded(chip.now(), "b", request.id(), SECOND, 0)
                        .state())
                .isEqualTo(UnitState.FAILED);
    }

    @Test
    @DisplayName("An exclusive session keeps its lease while it is connected, loses it ttl after, and with its end")
    void leaseOfSession() {
        SessionRequest.Exclusive lease = new SessionRequest.Exclusive("lease", 10 * SECOND);
        chip.turns.open(0, new SessionRequest("a", "X", false, Optional.of(lease), 0));
        chip.turns.attach(0, "a");
        chip.runFor(100 * SECOND);
        assertThat(chip.turns.lease(chip.now()).orElseThrow())
                .isEqualTo(new Lease("lease", "X", 110 * SECOND, Optional.of("a")));
        chip.turns.detach(chip.now(), "a");
        chip.runFor(10 * SECOND - 1);
        assertThat(chip.turns.lease(chip.now())).isPresent();
        chip.runFor(1);
        assertThat(chip.turns.lease(chip.now())).isEmpty();
        assertThat(chip.events.get(chip.events.size() - 1).kind()).isEqualTo(TurnEvent.Kind.LEASE_LOST);

        chip.open("c", "Z");
        UUID waits = chip.submit("c", SHORT);
        chip.runFor(SECOND);
        assertThat(chip.startOf(waits)).isEqualTo(110 * SECOND);
        chip.turns.open(chip.now(), new SessionRequest("b", "Y", false, Optional.of(lease), 0));
        assertThat(chip.turns.lease(chip.now())).isPresent();
        chip.turns.close(chip.now(), "b", "client");
        assertThat(chip.turns.lease(chip.now())).isEmpty();
    }

    @Test
    @DisplayName("Leases are renewed and released; their length has limits")
    void leaseLimits() {
        chip.turns.acquireLease(0, "lease", "X", SECOND);
        chip.turns.renewLease(SECOND - 1, "lease", 3600 * SECOND);
        assertThat(chip.turns.lease(100 * SECOND).orElseThrow().endNs()).isEqualTo(3601 * SECOND - 1);
        assertThatThrownBy(() -> chip.turns.renewLease(0, "lease", 3600 * SECOND + 1))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code());
        assertThat(chip.turns.releaseLease(0, "other")).isFalse();
        assertThat(chip.turns.releaseLease(0, "lease")).isTrue();
        assertThat(chip.turns.lease(0)).isEmpty();
    }

    @Test
    @DisplayName(
            "T252 all connections dropped for 10 s: same session, queued work kept; after 30 s it expires, what runs ends well")
    void disconnect() {
        chip.open("s", "x");
        UUID runs = chip.submit("s", Program.taking(45 * SECOND));
        UUID waits = chip.submit("s", LONG);
        chip.turns.detach(0, "s");
        chip.runFor(10 * SECOND);
        chip.turns.attach(chip.now(), "s");
        assertThat(state("s", waits)).isEqualTo(UnitState.QUEUED);
        chip.turns.detach(chip.now(), "s");
        chip.runFor(30 * SECOND - 1);
        assertThat(state("s", waits)).isEqualTo(UnitState.QUEUED);
        chip.runFor(1);
        assertThat(state("s", waits)).isEqualTo(UnitState.EXPIRED);
        chip.runFor(10 * SECOND);
        assertThat(state("s", runs)).isEqualTo(UnitState.DONE);
        chip.runFor(260 * SECOND - 1);
        assertThat(chip.turns.sessions()).isEqualTo(1);
        chip.runFor(1);
        assertThat(chip.turns.sessions()).isZero();
        assertThat(chip.events.get(chip.events.size() - 1).kind()).isEqualTo(TurnEvent.Kind.ENDED);
        assertThatThrownBy(() -> chip.turns.submissions().statuses("s")).isInstanceOf(SessionUnknownException.class);
    }

    @Test
    @DisplayName("A broken upload expires after 60 s unless it is continued")
    void uploads() {
        chip.open("s", "x");
        UnitRequest request = chip.request(new UUID(1, 1), OptionalLong.empty(), SHORT);
        chip.turns.submissions().submit(0, "s", request);
        chip.turns.submissions().uploadBroken(0, "s", request.id());
        chip.runFor(59 * SECOND);
        chip.turns.submissions().uploadContinued(chip.now(), "s", request.id());
        chip.runFor(59 * SECOND);
        chip.turns.submissions().uploadBroken(chip.now(), "s", request.id());
        chip.runFor(60 * SECOND - 1);
        assertThat(state("s", request.id())).isEqualTo(UnitState.UPLOADING);
        chip.runFor(1);
        assertThat(state("s", request.id())).isEqualTo(UnitState.EXPIRED);
        chip.turns.submissions().uploaded(chip.now(), "s", request.id(), SECOND, 0);
        assertThat(state("s", request.id())).isEqualTo(UnitState.EXPIRED);
    }

    @Test
    @DisplayName(
            "T271 X submits 5 ms after each result, Y waits: one snapshot and one reinit a turn of 2 s, Y's wait in its bound")
    void turnGrace() {
        chip.open("a", "X");
        chip.open("b", "Y");
        for (String session : List.of("a", "b")) {
            chip.turns.setReinit(session, 0, Program.write(1, 1), Optional.of(Program.read(1)), false);
        }
        resubmits("a", 50 * MILLI, 5 * MILLI);
        chip.runFor(SECOND / 2);
        for (int i = 0; i < 1000; i++) {
            chip.submit("b", Program.taking(50 * MILLI));
        }
        chip.runFor(40 * SECOND);
        assertThat(chip.count(Step.Kind.SNAPSHOT, "a")).isBetween(9L, 11L);
        assertThat(chip.count(Step.Kind.REINIT, "a")).isBetween(9L, 11L);
        assertThat(turnLengths("a")).allMatch(length -> length >= 1900 * MILLI && length <= 2100 * MILLI);
        WaitReport waits = chip.turns.waits();
        assertThat(waits.users()).isEqualTo(2);
        assertThat(waits.boundNs())
                .isEqualTo(2 * SECOND + 20 * MILLI + waits.longestUnitNs() + waits.longestChangeNs());
        assertWaitsInBound();
    }

    private void resubmits(String session, long takesNs, long pauseNs) {
        chip.watch(new SharedChip.Watch() {
            @Override
            public void told(TurnEvent event) {
                boolean done = event.unit()
                        .filter(unit -> unit.state() == UnitState.DONE)
                        .isPresent();
                if (done && event.session().equals(session)) {
                    chip.at(chip.now() + pauseNs, () -> chip.submit(session, Program.taking(takesNs)));
                }
            }
        });
        chip.submit(session, Program.taking(takesNs));
    }

    private List<Long> turnLengths(String session) {
        List<Long> lengths = new ArrayList<>();
        long gained = -1;
        for (TurnEvent event : chip.events) {
            if (event.session().equals(session) && event.kind() == TurnEvent.Kind.TURN_GAINED) {
                gained = event.atNs();
            } else if (event.session().equals(session) && event.kind() == TurnEvent.Kind.TURN_LOST) {
                lengths.add(event.atNs() - gained);
            }
        }
        return lengths;
    }

    @Test
    @DisplayName("A user with ten sessions gets no more turns than a user with one; its sessions share them")
    void usersShare() {
        List<String> sessions = new ArrayList<>(Collections.nCopies(11, ""));
        for (int i = 0; i < 11; i++) {
            sessions.set(i, i == 10 ? "single" : "many" + i);
            chip.open(sessions.get(i), i == 10 ? "Y" : "X");
        }
        for (int i = 0; i < 40; i++) {
            sessions.forEach(session -> chip.submit(session, Program.taking(2 * SECOND)));
        }
        chip.runFor(81 * SECOND);
        List<String> served = chip.sessionsServed();
        assertThat(served.stream().filter("single"::equals)).hasSizeBetween(19, 21);
        for (int i = 0; i < 10; i++) {
            String session = "many" + i;
            assertThat(served.stream().filter(session::equals)).hasSizeBetween(1, 3);
        }
        assertWaitsInBound();
    }

    @Test
    @DisplayName("A training that pauses longer than the grace gives the turn up, within the period it keeps it")
    void graceEnds() {
        chip.open("a", "X");
        chip.open("b", "Y");
        chip.submit("a", SHORT);
        chip.runFor(10 * MILLI);
        UUID other = chip.submit("b", SHORT);
        chip.runFor(SECOND);
        assertThat(chip.startOf(other)).isEqualTo(21 * MILLI);
    }

    @Test
    @DisplayName("Draining refuses what is new and what waits, a running list finishes")
    void drain() {
        chip.open("a", "X");
        UUID list = chip.submit("a", LONG, LONG);
        UUID waits = chip.submit("a", LONG);
        chip.turns.drain(chip.now());
        assertThat(chip.turns
                        .submissions()
                        .status("a", waits)
                        .error()
                        .orElseThrow()
                        .detail()
                        .fields())
                .containsEntry("reason", "DRAINING");
        assertThatThrownBy(() -> chip.submit("a", LONG)).isInstanceOf(ChipBusyException.class);
        assertThatThrownBy(() -> chip.open("b", "Y")).isInstanceOf(ChipBusyException.class);
        assertThat(chip.turns.quiet()).isFalse();
        chip.runFor(3 * SECOND);
        assertThat(state("a", list)).isEqualTo(UnitState.DONE);
        assertThat(chip.turns.quiet()).isTrue();
    }

    @Test
    @DisplayName("A closed session is unknown at once; its last event comes when what ran of it has ended")
    void close() {
        chip.open("a", "X");
        chip.submit("a", LONG, LONG);
        UUID waits = chip.submit("a", LONG);
        chip.turns.close(chip.now(), "a", "client");
        chip.turns.close(chip.now(), "a", "client");
        assertThatThrownBy(() -> chip.submit("a", LONG)).isInstanceOf(SessionUnknownException.class);
        chip.open("b", "Y");
        chip.submit("b", SHORT);
        chip.runFor(SECOND);
        assertThat(chip.unitsServed()).hasSize(2).doesNotContain(waits);
        List<TurnEvent> ofA = chip.events.stream()
                .filter(event -> event.session().equals("a"))
                .toList();
        assertThat(ofA.get(ofA.size() - 1).kind()).isEqualTo(TurnEvent.Kind.ENDED);
        assertThat(ofA.stream().map(TurnEvent::number)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("The queue of a session is limited, and so is what it never acknowledges")
    void quotas() {
        SharedChip small = new SharedChip(new TurnRules(SECOND, 0, SECOND, SECOND, SECOND, SECOND, 2, 4, false));
        small.open("a", "X");
        small.submit("a", LONG);
        small.submit("a", LONG);
        small.submit("a", LONG);
        assertThatThrownBy(() -> small.submit("a", LONG))
                .returns("QUOTA_EXCEEDED", error -> ((ChipException) error).code())
                .isInstanceOfSatisfying(
                        TargetUnavailableException.class,
                        e -> assertThat(e.detail().fields()).containsEntry("reason", "QUEUE_FULL"));
        small.runFor(4 * SECOND);
        small.submit("a", LONG);
        small.runFor(4 * SECOND);
        assertThatThrownBy(() -> small.submit("a", LONG))
                .isInstanceOf(TargetUnavailableException.class)
                .returns("QUOTA_EXCEEDED", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("A submission knows how many run before it")
    void place() {
        chip.open("a", "X");
        chip.open("b", "Y");
        UUID runs = chip.submit("a", LONG);
        UUID second = chip.submit("a", LONG);
        UUID other = chip.submit("b", LONG);
        assertThat(chip.turns.submissions().place("a", runs).before()).isZero();
        assertThat(chip.turns.submissions().place("a", second).before()).isEqualTo(1);
        assertThat(chip.turns.submissions().place("b", other).before()).isEqualTo(1);
    }

    @Test
    @DisplayName("A clock that goes back changes nothing; a step that did not begin cannot end")
    void clockJumps() {
        chip.open("a", "X");
        chip.turns.acquireLease(100 * SECOND, "lease", "X", 10 * SECOND);
        assertThat(chip.turns.lease(0).orElseThrow().endNs()).isEqualTo(110 * SECOND);
        assertThatThrownBy(() -> chip.turns.ended(0, StepEnd.done())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> chip.turns.open(0, SessionRequest.of("a", "X")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("What was taken in and turns out to be wrong fails before it runs")
    void refused() {
        chip.open("a", "X");
        ChipException wrong = new ProgramRejectedException(MALFORMED_REQUEST, "hash", "1", "2", "send it again");
        UnitRequest request = chip.request(new UUID(1, 1), OptionalLong.of(0), SHORT);
        chip.turns.submissions().submit(0, "a", request);
        assertThat(chip.turns.submissions().refuse(0, "a", request.id(), wrong).error())
                .contains(wrong);
        UUID next = chip.submit("a", 1, SHORT);
        chip.runFor(SECOND);
        assertThat(chip.unitsServed()).containsExactly(next);
    }
}
