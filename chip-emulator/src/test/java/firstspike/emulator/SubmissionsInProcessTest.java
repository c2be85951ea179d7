package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.Submission;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Submissions and the re-initialisation stack of a chip in this process. */
@Timeout(60)
class SubmissionsInProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @DisplayName("Submitted programs run in order, and before whatever is called later")
    void inOrder() {
        try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
            Submission first = chip.submit(empty(), RunOptions.defaults());
            Submission second = chip.submit(empty(), RunOptions.defaults());

            long third = chip.run(empty(), RunOptions.defaults()).provenance().programOrdinal();

            assertThat(first.state()).isEqualTo(Submission.State.DONE);
            assertThat(first.result(PATIENCE).provenance().programOrdinal()).isZero();
            assertThat(second.result(PATIENCE).provenance().programOrdinal()).isEqualTo(1);
            assertThat(third).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A running submission is cancelled, one behind it never runs, and the chip goes on")
    void cancelled() {
        try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
            PlaybackProgramBuilder endless = PlaybackProgram.builder();
            for (int i = 0; i < 100_000; i++) {
                endless.pause((1L << 32) - 2);
            }
            Submission running = chip.submit(endless.done(), RunOptions.defaults());
            Submission queued = chip.submit(empty(), RunOptions.defaults());

            queued.cancel();
            running.cancel();

            assertThatThrownBy(() -> running.result(PATIENCE)).isInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> queued.result(PATIENCE)).isInstanceOf(CancelledException.class);
            assertThat(queued.state()).isEqualTo(Submission.State.CANCELLED);
            assertThat(chip.run(empty(), RunOptions.defaults()).health().lossFree())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("A chip of its own keeps the re-initialisation stack, checks it and never runs it")
    void keptStack() {
        try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
            ReinitStack stack = chip.reinit();
            PlaybackProgramBuilder jtag = PlaybackProgram.builder();
            jtag.jtagRead(1, 32, 0);
            PlaybackProgram reading = jtag.done();

            assertThat(stack.push(empty(), Optional.of(empty()))).isZero();
            stack.update(0, empty(), Optional.empty());
            stack.enforce();
            assertThatThrownBy(() -> stack.update(1, empty(), Optional.empty()))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("REINIT_ORDER", error -> ((ChipException) error).code());
            assertThatThrownBy(() -> stack.push(empty(), Optional.of(reading)))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("ILLEGAL_SNAPSHOT", error -> ((ChipException) error).code());
            stack.pop();
            assertThatThrownBy(stack::pop)
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("REINIT_ORDER", error -> ((ChipException) error).code());

            assertThat(chip.run(empty(), RunOptions.defaults()).provenance().programOrdinal())
                    .isZero();
        }
    }

    @Test
    @DisplayName("A chip that links of one process share has no stack: nobody would run it")
    void sharedChip() {
        EmulatorSource source = EmulatorSource.of("emu:nominal?seed=0");
        try (EmulatedChip chip = source.open(
                source.chips().get(0).chipId(), LinkOptions.defaults().withShared("ours"))) {
            assertThatThrownBy(chip::reinit).isInstanceOf(UnsupportedOnTargetException.class);
        }
    }

    private static PlaybackProgram empty() {
        return PlaybackProgram.builder().done();
    }
}
