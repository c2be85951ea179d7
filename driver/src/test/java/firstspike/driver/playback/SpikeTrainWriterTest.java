package firstspike.driver.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpikeTrainWriterTest {

    @Test
    @DisplayName("T208 a long train has the words of a schedule of the same spikes")
    void equalsTheSchedule() {
        int count = 20_000;
        Random random = new Random(208);
        long[] ticks = new long[count];
        short[] labels = new short[count];
        long tick = 5;
        ScheduledProgramBuilder schedule = PlaybackProgram.schedule();
        for (int i = 0; i < count; i++) {
            tick += random.nextInt(3);
            ticks[i] = tick;
            labels[i] = (short) random.nextInt(1 << 16);
            schedule.at(Ticks.of(tick)).spike(labels[i] & 0xffff);
        }
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();

        long after = SpikeTrainWriter.append(builder, 0, ticks, labels, count);

        assertThat(after).isGreaterThan(tick);
        assertThat(builder.done().words()).isEqualTo(schedule.done().done().words());
    }

    @Test
    @DisplayName("T208 a spike before the one in front of it is named by its index")
    void unsorted() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();

        assertThatThrownBy(() -> SpikeTrainWriter.append(builder, 0, new long[] {1, 5, 4}, new short[3], 3))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("UNSORTED_SPIKE_TRAIN", error -> ((ChipException) error).code())
                .hasMessageContaining("spike 2");
    }

    @Test
    @DisplayName("T208 the longest wait that an instruction holds is written, one tick more is refused")
    void longestWait() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        long last = ToFpga.MAX_WAIT + 1;

        long after = SpikeTrainWriter.append(builder, 0, new long[] {last}, new short[1], 1);

        assertThat(after).isEqualTo(last + 1);
        assertThat(builder.done().words()[1]).isEqualTo(ToFpga.waitUntil(ToFpga.MAX_WAIT));
        PlaybackProgramBuilder other = PlaybackProgram.builder().timerReset();
        assertThatThrownBy(() -> SpikeTrainWriter.append(other, 0, new long[] {last + 1}, new short[1], 1))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("TIME_OUT_OF_RANGE", error -> ((ChipException) error).code())
                .hasMessageContaining(Long.toString(last));
    }

    @Test
    @DisplayName("T208 a million spikes, none of them boxed")
    void million() {
        int count = 1_000_000;
        long[] ticks = new long[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = 10L * i;
        }
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();

        SpikeTrainWriter.append(builder, 0, ticks, new short[count], count);

        // one pack each, and a wait before all but the first
        assertThat(builder.instructionCount()).isEqualTo(1 + 2 * count - 1);
    }
}
