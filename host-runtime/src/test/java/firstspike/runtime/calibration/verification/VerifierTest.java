package firstspike.runtime.calibration.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Container;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.NormalisedThreshold;
import firstspike.runtime.calibration.procedure.TimeOffset;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Verification of a chip that needs no calibration: what is left of its mismatch is within every tolerance. */
class VerifierTest {

    private static final TargetSet TARGETS = TargetSet.fastAndDeep();

    @Test
    @DisplayName("C-10 verification changes no code, and finds every quantity and function of a good chip")
    void changesNoCode() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:varied?seed=1&mismatch=residual")) {
            Bench bench = chip.bench();
            ChipConfiguration before = bench.configuration();
            int[] codes = codesOnChip(bench);

            Verified verified = new Verifier(bench, TARGETS).run(true);

            assertThat(bench.configuration()).isEqualTo(before);
            assertThat(codesOnChip(bench)).isEqualTo(codes);
            assertThat(verified.passed()).as(verified.worst()).isTrue();
            assertThat(verified.achieved().keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Quantity.TAU_ICC)));
            assertThat(verified.functional().orElseThrow().passed()).isTrue();
            assertThat(Statistics.of(verified.functional().orElseThrow().misshapen())
                            .most())
                    .isLessThan(0.05);
            assertThat(verified.bad(Map.of()).size()).isBetween(1, 15);
            assertThat(bench.totals().lossFree()).isTrue();
            experimentsCompute(bench, verified.achieved());
        }
    }

    /** 1.51 and 44 ticks by analog.md 6 and the latencies of the emulator. */
    private static void experimentsCompute(Bench bench, Map<Quantity, double[]> achieved) {
        NormalisedThreshold.Measured measured = new NormalisedThreshold.Measured(
                achieved.get(Quantity.LEAK),
                achieved.get(Quantity.THRESHOLD),
                achieved.get(Quantity.TAU_MEM),
                achieved.get(Quantity.TAU_SYN_EXC));
        NormalisedThreshold threshold = NormalisedThreshold.measure(bench, measured, 6);
        OptionalLong offset = TimeOffset.measure(bench, measured, threshold.perStep());

        Statistics theta = Statistics.of(threshold.threshold());
        assertThat(theta.median()).isCloseTo(1.51, within(0.05));
        assertThat(theta.trimmedSigma()).isLessThan(0.08 * theta.median());
        assertThat(offset.orElseThrow()).isBetween(42L, 46L);
    }

    @Test
    void aNeuronIsBadForWhatItMissesAndNotForHowItsSearchEnded() {
        double[] targets = new double[AtomicNeuron.COUNT];
        Arrays.fill(targets, 80);
        double[] values = targets.clone();
        values[3] = 84;
        values[4] = Double.NaN;
        values[5] = 75;
        SearchFailure[] ends = new SearchFailure[AtomicNeuron.COUNT];
        ends[5] = SearchFailure.RANGE_REACHED;
        ends[6] = SearchFailure.RANGE_REACHED;
        QuantityReport leak = QuantityReport.of(Quantity.LEAK, targets, values);
        boolean[] silent = new boolean[AtomicNeuron.COUNT];
        silent[7] = true;
        double[] noise = new double[AtomicNeuron.COUNT];
        noise[8] = 2.5;

        Verified verified =
                new Verified(List.of(leak), noise, silent, new boolean[AtomicNeuron.COUNT], Optional.empty());

        assertThat(verified.bad(Map.of(Quantity.LEAK, ends)))
                .containsExactly(
                        new BadNeuron(3, Quantity.LEAK, BadReason.OUT_OF_TOLERANCE),
                        new BadNeuron(4, Quantity.LEAK, BadReason.NOT_MEASURABLE),
                        new BadNeuron(5, Quantity.LEAK, BadReason.RANGE_REACHED),
                        new BadNeuron(7, BadNeuron.SPIKES, BadReason.SILENT),
                        new BadNeuron(8, Quantity.LEAK, BadReason.NOISY));
        assertThat(leak.worst()).startsWith(4, 5, 3);
        assertThat(verified.passed()).isTrue();
        assertThat(verified.worst()).contains("v_leak_lsb", "509 of 512");
    }

    /** Codes of the cells that verification borrows, as the chip holds them. */
    private static int[] codesOnChip(Bench bench) {
        NeuronParameter[] borrowed = {
            NeuronParameter.V_LEAK,
            NeuronParameter.V_RESET,
            NeuronParameter.V_THRESHOLD,
            NeuronParameter.I_BIAS_LEAK,
            NeuronParameter.I_BIAS_SYNIN_EXC_GM,
            NeuronParameter.I_MEM_OFFSET
        };
        int[] addresses = IntStream.range(0, AtomicNeuron.COUNT)
                .flatMap(n -> Arrays.stream(borrowed).mapToInt(parameter -> Container.CAPMEM_CELL.layout()
                        .writeAddresses(AtomicNeuron.of(n).capMemCell(parameter).index())[0]))
                .toArray();
        return bench.read(program -> {
            Ticket<int[]> words = program.read(addresses, read -> read);
            return words;
        });
    }
}
