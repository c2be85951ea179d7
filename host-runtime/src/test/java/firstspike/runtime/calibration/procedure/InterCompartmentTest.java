package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conductances between compartments: 2.5 nS a code, divided or multiplied by four (analog.md 5, 8). */
@Timeout(240)
class InterCompartmentTest {

    private static final int[] NEURONS = {0, 1, 127, 256, 510};
    /** Capacitance of a membrane over the conductance of a code, microseconds. */
    private static final double PER_CODE_US = 920;

    @Test
    @DisplayName("C-07 neighbours of a varied chip that are joined come together with the wanted time constant")
    void varied() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:varied?seed=4")) {
            ChipConfiguration before = chip.bench().configuration();
            double[] targets = new double[AtomicNeuron.COUNT];
            Arrays.fill(targets, 2);
            targets[1] = 10;
            targets[256] = 0.5;

            Finding finding = new InterCompartment(targets, BinarySearch.noisy(3), NEURONS).run(chip.bench());

            assertThat(finding.quantity()).contains(Quantity.TAU_ICC);
            int[] codes = chip.bench().codes(NeuronParameter.I_BIAS_NMDA);
            for (int i = 0; i < NEURONS.length; i++) {
                int n = NEURONS[i];
                assertThat(finding.results()[i]).isCloseTo(targets[n], within(0.1 * targets[n]));
                assertThat(finding.failures()[i]).isNull();
                boolean divides = n == 1;
                boolean multiplies = n == 256;
                assertThat(flag(chip, n, "divide")).isEqualTo(divides);
                assertThat(flag(chip, n, "multiply")).isEqualTo(multiplies);
                double law = PER_CODE_US / codes[n] * (divides ? 4 : 1) / (multiplies ? 4 : 1);
                // capacitances deviate by 2 %, codes land within 2.5 %, fits add their noise
                assertThat(law).isCloseTo(targets[n], within(0.2 * targets[n]));
                codes[n] = 0;
            }
            assertThat(codes).containsOnly(0);
            assertThat(chip.bench().codes(NeuronParameter.V_LEAK)).isEqualTo(leaks(chip, before));
        }
    }

    @Test
    @DisplayName("A conductance of the nominal chip is measured as its law says, and nothing is left behind")
    void nominal() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:nominal")) {
            chip.bench().set(NeuronParameter.I_BIAS_NMDA, 300);
            ChipConfiguration before = chip.bench().configuration();

            double[] taus = InterCompartment.measure(chip.bench(), NEURONS, 4);

            assertThat(DoubleStream.of(taus))
                    // steps of the converter are 1.7 % of what membranes move
                    .allSatisfy(tau -> assertThat(tau).isCloseTo(PER_CODE_US / 300, within(0.05 * PER_CODE_US / 300)));
            assertThat(chip.bench().configuration()).isEqualTo(before);
        }
    }

    private static boolean flag(CalibrationBench chip, int neuron, String how) {
        return chip.bench()
                        .neuron(AtomicNeuron.of(neuron))
                        .values()
                        .value("enable_" + how + "_multicomp_conductance_bias")
                != 0;
    }

    private static int[] leaks(CalibrationBench chip, ChipConfiguration before) {
        ChipConfiguration now = chip.bench().configuration();
        int[] codes = chip.bench().configure(before).codes(NeuronParameter.V_LEAK);
        chip.bench().configure(now);
        return codes;
    }
}
