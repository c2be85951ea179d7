package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Programs longer than the playback memory, in process (playback.md 9). */
class StreamingTest {

    private static final int MEMORY = PlaybackProgram.MAX_INSTRUCTIONS;
    private static final RunOptions STREAMING = RunOptions.defaults().allowingStreaming();

    private final EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0");

    @Test
    @DisplayName("T213 W124 a program longer than the playback memory runs when it may stream, and says so")
    void oneInstructionTooMany() {
        long[] words = new long[MEMORY + 1];
        Arrays.fill(words, ToFpga.waitUntil(0));
        PlaybackProgram program = PlaybackProgram.ofWords(words);

        assertThatThrownBy(() -> chip.run(program, RunOptions.defaults()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("4194305")
                .hasMessageContaining("4194304");
        RunResult result = chip.run(program, STREAMING);

        assertThat(result.health().streamed()).isTrue();
        assertThat(result.health().count(HealthKeys.UNDERRUN_TICKS)).isZero();
        assertThat(result.health().count(HealthKeys.VIRTUAL_TICKS)).isEqualTo(MEMORY + 1);
    }

    @Test
    @DisplayName("T213 a program that fits the playback memory is not streamed, allowed or not")
    void fits() {
        long[] words = new long[MEMORY];
        Arrays.fill(words, ToFpga.waitUntil(0));
        assertThat(chip.run(PlaybackProgram.ofWords(words), STREAMING).health().streamed())
                .isFalse();
    }

    @Test
    @DisplayName("T213 a dense streamed program runs dry: from then on one instruction every 8.3 ticks")
    void runsDry() {
        long count = 6_000_000;
        Collected collected = new Collected();

        chip.stream(
                ProgramSource.of(count, i -> i == count - 1 ? ToFpga.tick() : ToFpga.waitUntil(0)),
                STREAMING,
                collected);

        long lastIssue = -Math.floorDiv(-(count - MEMORY) * 83, 10L);
        assertThat(collected.health.count(HealthKeys.VIRTUAL_TICKS)).isEqualTo(lastIssue + 1);
        assertThat(collected.health.count(HealthKeys.UNDERRUN_TICKS)).isEqualTo(lastIssue - (count - 1));
        assertThat(collected.health.streamed()).isTrue();
        assertThat(collected.values.get(ResponseKind.LOOPBACK.ordinal())).containsExactly(1L);
    }

    @Test
    @DisplayName("A streamed run delivers what run returns, in pieces, once and in order")
    void streamEqualsRun() {
        PlaybackProgram program = TwoNeurons.stimulus(5);
        EmulatedChip other = configured();
        RunResult whole = other.run(program, RunOptions.defaults());
        Collected collected = new Collected();

        configured().stream(program, RunOptions.defaults(), collected);

        assertThat(whole.spikes().size()).isPositive();
        assertThat(SpikeColumns.join(collected.spikes)).isEqualTo(whole.spikes());
        for (ResponseKind kind : ResponseKind.values()) {
            assertThat(collected.values.get(kind.ordinal()))
                    .containsExactlyElementsOf(
                            Arrays.stream(whole.values(kind)).boxed().toList());
        }
        assertThat(collected.health).isEqualTo(whole.health());
    }

    @Test
    @DisplayName("A listener that throws ends its run with its own exception; the chip stays usable")
    void listenerThrows() {
        RunListener broken = new Collected() {
            @Override
            public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
                throw new IllegalStateException("full");
            }
        };
        ProgramSource markers = ProgramSource.of(1_000_000, i -> ToFpga.tick());

        assertThatThrownBy(() -> chip.stream(markers, RunOptions.defaults(), broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
        assertThat(chip.run(PlaybackProgram.ofWords(new long[] {ToFpga.tick()}), RunOptions.defaults())
                        .values(ResponseKind.LOOPBACK))
                .containsExactly(1);
    }

    @Test
    @DisplayName("A time-out in a streamed program names instruction and context")
    void timesOut() {
        ProgramSource stuck = ProgramSource.of(
                1000, i -> i == 500 ? ToFpga.omnibusRead(0x0004_0000) : i == 501 ? ToFpga.barrier(1) : ToFpga.tick());

        InstructionTimeoutException timeout = catchThrowableOfType(
                InstructionTimeoutException.class, () -> chip.stream(stuck, RunOptions.defaults(), new Collected()));

        assertThat(timeout.detail().instructionIndex()).hasValue(501);
        assertThat(timeout).hasMessageContaining("491 ").hasMessageContaining("no high-speed link is up");
    }

    @Test
    @DisplayName("Streamed programs are refused like others before anything runs: size, halt")
    void refused() {
        assertThatThrownBy(() ->
                        chip.stream(ProgramSource.of((1L << 26) + 1, i -> ToFpga.tick()), STREAMING, new Collected()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("PROGRAM_TOO_LARGE", error -> ((ChipException) error).code())
                .hasMessageContaining("67108864");
        assertThatThrownBy(() -> chip.stream(ProgramSource.of(10, i -> ToFpga.HALT), STREAMING, new Collected()))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("UNEXPECTED_HALT", error -> ((ChipException) error).code());
    }

    private static EmulatedChip configured() {
        EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0");
        chip.run(Bench.initialisation(InitialisationOptions.standard()), RunOptions.forSetup());
        chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
        return chip;
    }

    /** Keeps everything. */
    private static class Collected implements RunListener {

        private final List<SpikeColumns> spikes = new ArrayList<>();
        private final List<List<Long>> values = new ArrayList<>();
        private RunHealth health;

        Collected() {
            for (ResponseKind kind : ResponseKind.values()) {
                values.add(new ArrayList<>());
            }
        }

        @Override
        public void spikes(SpikeColumns piece) {
            spikes.add(piece);
        }

        @Override
        public void responses(ResponseKind kind, long firstPosition, long[] piece, long[] fpgaTimes) {
            List<Long> list = values.get(kind.ordinal());
            assertThat(firstPosition).isEqualTo(list.size());
            Arrays.stream(piece).forEach(list::add);
        }

        @Override
        public void finished(RunHealth complete) {
            health = complete;
        }
    }
}
