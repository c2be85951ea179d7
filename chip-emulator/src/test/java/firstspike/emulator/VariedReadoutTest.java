package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.CadcRowRead;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VariedReadoutTest {

    /** What one run shows: spikes in many windows, then membrane samples and a row of conversions. */
    private record Shown(RunResult spikes, RunResult samples, short[] row) {}

    private static Shown shown(String target, int threads) {
        try (Bench bench = Bench.powerOn(target, LinkOptions.defaults().withThreads(threads))) {
            bench.initialise();
            bench.chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
            bench.chip.run(ReadoutSetup.configuration(), RunOptions.forSetup());
            RunResult spikes = bench.chip.run(TwoNeurons.stimulus(300), RunOptions.defaults());
            PlaybackProgramBuilder program = ReadoutSetup.woken();
            program.write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                    .pause(2000)
                    .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                    .barrier(Barrier.OMNIBUS);
            Ticket<short[]> row =
                    program.read(CadcRowRead.addresses(Hemisphere.TOP, SynapseRow.of(0)), CadcRowRead::samples);
            RunResult samples = bench.run(program.barrier(Barrier.OMNIBUS));
            return new Shown(spikes, samples, samples.get(row));
        }
    }

    @Test
    @DisplayName(
            "A-09 same seed, same bytes, for 1 and 8 threads; other seed, other pattern; other noise seed, other trials")
    void seeds() {
        Shown one = shown("emu:varied?seed=5&mismatch=residual", 1);
        Shown eight = shown("emu:varied?seed=5&mismatch=residual", 8);
        assertThat(one.spikes().spikes().size()).isGreaterThan(100);
        assertThat(one.samples().samples().size()).isGreaterThan(400);
        assertThat(eight.spikes().spikes()).isEqualTo(one.spikes().spikes());
        assertThat(eight.samples().samples()).isEqualTo(one.samples().samples());
        assertThat(eight.row()).isEqualTo(one.row());

        Shown otherChip = shown("emu:varied?seed=6&noise_seed=5&mismatch=residual", 8);
        assertThat(otherChip.row()).isNotEqualTo(one.row());
        assertThat(otherChip.spikes().spikes()).isNotEqualTo(one.spikes().spikes());
        Shown otherTrials = shown("emu:varied?seed=5&noise_seed=6&mismatch=residual", 8);
        assertThat(otherTrials.samples().samples()).isNotEqualTo(one.samples().samples());
        assertThat(otherTrials.spikes().spikes()).isNotEqualTo(one.spikes().spikes());
    }
}
