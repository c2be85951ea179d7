package firstspike.runtime.calibration.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.Finding;
import firstspike.runtime.calibration.procedure.Leak;
import firstspike.runtime.calibration.procedure.PostsynapticPotentials;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.Threshold;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.search.SecantSearch;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A chip that was good when its values were stored, and has aged since. */
class DriftCheckTest {

    private static final String CHIP = "emu:varied?seed=1&mismatch=residual";
    private static final double TAU_US = 6;

    private static CalibrationResult stored;

    @BeforeAll
    static void store() {
        try (CalibrationBench chip = CalibrationBench.operating(CHIP)) {
            Bench bench = chip.bench();
            double[] taus = constant(TAU_US);
            CalibrationResult.Builder result = CalibrationResult.builder(
                            ChipIdentity.of(bench.describe()), TargetSet.fastAndDeep())
                    .time(Instant.EPOCH, 0)
                    .madeBy("test", 1)
                    .codes(ChipCodes.of(bench.configuration()))
                    .achieved(Quantity.TAU_MEM, taus)
                    .achieved(Quantity.TAU_SYN_EXC, taus)
                    .achieved(Quantity.TAU_SYN_INH, taus);
            for (SynapticInput input : SynapticInput.values()) {
                PostsynapticPotentials potentials = PostsynapticPotentials.measure(bench, input, 63, 20, TAU_US);
                result.achieved(
                        input.amplitudeQuantity(), potentials.peaks(potentials.onsetUs(taus, taus), taus, taus));
            }
            bench.neurons(neuron -> neuron.withThresholdComparator(false));
            result.achieved(Quantity.LEAK, bench.read(program -> CadcPotentials.read(program, 16)));
            Threshold.prepare(bench);
            stored = result.achieved(Quantity.THRESHOLD, Threshold.measure(bench))
                    .build();
        }
    }

    @Test
    @DisplayName(
            "C-14 drift of 4 LSB is found by a check, which leaves the configuration as it was; none where there is none")
    void driftIsFound() {
        try (CalibrationBench young = CalibrationBench.operating(CHIP);
                CalibrationBench old = CalibrationBench.operating(CHIP + "&drift=4")) {
            ChipConfiguration before = old.bench().configuration();

            DriftReport none = DriftCheck.run(young.bench(), stored);
            DriftReport found = DriftCheck.run(old.bench(), stored);

            assertThat(none.drifted()).as(none.summary()).isFalse();
            assertThat(found.drifted()).as(found.summary()).isTrue();
            assertThat(found.summary()).startsWith("drifted; v_leak_lsb: median shift +");
            DriftReport.Finding leak = found.findings().get(0);
            assertThat(leak.quantity()).isEqualTo(Quantity.LEAK);
            assertThat(leak.shift()).isCloseTo(4, within(0.5));
            assertThat(leak.outOfTolerance().length).isGreaterThan(16);
            assertThat(found.findings().get(1).shift()).isCloseTo(-4, within(1.0));
            assertThat(old.bench().configuration()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName(
            "C-18 C-14 leaks that have drifted are back within their tolerance after at most 5 steps along their slopes")
    void leaksAreRepairedBySlopes() {
        try (CalibrationBench old = CalibrationBench.operating(CHIP + "&drift=4")) {
            Bench bench = old.bench();
            int[] codes = bench.codes(NeuronParameter.V_LEAK);
            double[] targets = constant(80);

            Finding finding = new Leak(targets, new SecantSearch(codes, constant(1), 1), true, 4).run(bench);

            long accepted = IntStream.range(0, AtomicNeuron.COUNT)
                    .filter(n -> Quantity.LEAK.accepts(finding.results()[n], 80))
                    .count();
            assertThat(accepted).isGreaterThanOrEqualTo(AtomicNeuron.COUNT * 9 / 10);
            assertThat(finding.steps()).isBetween(3, 5);
            Statistics after = Statistics.of(bench.read(program -> CadcPotentials.read(program, 16)));
            assertThat(after.median()).isCloseTo(80, within(0.5));
            assertThat(after.trimmedSigma()).isLessThan(1.2);
        }
    }

    private static double[] constant(double value) {
        double[] values = new double[AtomicNeuron.COUNT];
        Arrays.fill(values, value);
        return values;
    }
}
