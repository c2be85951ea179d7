package firstspike.experiments.firsthour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.link.LinkOptions;
import firstspike.runtime.error.CalibrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstHourTest {

    private static FirstHourResult run(FirstHour experiment, String uri, int neuron) {
        try (NeuronOnChip chip =
                NeuronOnChip.open(uri, LinkOptions.defaults(), neuron, description -> Optional.empty(), false)) {
            return experiment.run(chip);
        }
    }

    @Test
    @DisplayName(
            "leak over threshold on a nominal chip has the period of the model within 0.5 %, its picture all marks")
    void leakOverThreshold() {
        FirstHourResult result = run(FirstHour.LEAK_OVER_THRESHOLD, "emu:nominal", 300);
        Map<String, Double> numbers = result.numbers();
        double model = numbers.get("period of the model [us]");
        assertThat(numbers.get("period measured [us]")).isCloseTo(model, within(0.005 * model));
        assertThat(numbers.get("spikes")).isGreaterThan(15);
        String svg = result.plots().get(0).svg();
        assertThat(svg).contains("MADC", "CADC", "model", "threshold", "spikes", "aria-label");
        assertThat(result.csv()).contains("madc,", "cadc,", "spike,");
    }

    @Test
    @DisplayName("the curve of a nominal chip follows the model within 1 kHz and is silent below rheobase")
    void fiCurve() {
        FirstHourResult result = run(FirstHour.FI_CURVE, "emu:nominal", 1);
        assertThat(result.numbers().get("largest difference to the model [kHz]"))
                .isLessThan(1);
        assertThat(result.csv().lines().skip(1).findFirst().orElseThrow()).startsWith("0,0.000,0.0000,0.0000");
        assertThat(result.csv().lines()).hasSize(16);
    }

    @Test
    @DisplayName("single events on a nominal chip have the height of the model within 2 %, both ways")
    void singleInput() {
        Map<String, Double> numbers =
                run(FirstHour.SINGLE_INPUT, "emu:nominal", 130).numbers();
        double model = numbers.get("height of the model [LSB]");
        assertThat(numbers.get("height of weight 63, excitatory [LSB]")).isCloseTo(model, within(0.02 * model));
        assertThat(numbers.get("height of weight 63, inhibitory [LSB]")).isCloseTo(model, within(0.02 * model));
    }

    @Test
    @DisplayName("a chip that needs a calibration is refused with the command that makes one")
    void uncalibrated() {
        assertThatThrownBy(() -> run(FirstHour.FI_CURVE, "emu:varied?seed=3", 0))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING)
                .hasMessageContaining("calibrate run --target 'emu:varied?seed=3'");
    }

    @Test
    @DisplayName("the folder of an experiment has its page, pictures and rows")
    void folder(@TempDir Path folder) throws Exception {
        FirstHourResult result = run(FirstHour.LEAK_OVER_THRESHOLD, "emu:nominal", 0);
        Path into = folder.resolve("new");
        FirstHourFolder.write(into, FirstHour.LEAK_OVER_THRESHOLD, Map.of("target", "emu:nominal"), result);
        assertThat(Files.readString(into.resolve("report.html")))
                .contains("leak-over-threshold", "emu:nominal", "<svg", "prefers-color-scheme")
                .doesNotContain("<script", "src=");
        assertThat(into.resolve("figure-1.svg")).exists();
        assertThat(into.resolve("data.csv")).exists();
    }
}
