package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Circuits that are measured in pairs. */
class MergedTest {

    private static final double LEAK = 80;
    private static final int[] SOME = {0, 1, 170, 341, 510, 511};
    /** Capacitances of a pair over that of its active half: 2.4 pF over 2.3 pF. */
    private static final double LARGER = 2.4 / 2.3;

    @Test
    @DisplayName(
            "A-08 C-06 in a pair each half is measured with the capacitance of both, and switches stay as they were")
    void nominalPairs() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:nominal")) {
            Bench bench = chip.bench();
            ChipConfiguration before = bench.configuration();
            double[] single = MembraneTimeConstant.measure(bench, SOME, 6);
            double[][] one = kappa(bench);

            bench.merged(MergedCircuits.TWO);
            double[] pairs = MembraneTimeConstant.measure(bench, SOME, 6);
            double[][] two = kappa(bench);

            for (int i = 0; i < SOME.length; i++) {
                assertThat(pairs[i] / single[i]).as("tau of " + SOME[i]).isCloseTo(LARGER, within(0.01));
            }
            double[] ratios = new double[AtomicNeuron.COUNT];
            Arrays.setAll(ratios, n -> two[1][n] / one[1][n]);
            assertThat(Statistics.of(ratios).median()).isCloseTo(LARGER, within(0.02));
            assertThat(bench.configuration()).isEqualTo(before);
        }
    }

    private static double[][] kappa(Bench bench) {
        double[] tau = MembraneTimeConstant.measure(
                bench,
                IntStream.range(0, AtomicNeuron.COUNT).filter(n -> n == 0).toArray(),
                6);
        double[] tauMem = all(tau[0]);
        NormalisedThreshold threshold = NormalisedThreshold.measure(
                bench, new NormalisedThreshold.Measured(all(80), all(150), tauMem, all(6)), 6);
        return new double[][] {threshold.perStep(), threshold.threshold()};
    }

    @Test
    @DisplayName("C-06 leaks that were searched in pairs hold in the pairs that networks are made of")
    void leaksOfPairs() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:varied?seed=3")) {
            Bench bench = chip.bench();
            new CadcRamp().run(bench);
            bench.merged(MergedCircuits.TWO);
            Finding leak = new Leak(all(LEAK), BinarySearch.noisy(6), true, 4).run(bench);
            bench.configure(evenActive(bench)).renew();
            double[] rest = bench.read(program -> CadcPotentials.read(program.pause(125_000), 16));

            assertThat(leak.steps()).isEqualTo(13);
            int[] even =
                    IntStream.range(0, AtomicNeuron.COUNT / 2).map(k -> 2 * k).toArray();
            assertThat(Arrays.stream(even).filter(n -> Quantity.LEAK.accepts(rest[n], LEAK)))
                    .hasSizeGreaterThanOrEqualTo(245);
            double[] deviations = Arrays.stream(even).mapToDouble(n -> rest[n]).toArray();
            assertThat(Statistics.of(deviations).trimmedSigma()).isLessThan(1.6);
        }
    }

    /** What a mapping makes of a network with two circuits a neuron (inloop.md 13.1). */
    private static ChipConfiguration evenActive(Bench bench) {
        ChipConfiguration.Builder pairs = bench.configuration().change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            AtomicNeuron circuit = AtomicNeuron.of(n);
            NeuronConfig switches = bench.neuron(circuit).withThresholdComparator(false);
            if (n % 2 == 0) {
                pairs.set(switches.withConnectMembraneRight(true));
            } else {
                pairs.set(switches.withMembraneCapacitorSize(0).withLeakDivision(true));
                pairs.code(circuit.capMemCell(NeuronParameter.I_BIAS_LEAK), 0);
            }
        }
        return pairs.build();
    }

    @Test
    void thereAreOneOrTwo() {
        assertThat(MergedCircuits.of(2)).isEqualTo(MergedCircuits.TWO);
        assertThatThrownBy(() -> MergedCircuits.of(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merged circuits: 3 (limit: 1 or 2)");
    }

    private static double[] all(double value) {
        double[] values = new double[AtomicNeuron.COUNT];
        Arrays.fill(values, value);
        return values;
    }
}
