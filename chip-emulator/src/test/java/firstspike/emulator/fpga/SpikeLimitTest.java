package firstspike.emulator.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.Provenance;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.digital.ChipTiming;
import firstspike.emulator.digital.DigitalChip;
import firstspike.emulator.digital.FabricOptions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpikeLimitTest {

    private static final int MADC_CONTROL = 0x000C_0000;
    private static final int WAKE = 1;
    private static final int START_CONTINUOUS = 0x12;
    private static final int RECORDING = 0x8800_0005;

    @Test
    @DisplayName(
            "More recorded samples than the limit end the run; without recording they take no memory and are allowed")
    void moreSamplesThanTheLimit() {
        EmulatedFpga fpga = fpga();
        PlaybackProgram endless = PlaybackProgram.builder()
                // on at power-on
                .write(RECORDING, 0)
                .writeOverJtag(MADC_CONTROL, WAKE)
                .writeOverJtag(MADC_CONTROL, START_CONTINUOUS)
                .pause(100_000)
                .done();
        run(fpga, endless);
        PlaybackProgram recorded =
                PlaybackProgram.builder().write(RECORDING, 1).pause(100_000).done();
        RunFailedException limit = catchThrowableOfType(RunFailedException.class, () -> run(fpga, recorded));
        assertThat(limit.code()).isEqualTo("EMULATION_LIMIT");
        assertThat(limit).hasMessageContaining("samples").hasMessageContaining("1000");
    }

    @Test
    @DisplayName("More spikes than the limit end the run; the next program runs")
    void moreSpikesThanTheLimit() {
        EmulatedFpga fpga = fpga();
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < 1001; i++) {
            builder.spike(1);
        }
        PlaybackProgram program = builder.done();
        RunFailedException limit = catchThrowableOfType(RunFailedException.class, () -> run(fpga, program));
        assertThat(limit.code()).isEqualTo("EMULATION_LIMIT");
        assertThat(limit).hasMessageContaining("1000");
        assertThat(limit.chipStateKnown()).isFalse();
        assertThat(limit.partialResult()).isPresent();
        run(fpga, PlaybackProgram.builder().spike(1).done());
    }

    private static EmulatedFpga fpga() {
        ChipModel model = ChipModel.of(Fidelity.NOMINAL, 0);
        FpgaSettings settings = new FpgaSettings(
                ChipTiming.reference(), model, FpgaSettings.ID_CODE, 0, true, OptionalInt.empty(), false, 1000, true);
        return new EmulatedFpga(settings, () -> new DigitalChip(model, FabricOptions.DEFAULT));
    }

    private static void run(EmulatedFpga fpga, PlaybackProgram program) {
        Provenance provenance = new Provenance(null, "", "", program.sha256(), 0);
        fpga.run(program, List.of(), PpuPolicy.REFUSE, provenance, RunWatch.PATIENT);
    }
}
