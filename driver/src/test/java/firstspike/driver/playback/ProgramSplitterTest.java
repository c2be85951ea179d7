package firstspike.driver.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgramSplitterTest {

    private static PlaybackProgramBuilder sample(int label, int instructions) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < instructions; i++) {
            builder.spike(label);
        }
        return builder;
    }

    @Test
    @DisplayName("T215 ten builders of 500,000 instructions: three programs, none cut, order kept")
    void tenBuilders() {
        List<PlaybackProgramBuilder> samples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            samples.add(sample(i, 500_000));
        }
        List<PlaybackProgram> programs = ProgramSplitter.split(samples);
        assertThat(programs).extracting(PlaybackProgram::size).containsExactly(2_000_000, 2_000_000, 1_000_000);
        for (int i = 0; i < 10; i++) {
            PlaybackProgram program = programs.get(i / 4);
            int from = i % 4 * 500_000;
            assertThat(ToFpga.label(program.word(from), 0)).isEqualTo(i);
            assertThat(ToFpga.label(program.word(from + 499_999), 0)).isEqualTo(i);
        }
        assertThat(samples).allMatch(PlaybackProgramBuilder::isEmpty);
    }

    @Test
    @DisplayName(
            "T215 a program may be exactly half the playback memory; one longer sample is refused and nothing changed")
    void limits() {
        assertThat(ProgramSplitter.split(
                        List.of(sample(1, ProgramSplitter.MOST_INSTRUCTIONS - 1), sample(2, 1), sample(3, 1))))
                .extracting(PlaybackProgram::size)
                .containsExactly(ProgramSplitter.MOST_INSTRUCTIONS, 1);
        PlaybackProgramBuilder small = sample(1, 1);
        PlaybackProgramBuilder large = sample(2, ProgramSplitter.MOST_INSTRUCTIONS + 1);
        ProgramRejectedException refused = catchThrowableOfType(
                ProgramRejectedException.class, () -> ProgramSplitter.split(List.of(small, large)));
        assertThat(refused.code()).isEqualTo("PROGRAM_TOO_LARGE");
        assertThat(refused).hasMessageContaining("sample 1").hasMessageContaining("2097153");
        assertThat(small.instructionCount()).isEqualTo(1);
        assertThat(ProgramSplitter.split(List.of())).isEmpty();
    }
}
