package firstspike.driver.server.turn;

import static firstspike.driver.server.turn.SharedChip.MILLI;
import static firstspike.driver.server.turn.SharedChip.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.server.turn.SharedChip.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The reinit stack (playback.md 10.4), on a chip of a few words. */
class ReinitTest {

    private static final Optional<Program> NONE = Optional.empty();

    private final SharedChip chip = new SharedChip(TurnRules.defaults());

    @BeforeEach
    void twoUsers() {
        chip.open("A", "alice");
        chip.open("B", "bob");
    }

    private void set(String session, int index, Program program, Optional<Program> snapshot) {
        chip.turns.setReinit(session, index, program, snapshot, false);
    }

    private UnitStatus run(String session, Program program) {
        UUID unit = chip.submit(session, program);
        chip.runFor(SECOND);
        return chip.turns.submissions().status(session, unit);
    }

    private int read(String session, int word) {
        return chip.reads.get(run(session, Program.read(word)).id()).get(0);
    }

    @Test
    @DisplayName("T225 A's reinit sets the word to 0xA, B's to 0xB: over 10 alternating submissions each reads its own")
    void onSwitch() {
        set("A", 0, Program.write(1, 0xA), NONE);
        set("B", 0, Program.write(1, 0xB), NONE);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seen.add(read("A", 1));
            seen.add(read("B", 1));
        }
        assertThat(seen).containsExactly(0xA, 0xB, 0xA, 0xB, 0xA, 0xB, 0xA, 0xB, 0xA, 0xB);
    }

    @Test
    @DisplayName("T226 A alone: one reinit over 5 submissions")
    void withoutSwitch() {
        set("A", 0, Program.write(1, 0xA), NONE);
        for (int i = 0; i < 5; i++) {
            assertThat(read("A", 1)).isEqualTo(0xA);
        }
        assertThat(chip.count(Step.Kind.REINIT, "A")).isEqualTo(1);
    }

    @Test
    @DisplayName("T227 A writes 77, its snapshot program reads the word when B comes: A reads 77 again")
    void snapshot() {
        set("A", 0, Program.write(2, 1), Optional.of(Program.read(2)));
        run("A", Program.write(2, 77));
        run("B", Program.write(2, 5));
        assertThat(read("A", 2)).isEqualTo(77);
        assertThat(chip.count(Step.Kind.SNAPSHOT, "A")).isEqualTo(1);
    }

    @Test
    @DisplayName("T229 pushed 0 and 1: pop 0 is refused, pop 1 then 0 works")
    void popOrder() {
        set("A", 0, Program.write(1, 1), NONE);
        set("A", 1, Program.write(1, 2), NONE);
        assertThatThrownBy(() -> chip.turns.popReinit("A", 0))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("REINIT_ORDER", error -> ((ChipException) error).code());
        assertThat(chip.turns.popReinit("A", 1)).isEqualTo(1);
        assertThat(chip.turns.popReinit("A", 0)).isZero();
        assertThatThrownBy(() -> chip.turns.popReinit("A", 0))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("REINIT_ORDER", error -> ((ChipException) error).code());
        assertThatThrownBy(() -> set("A", 1, Program.write(1, 1), NONE))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("REINIT_ORDER", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("T230 a reinit program fails: the next submission fails once, the one after tries again")
    void failure() {
        set("A", 0, Program.failing(), NONE);
        UnitStatus first = run("A", Program.read(1));
        assertThat(first.error()).map(ChipException::code).hasValue("REINIT_FAILED");
        UnitStatus second = run("A", Program.read(1));
        assertThat(second.error()).map(ChipException::code).hasValue("REINIT_FAILED");
        assertThat(chip.unitsServed()).isEmpty();
        assertThat(chip.count(Step.Kind.REINIT, "A")).isEqualTo(2);

        set("A", 0, Program.write(1, 3), NONE);
        assertThat(read("A", 1)).isEqualTo(3);
    }

    @Test
    @DisplayName("T230 when the submission is cancelled while its reinit fails, the next one has the failure")
    void failureWithoutSubmission() {
        chip.turns.setReinit("A", 0, Program.failing(), NONE, false);
        UUID unit = chip.submit("A", Program.read(1));
        chip.turns.submissions().cancel(chip.now(), "A", unit, "its user");
        chip.runFor(SECOND);
        set("A", 0, Program.write(1, 3), NONE);
        assertThat(run("A", Program.read(1)).error()).map(ChipException::code).hasValue("REINIT_FAILED");
        assertThat(read("A", 1)).isEqualTo(3);
    }

    @Test
    @DisplayName("A failed snapshot loses the state: everything further of that session fails, others go on")
    void snapshotFails() {
        set("A", 0, Program.write(1, 1), Optional.of(Program.failing()));
        run("A", Program.read(1));
        assertThat(run("B", Program.read(1)).state()).isEqualTo(UnitState.DONE);
        assertThatThrownBy(() -> run("A", Program.read(1))).isInstanceOf(SessionStateLostException.class);
        assertThat(chip.events.stream().map(TurnEvent::kind)).contains(TurnEvent.Kind.STATE_LOST);
        chip.open("A2", "alice");
        assertThat(run("A2", Program.read(1)).state()).isEqualTo(UnitState.DONE);
    }

    @Test
    @DisplayName("The stack runs from the bottom; enforced entries run again, a changed one alone")
    void stackOrder() {
        set("A", 0, Program.write(1, 1), NONE);
        set("A", 1, Program.write(1, 2), NONE);
        assertThat(read("A", 1)).isEqualTo(2);
        run("A", Program.write(1, 9));
        set("A", 0, Program.write(1, 4), NONE);
        assertThat(read("A", 1)).isEqualTo(4);
        chip.turns.setReinit("A", 0, Program.write(1, 5), NONE, true);
        assertThat(read("A", 1)).isEqualTo(2);
        assertThat(chip.count(Step.Kind.REINIT, "A")).isEqualTo(5);
    }

    @Test
    @DisplayName(
            "After a run that leaves the chip unknown the configuration is written again, and no snapshot is taken of it")
    void unknownState() {
        set("A", 0, Program.write(1, 7), Optional.of(Program.read(1)));
        run("A", Program.write(1, 8));
        assertThat(run("A", Program.failing()).state()).isEqualTo(UnitState.FAILED);
        run("B", Program.write(1, 1));
        assertThat(chip.count(Step.Kind.SNAPSHOT, "A")).isZero();
        assertThat(read("A", 1)).isEqualTo(7);
    }

    @Test
    @DisplayName("Another user finds the chip as if nobody had used it, another session of the same user does not")
    void resetBetweenUsers() {
        run("A", Program.write(1, 7));
        chip.open("A2", "alice");
        assertThat(read("A2", 1)).isEqualTo(7);
        assertThat(read("B", 1)).isZero();
        chip.turns.close(chip.now(), "B", "client");
        run("A", Program.write(1, 8));
        chip.turns.close(chip.now(), "A", "client");
        chip.turns.close(chip.now(), "A2", "client");
        chip.open("B2", "bob");
        assertThat(read("B2", 1)).isZero();
        assertThat(chip.count(Step.Kind.RESET, "B2")).isEqualTo(1);
    }

    @Test
    @DisplayName("Where the rules leave it to the sessions, another user finds what was there")
    void withoutReset() {
        SharedChip shared = new SharedChip(TurnRules.defaults().withoutReset());
        shared.open("A", "alice");
        shared.open("B", "bob");
        shared.submit("A", Program.write(1, 7));
        UUID unit = shared.submit("B", Program.read(1));
        shared.runFor(SECOND);
        assertThat(shared.reads.get(unit)).containsExactly(7);
    }

    @Test
    @DisplayName("A change of an entry while its snapshot is taken wins over the snapshot")
    void changedMeanwhile() {
        set("A", 0, Program.write(1, 7), Optional.of(Program.read(1)));
        run("A", Program.write(1, 8));
        UUID other = chip.submit("B", Program.read(1));
        assertThat(chip.turns.submissions().status("B", other).state()).isEqualTo(UnitState.QUEUED);
        set("A", 0, Program.write(1, 6), NONE);
        chip.runFor(SECOND);
        assertThat(chip.count(Step.Kind.SNAPSHOT, "A")).isEqualTo(1);
        assertThat(read("A", 1)).isEqualTo(6);
    }

    @Test
    @DisplayName("A session that is closed while its snapshot is taken holds nobody up")
    void closedMeanwhile() {
        set("A", 0, Program.write(1, 7), Optional.of(Program.read(1)));
        run("A", Program.read(1));
        UUID other = chip.submit("B", Program.read(1));
        chip.turns.close(chip.now(), "A", "client");
        chip.runFor(10 * MILLI);
        assertThat(chip.turns.submissions().status("B", other).state()).isEqualTo(UnitState.DONE);
        assertThat(chip.turns.sessions()).isEqualTo(1);
    }
}
