package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.analog.ChipModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emu:ideal",
                "emu:",
                "emu:nominal?sede=1",
                "emu:nominal?seed=-1",
                "emu:nominal?seed=9223372036854775808",
                "emu:nominal?seed=9223372036854775807&chips=2",
                "emu:nominal?seed=one",
                "emu:nominal?mismatch=full",
                "emu:varied?mismatch=some",
                "emu:varied?file=x",
                "emu:fitted",
                "emu:nominal?event_loss=1.5",
                "emu:nominal?event_loss=NaN",
                "emu:nominal?drift=51",
                "emu:nominal?chips=0",
                "emu:nominal?chips=17",
                "emu:nominal?strict_addresses=yes",
                "emu:nominal?strict_readback=",
                "emu:nominal?ppu=perhaps",
                "emu:nominal?powerup=one",
                "emu:nominal?defect=link:8",
                "emu:nominal?defect=stuck:7fff0000",
                "emu:nominal?defect=stuck:",
                "emu:nominal?timing=/nowhere/at/all.yaml",
                "emu:nominal?timing=%00"
            })
    void unknownPartsAreRefused(String target) {
        assertThatExceptionOfType(UnknownTargetException.class).isThrownBy(() -> EmulatorSource.of(target));
    }

    @Test
    void fittedChipIsThatOfItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("chip.npz");
        assertThatExceptionOfType(UnsupportedOnTargetException.class)
                .isThrownBy(() -> EmulatorSource.of("emu:fitted?file=" + file));
        Files.write(file, ChipModelWriter.withDefaults("").bytes());
        ChipDescription fitted = describe("emu:fitted?seed=3&file=" + file);
        assertThat(fitted.chipId().value()).matches("emu-fitted-[0-9a-f]{8}");
        assertThat(fitted.fidelity()).isEqualTo("fitted");
        assertThat(fitted.needsCalibration()).isTrue();
        Files.write(file, ChipModelWriter.withDefaults("\"noise.drift_v\": 0").bytes());
        assertThat(describe("emu:fitted?file=" + file).chipId()).isNotEqualTo(fitted.chipId());
        assertThatExceptionOfType(UnknownTargetException.class)
                .isThrownBy(() -> EmulatorSource.of("emu:fitted?chips=2&file=" + file));
        assertThat(describe("emu:varied?drift=-5").chipId().value()).isEqualTo("emu-varied-0");
    }

    @Test
    void describesItself() {
        ChipDescription nominal = describe("emu:nominal?seed=7");
        assertThat(nominal.chipId().value()).isEqualTo("emu-nominal-7");
        assertThat(nominal.fidelity()).isEqualTo("nominal");
        assertThat(nominal.needsCalibration()).isFalse();
        assertThat(nominal.inputLatencyTicks()).hasValue(42);
        assertThat(nominal.outputLatencyTicks()).hasValue(2);
        assertThat(nominal.target()).isEqualTo("emu:nominal?seed=7");
        assertThat(describe("emu:varied?seed=7").needsCalibration()).isTrue();
        ChipDescription residual = describe("emu:varied?seed=7&mismatch=residual&noise_seed=3&drift=2");
        assertThat(residual.chipId().value()).isEqualTo("emu-varied-7-residual");
        assertThat(residual.needsCalibration()).isFalse();
        assertThat(residual.properties()).containsEntry("noise_seed", "3");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LinkProvider.class))
                .anySatisfy(provider -> assertThat(provider.schemes()).containsExactly("emu"));
    }

    @Test
    void timingFileChangesWhatItNames(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("timing.yaml");
        Files.writeString(file, "L_DOWN: 30\nOB_CHIP_DONE: 100\nPROGRAM_GAP: 1000\n");
        try (Bench bench = Bench.initialised("emu:nominal?timing=" + file)) {
            PlaybackProgramBuilder program = Bench.p0().spike(0);
            program.read(Bench.PPU_MEMORY);
            var result = bench.run(program.settle(1000));
            assertThat(result.spikes().chipTimes()).containsExactly(2 + 31);
            assertThat(result.times(ResponseKind.OMNIBUS)).containsExactly(3 + 100);
            assertThat(bench.chip.describe().inputLatencyTicks()).hasValue(32);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L_DWN: 30",
                "L_DOWN: -1",
                "L_DOWN: 1.5",
                "L_DOWN: x",
                "NODE_FIFO: 0",
                "PADI: 0",
                "OB_CHIP_DONE: 40",
                "- 1",
                "",
                "{",
                "L_DOWN: 5000000000"
            })
    void brokenTimingFilesAreRefused(String yaml, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("timing.yaml");
        Files.writeString(file, yaml);
        assertThatExceptionOfType(UnknownTargetException.class)
                .isThrownBy(() -> EmulatorSource.of("emu:nominal?timing=" + file))
                .withMessageContaining("timing");
    }

    private static ChipDescription describe(String target) {
        return EmulatorSource.of(target).chips().get(0);
    }
}
