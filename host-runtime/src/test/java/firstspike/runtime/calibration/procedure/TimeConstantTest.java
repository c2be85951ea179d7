package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Time constants on the nominal chip, whose laws are known: 920 µs and 3.07 ms divided by the code (analog.md 5). */
class TimeConstantTest {

    private static final int[] NEURONS = {0, 1, 255, 256, 511};

    @Test
    void aMembraneThatWasLiftedOrResetShowsItsTimeConstant() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:nominal")) {
            ChipConfiguration before = chip.bench().configuration();

            for (double expected : new double[] {6.013, 2}) {
                chip.bench().set(NeuronParameter.I_BIAS_LEAK, (int) Math.rint(920 / expected));
                ChipConfiguration set = chip.bench().configuration();
                assertThat(DoubleStream.of(MembraneTimeConstant.measure(chip.bench(), NEURONS, expected)))
                        .allSatisfy(tau -> assertThat(tau).isCloseTo(expected, within(0.01 * expected)));
                assertThat(chip.bench().configuration()).isEqualTo(set);
            }

            assertThat(before).isNotEqualTo(chip.bench().configuration());
        }
    }

    @Test
    void aSynapticLineThatWasDrivenShowsItsTimeConstant() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:nominal")) {
            for (SynapticInput input : SynapticInput.values()) {
                chip.bench().neurons(neuron -> input.withHighResistance(neuron, true));
                assertThat(DoubleStream.of(SynapticTimeConstant.measure(chip.bench(), input, NEURONS, 6)))
                        .allSatisfy(tau -> assertThat(tau).isCloseTo(5.996, within(0.06)));
            }
        }
    }
}
