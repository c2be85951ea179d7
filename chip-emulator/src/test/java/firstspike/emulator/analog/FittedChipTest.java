package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.UnsupportedOnTargetException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FittedChipTest {
    private static FittedChip chip(ChipModelWriter writer) {
        return FittedChip.of("chip.npz", writer.bytes());
    }

    private static NeuronArray array(ChipModelWriter writer) {
        // different codes, so that the cells do not disturb each other
        CircuitBench bench = new CircuitBench().shared().single(0).single(1).cell(1, 0, 500);
        return new NeuronArray(ChipModel.fitted(chip(writer), 1), bench);
    }

    @Test
    @DisplayName("laws and pattern of a fitted chip are those of its file, the rest nominal")
    void lawsOfTheFile() {
        NeuronArray array = array(ChipModelWriter.withDefaults(
                        "\"transfer.leak_slope_v\": 1.264e-3, \"transfer.leak_intercept_v\": -0.32")
                .circuits("v_leak_offset", 0, 1, 0.010)
                .circuits("v_leak_slope", 1, 1, 1.1));

        assertThat(array.membrane(0, 10)).isCloseTo(1.264e-3 * 466 - 0.32, within(1e-12));
        assertThat(array.membrane(1, 10)).isCloseTo(1.1 * 1.264e-3 * 500 - 0.32 + 0.010, within(1e-12));
        assertThat(array(ChipModelWriter.withDefaults("")).membrane(0, 10))
                .isCloseTo(CircuitBench.LEAK_V, within(1e-12));
    }

    @Test
    @DisplayName("a fitted chip has every quantity of its file, and write noise and crosstalk")
    void patternOfTheFile() {
        byte[] dead = new byte[512];
        dead[7] = 1;
        double[] weights = new double[131_072];
        Arrays.fill(weights, 1);
        weights[65_536 + 256 * 3 + 9] = 1.25;
        double[] offsets = new double[1024];
        offsets[512 + 256 + 4] = -7;
        FixedPattern pattern = ChipModel.fitted(
                        chip(ChipModelWriter.withDefaults("")
                                .npy("dead", "{'descr': '|b1', 'fortran_order': False, 'shape': (512,), }", dead)
                                .pattern("synapse_weight", "2, 256, 256", weights)
                                .pattern("cadc_offset", "2, 512", offsets)
                                .pattern("synapse_dac", "4,", 1, 1, 0.9, 1)
                                .circuits("gm_inh", 1, 3, 0.5)),
                        1)
                .pattern();

        assertThat(pattern.dead[7]).isTrue();
        assertThat(pattern.dead[8]).isFalse();
        assertThat(pattern.weightFactor(65_536 + 256 * 3 + 9)).isEqualTo(1.25);
        assertThat(pattern.weightFactor(0)).isEqualTo(1);
        assertThat(pattern.cadcOffset[512 + 256 + 4]).isEqualTo(-7);
        assertThat(pattern.dac[2]).isEqualTo(0.9);
        assertThat(pattern.synapticGm[2 * 3 + 1]).isEqualTo(0.5);
        assertThat(pattern.synapticGm[2 * 3]).isEqualTo(1);
        assertThat(pattern.driverStrength).containsOnly(1);
        assertThat(Fidelity.FITTED.disturbed()).isTrue();
        assertThat(Fidelity.FITTED.varied()).isTrue();
    }

    static Stream<Arguments> refused() {
        String f8 = "{'descr': '<f8', 'fortran_order': False, 'shape': (512,), }";
        byte[] numbers = new byte[8 * 512];
        return Stream.of(
                Arguments.of("no meta.json", new ChipModelWriter().circuits("g_leak", 1, 0, 1), "meta.json"),
                Arguments.of(
                        "newer schema", new ChipModelWriter().meta("{\"schema\": \"firstspike.chip-model/2\"}"), "/2"),
                Arguments.of("no JSON", new ChipModelWriter().meta("{"), "chip.npz"),
                Arguments.of("doubled key", new ChipModelWriter().meta("{\"schema\": 1, \"schema\": 2}"), "schema"),
                Arguments.of("long meta", new ChipModelWriter().meta(" ".repeat(70_000)), "65536"),
                Arguments.of(
                        "unknown default", ChipModelWriter.withDefaults("\"transfer.slope\": 1"), "transfer.slope"),
                Arguments.of(
                        "no number", ChipModelWriter.withDefaults("\"transfer.leak_slope_v\": \"x\""), "leak_slope_v"),
                Arguments.of(
                        "no step", ChipModelWriter.withDefaults("\"capmem.step_half_ticks\": 0"), "step_half_ticks"),
                Arguments.of("fraction", ChipModelWriter.withDefaults("\"capmem.step_half_ticks\": 7.5"), "7.5"),
                Arguments.of("infinite", ChipModelWriter.withDefaults("\"noise.threshold_v\": 1e999"), "threshold_v"),
                Arguments.of("negative", ChipModelWriter.withDefaults("\"noise.threshold_v\": -1e-3"), "threshold_v"),
                Arguments.of("rails", ChipModelWriter.withDefaults("\"transfer.rail_low_v\": 2"), "rail_low_v"),
                Arguments.of("unknown member", ChipModelWriter.withDefaults("").circuits("speed", 1, 0, 1), "speed"),
                Arguments.of("path", ChipModelWriter.withDefaults("").member("../x", new byte[0]), "../x"),
                Arguments.of("NaN", ChipModelWriter.withDefaults("").circuits("g_leak", 1, 5, Double.NaN), "element 5"),
                Arguments.of(
                        "negative tau",
                        ChipModelWriter.withDefaults("").circuits("tau_syn_exc", 1, 9, -1),
                        "element 9"),
                Arguments.of(
                        "infinite offset",
                        ChipModelWriter.withDefaults("").circuits("v_leak_offset", 0, 9, Double.POSITIVE_INFINITY),
                        "element 9"),
                Arguments.of("count", ChipModelWriter.withDefaults("").pattern("g_leak", "2,", 1, 1), "[512]"),
                Arguments.of("shape", ChipModelWriter.withDefaults("").npy("g_leak", f8, new byte[8]), "8 bytes"),
                Arguments.of(
                        "too long", ChipModelWriter.withDefaults("").npy("g_leak", f8, new byte[1 << 20]), "g_leak"),
                Arguments.of(
                        "objects",
                        ChipModelWriter.withDefaults("").npy("g_leak", f8.replace("<f8", "|O"), numbers),
                        "|O"),
                Arguments.of(
                        "code in the header",
                        ChipModelWriter.withDefaults("").npy("g_leak", "__import__('os')", numbers),
                        "header"),
                Arguments.of(
                        "huge shape",
                        ChipModelWriter.withDefaults("")
                                .npy("g_leak", f8.replace("512,", "999999999, 999999999"), numbers),
                        "999999999"),
                Arguments.of(
                        "no array", ChipModelWriter.withDefaults("").member("pattern/g_leak.npy", new byte[9]), "npy"));
    }

    @ParameterizedTest(name = "a chip model is refused by file, place and value: {0}")
    @MethodSource("refused")
    void refused(String what, ChipModelWriter writer, String named) {
        assertThatThrownBy(() -> chip(writer))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .returns("INVALID_CHIP_MODEL", error -> ((ChipException) error).code())
                .hasMessageContaining("chip.npz")
                .hasMessageContaining(named);
    }

    @Test
    @DisplayName("a cut or foreign file is refused")
    void cutFiles() {
        byte[] whole =
                ChipModelWriter.withDefaults("").circuits("g_leak", 1, 0, 1.5).bytes();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                // a cut behind the last member takes only the directory away
                assertThat(FittedChip.of("chip.npz", cut).values("g_leak", 1)).hasSize(512);
            } catch (UnsupportedOnTargetException e) {
                assertThat(e).hasMessageContaining("chip.npz");
            }
        }
        assertThatThrownBy(() -> FittedChip.of("chip.npz", new byte[100]))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .returns("INVALID_CHIP_MODEL", error -> ((ChipException) error).code());
    }
}
