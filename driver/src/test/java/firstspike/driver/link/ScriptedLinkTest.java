package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.TicketNotReadyException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedLinkTest {

    private final ScriptedLink chip = new ScriptedLink();
    private final PlaybackProgramBuilder builder = PlaybackProgram.builder();

    @Test
    @DisplayName("T211 unscripted, reads answer 0, markers loop back, times are not synchronised")
    void unscripted() {
        Ticket<Integer> one = builder.read(0x10);
        Ticket<Integer> two = builder.read(0x11);
        Ticket<Long> jtag = builder.jtagRead(1, 32, 0);
        Ticket<Marker> first = builder.marker();
        Ticket<Marker> second = builder.marker();

        RunResult result = chip.run(builder.done(), RunOptions.defaults());

        assertThat(result.get(one)).isZero();
        assertThat(result.get(two)).isZero();
        assertThat(result.get(jtag)).isZero();
        assertThat(result.fpgaTime(first)).isEqualTo(4);
        assertThat(result.fpgaTime(second)).isEqualTo(5);
        assertThat(result.timeBase()).isEqualTo(TimeBase.UNSYNCED);
        assertThat(result.spikes().size()).isZero();
        chip.verifyAllConsumed();
    }

    @Test
    @DisplayName("T185 a partial result holds the tickets that were answered and no others")
    void partialAvailability() {
        Ticket<Integer> answered = builder.read(0x10);
        Ticket<Integer> missing = builder.read(0x11);
        chip.onRead(0x10, 7).deliverOmnibusResponses(1);

        RunResult partial = RunResult.before(failed(builder.done(), IncompleteResponseException.class))
                .orElseThrow();

        assertThat(partial.get(answered)).isEqualTo(7);
        assertThatThrownBy(() -> partial.get(missing)).isInstanceOf(TicketNotReadyException.class);
    }

    @Test
    @DisplayName("T188 one response more than expected is an error with both numbers")
    void surplus() {
        builder.read(0x10);
        chip.deliverOmnibusResponses(2);

        assertThat(failed(builder.done(), IncompleteResponseException.class)
                        .detail()
                        .fields())
                .containsEntry("expected", "1")
                .containsEntry("received", "2");
    }

    @ParameterizedTest(name = "T191 time-out notification {0} behind the last instruction: {1}")
    @CsvSource({"0, at halt", "5, index invalid"})
    void timeoutIndexAtTheEnd(int behind, String text) {
        PlaybackProgram program = builder.write(0x10, 1).done();
        chip.failWithTimeoutAt(program.size() + behind);

        InstructionTimeoutException timeout = failed(program, InstructionTimeoutException.class);

        assertThat(timeout).hasMessageContaining(text);
        assertThat(timeout.chipStateKnown()).isFalse();
    }

    @Test
    @DisplayName("A time-out inside the program names the instruction and up to ten before it")
    void timeoutInside() {
        PlaybackProgram program = builder.repeat(10, b -> b.write(0x10, 1)).done();
        chip.failWithTimeoutAt(15);

        InstructionTimeoutException timeout = failed(program, InstructionTimeoutException.class);

        assertThat(timeout).hasMessageContaining("OMNIBUS_DATA");
        assertThat(timeout.detail().fields().get("context").lines()).hasSize(10);
    }

    @Test
    @DisplayName("Scripted spikes keep label and chip time and come in order of time")
    void spikes() {
        chip.expect(program -> program.size() == 2).answer(ScriptedLink.spike(3, 500), ScriptedLink.spike(0xffff, 0));
        chip.emit(9, 1L << 34);

        SpikeColumns spikes =
                chip.run(builder.write(0x10, 1).done(), RunOptions.defaults()).spikes();

        assertThat(spikes.chipTimes()).containsExactly(0, 500, 1L << 34);
        assertThat(spikes.label(0)).isEqualTo(0xffff);
        assertThat(spikes.label(2)).isEqualTo(9);
        chip.verifyAllConsumed();
    }

    @Test
    @DisplayName("What was scripted and never happened is listed")
    void notConsumed() {
        chip.expect(program -> false).answer();
        chip.onRead(0x20, 1).emit(1, 1).onMarker(5).failNth(3, new ChipBusyException("chip", "busy", "", "wait"));

        assertThatThrownBy(chip::verifyAllConsumed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expectation 1")
                .hasMessageContaining("0x00000020")
                .hasMessageContaining("run 3")
                .hasMessageContaining("emitted spikes")
                .hasMessageContaining("marker");
    }

    @Test
    @DisplayName("Only the n-th run fails, and delays pass on the clock")
    void failsNthAndDelays() {
        TestClock clock = TestClock.jumping();
        ScriptedLink slow = new ScriptedLink(clock);
        slow.failNth(2, new ChipBusyException("chip", "busy", "", "wait"));
        slow.delay(Duration.ofSeconds(2)).nanosPerInstruction(10);
        PlaybackProgram program = builder.write(0x10, 1).done();

        slow.run(program, RunOptions.defaults());
        assertThatThrownBy(() -> slow.run(program, RunOptions.defaults())).isInstanceOf(ChipBusyException.class);
        slow.run(program, RunOptions.defaults());

        assertThat(clock.nanoTime()).isEqualTo(2_000_000_060L);
        assertThat(slow.programs()).containsExactly(program, program, program);
    }

    private <E extends RunFailedException> E failed(PlaybackProgram program, Class<E> type) {
        return catchThrowableOfType(type, () -> chip.run(program, RunOptions.defaults()));
    }
}
