package firstspike.driver.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduledProgramBuilderTest {

    private static final int WORD = 0x0280_0000;

    @Test
    @DisplayName("T195 items issue exactly at their ticks, waits stand only where they are needed")
    void exactness() {
        PlaybackProgram program = spikesAt(0, 1, 2, 10).done().done();

        assertThat(program.words())
                .containsExactly(
                        ToFpga.timerSetup(),
                        ToFpga.spike(1),
                        ToFpga.spike(1),
                        ToFpga.spike(1),
                        ToFpga.waitUntil(9),
                        ToFpga.spike(1));
    }

    @Test
    @DisplayName("T196 a word write takes two ticks, an item two ticks later needs no wait")
    void writeThenItem() {
        PlaybackProgram program = PlaybackProgram.schedule()
                .at(Ticks.of(10))
                .write(WORD, 1)
                .at(Ticks.of(12))
                .spike(1)
                .done()
                .done();

        assertThat(program.words())
                .containsExactly(
                        ToFpga.timerSetup(),
                        ToFpga.waitUntil(9),
                        ToFpga.omnibusWrite(WORD),
                        ToFpga.omnibusData(1),
                        ToFpga.spike(1));
        assertThat(program.notes()).isEmpty();
    }

    @Test
    @DisplayName("T197 an item that comes too soon is late and noted")
    void tooDense() {
        PlaybackProgram program = PlaybackProgram.schedule()
                .at(Ticks.of(10))
                .write(WORD, 1)
                .at(Ticks.of(11))
                .spike(1)
                .done()
                .done();

        assertThat(program.notes()).singleElement().satisfies(note -> {
            assertThat(note.name()).isEqualTo("late-items");
            assertThat(note.count()).isEqualTo(1);
            assertThat(note.text()).contains("by 1 tick");
        });
    }

    @Test
    @DisplayName("T198 spikes of one time travel in packs of three")
    void packs() {
        PlaybackProgram program = spikesAt(100, 100, 100, 100, 100).done().done();

        assertThat(program.words())
                .containsExactly(
                        ToFpga.timerSetup(), ToFpga.waitUntil(99), ToFpga.spikes(1, 1, 1), ToFpga.spikes(1, 1));
    }

    @Test
    @DisplayName("T200 too many writes at one time are refused, naming the first item beyond the limit")
    void failPolicy() {
        ScheduledProgramBuilder schedule = PlaybackProgram.schedule();
        for (int i = 0; i < 2000; i++) {
            schedule.at(Ticks.of(10)).write(WORD, i);
        }

        assertThatThrownBy(schedule::done)
                .isInstanceOf(ProgramRejectedException.class)
                .returns("SCHEDULE_LATE", error -> ((ChipException) error).code())
                .hasMessageContaining("item 626")
                .hasMessageContaining("1250");
    }

    @Test
    @DisplayName("T201 the order of adding has no influence")
    void unsorted() {
        assertThat(spikesAt(10, 2, 0, 1).done().done())
                .isEqualTo(spikesAt(0, 1, 2, 10).done().done());
    }

    @Test
    @DisplayName("T202 shift and scale, half away from zero")
    void shiftAndScale() {
        assertThat(spikesAt(10).shift(Ticks.of(10)).done().done())
                .isEqualTo(spikesAt(20).done().done());
        assertThat(spikesAt(10).scale(10).done().done())
                .isEqualTo(spikesAt(100).done().done());
        assertThat(spikesAt(3).scale(0.5).done().done())
                .isEqualTo(spikesAt(2).done().done());
        assertThatThrownBy(() -> spikesAt(3).scale(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("T204 a timer reset inside a schedule is refused")
    void timerInSchedule() {
        assertThatThrownBy(() -> PlaybackProgram.schedule().at(Ticks.of(5)).timerReset())
                .isInstanceOf(ProgramRejectedException.class)
                .returns("ILLEGAL_SCHEDULE_ITEM", error -> ((ChipException) error).code());
    }

    @Test
    @DisplayName("T205 a schedule equals the instructions written by hand")
    void byHand() {
        int[] addresses = {WORD, WORD + 1};
        PlaybackProgram scheduled = PlaybackProgram.schedule()
                .at(Ticks.of(50))
                .write(addresses, new int[] {1, 2})
                .at(Ticks.of(100))
                .writeDiff(addresses, new int[] {1, 3}, new int[] {1, 2})
                .done()
                .done();

        PlaybackProgram byHand = PlaybackProgram.builder()
                .timerReset()
                .waitUntil(49)
                .write(addresses, new int[] {1, 2})
                .waitUntil(99)
                .write(WORD + 1, 3)
                .done();
        assertThat(scheduled).isEqualTo(byHand);
    }

    private static ScheduledProgramBuilder spikesAt(long... ticks) {
        ScheduledProgramBuilder schedule = PlaybackProgram.schedule();
        for (long tick : ticks) {
            schedule.at(Ticks.of(tick)).spike(1);
        }
        return schedule;
    }
}
