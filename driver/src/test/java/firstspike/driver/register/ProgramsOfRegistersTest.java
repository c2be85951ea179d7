package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Register containers on their way into programs. */
class ProgramsOfRegistersTest {

    @Test
    @DisplayName("T011 the timer register is refused while the program is built: only a reset writes it")
    void timerIsOnlyReset() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset();
        ContainerLayout timer = Container.PLAYBACK_TIMER.layout();

        assertThatThrownBy(() -> builder.write(timer.writeAddresses(0), new int[] {5}))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("NOT_WRITABLE", error -> ((ChipException) error).code())
                .hasMessageContaining("PlaybackTimer");
        assertThat(builder.done().words()).containsExactly(ToFpga.timerSetup());
    }

    @Test
    @DisplayName("T192 T193 only the word that differs is written")
    void oneWord() {
        SynapseDriverConfig before = SynapseDriverConfig.defaults(SynapseDriver.of(3));
        SynapseDriverConfig wanted = before.withReceiver(true);
        PlaybackProgramBuilder builder = PlaybackProgram.builder();

        wanted.writeDiff(before, builder);

        int[] words = wanted.words();
        int differing = IntStream.range(0, words.length)
                .filter(i -> words[i] != before.words()[i])
                .sum();
        assertThat(builder.done().words())
                .containsExactly(
                        ToFpga.omnibusWrite(wanted.writeAddresses()[differing]), ToFpga.omnibusData(words[differing]));
        wanted.writeDiff(wanted, builder);
        assertThat(builder.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("T194 writeDiff errors: other containers, other places, and events, which always act")
    void refusedDifferences() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        SynapseDriverConfig driver = SynapseDriverConfig.defaults(SynapseDriver.of(3));
        PadiEvent event = new PadiEvent(Hemisphere.TOP, 1, 2, 3);

        assertThatThrownBy(() -> driver.writeDiff(event, builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SynapseDriverConfig 3");
        assertThatThrownBy(() -> driver.writeDiff(SynapseDriverConfig.defaults(SynapseDriver.of(4)), builder))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event.writeDiff(event, builder))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("PADIEvent");
        assertThat(builder.isEmpty()).isTrue();
    }
}
