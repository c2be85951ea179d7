package firstspike.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.emulator.analog.FittedChip;
import firstspike.emulator.analog.TransferLaws;
import firstspike.experiments.run.ChosenCalibrations;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.procedure.CadcRamp;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChipModelFitTest {

    private static final Instant CREATED = Instant.parse("2026-11-01T12:00:00Z");
    private static final TransferLaws LAWS = TransferLaws.NOMINAL;
    private static final int N = CalibrationResult.NEURONS;

    private static double lsb(double volt) {
        return 20 + (volt - 1.8 * 70 / 1022) / 4.227e-3;
    }

    /** What a chip would measure whose elements deviate by known offsets and factors. */
    private static CalibrationResult.Builder result() {
        ChipCodes.Builder codes = ChipCodes.none().change();
        double[] leak = new double[N];
        double[] threshold = new double[N];
        double[] tauM = new double[N];
        double[] tauS = new double[N];
        double[] height = new double[N];
        for (int n = 0; n < N; n++) {
            codes.cell(n, NeuronParameter.V_LEAK, 466)
                    .cell(n, NeuronParameter.V_THRESHOLD, 279)
                    .cell(n, NeuronParameter.I_BIAS_LEAK, 736)
                    .cell(n, SynapticInput.EXCITATORY.tau(), 512)
                    .cell(n, SynapticInput.EXCITATORY.strength(), 700)
                    .cell(n, SynapticInput.EXCITATORY.shift(), 320);
            leak[n] = lsb(LAWS.leakVolt(466) + 0.010 + 1e-5 * n);
            threshold[n] = lsb(LAWS.thresholdVolt(279) - 0.004) + 1.3;
            tauM[n] = 2.3 / (LAWS.conductanceSiemens(736, true, false, false) * 1e6) / 1.1;
            tauS[n] = LAWS.synapticTauSeconds(512, true, false) * 1e6 * 0.9;
            double at = Math.log(tauM[n] / tauS[n]) / (1 / tauS[n] - 1 / tauM[n]);
            double shape = (Math.exp(-at / tauM[n]) - Math.exp(-at / tauS[n])) / (1 / tauS[n] - 1 / tauM[n]);
            height[n] = 1.3 * 3.567e-15 * 63 * 700 * 1000 / 2.3e-12 * shape * 1e-6 / 4.227e-3;
        }
        leak[5] = Double.NaN;
        for (Quadrant quadrant : Quadrant.values()) {
            codes.cell(QuadrantParameter.SYN_I_BIAS_DAC.cell(quadrant), 1000)
                    .cell(QuadrantParameter.CADC_V_RAMP_OFFSET.cell(quadrant), 80)
                    .cell(QuadrantParameter.CADC_I_RAMP_SLOPE.cell(quadrant), 300);
        }
        int[] on = new int[N];
        Arrays.fill(on, 1);
        return CalibrationResult.builder(
                        new ChipIdentity(new ChipId("W66F3"), "fpga://x", "a chip", "hardware", Optional.empty()),
                        TargetSet.fastAndDeep())
                .time(CREATED, 1)
                .codes(codes.field(CodeField.ENABLE_LEAK_DIVISION, on)
                        .field(CodeField.ENABLE_SYNAPTIC_INPUT_EXCITATORY_HIGH_RESISTANCE, on)
                        .build())
                .achieved(Quantity.LEAK, leak)
                .achieved(Quantity.THRESHOLD, threshold)
                .achieved(Quantity.TAU_MEM, tauM)
                .achieved(Quantity.TAU_SYN_EXC, tauS)
                .achieved(Quantity.AMPLITUDE_EXC, height)
                .bad(new BadNeuron(7, BadNeuron.SPIKES, BadReason.SILENT));
    }

    @Test
    @DisplayName(
            "offsets and factors explain what was measured at the stored codes; the rest stays nominal and is counted")
    void explains() {
        ChipModelFit fit = new ChipModelFit(result().build());
        assertThat(fit.pattern().get("v_leak_offset")[100]).isCloseTo(0.011, within(1e-9));
        assertThat(fit.pattern().get("v_leak_offset")[5]).isZero();
        assertThat(fit.pattern().get("v_threshold_offset")[9]).isCloseTo(-0.004, within(1e-9));
        assertThat(fit.pattern().get("g_leak")[9]).isCloseTo(1.1, within(1e-9));
        assertThat(fit.pattern().get("tau_syn_exc")[9]).isCloseTo(0.9, within(1e-9));
        assertThat(fit.pattern().get("gm_exc")[9]).isCloseTo(1.3, within(1e-9));
        assertThat(fit.pattern().get("synin_offset_exc")[9])
                .isCloseTo(-LAWS.synapticOffsetAmpere(320, 700 * 1.3), within(1e-15));
        // the ramp that starts ten codes later reads less, which the channels do not do by themselves
        assertThat(fit.pattern().get("cadc_offset")[400]).isCloseTo(10 * 1.8 / 1022 / 4.227e-3, within(1e-9));
        assertThat(fit.nominal())
                .containsEntry("v_leak_offset", 1)
                .containsEntry("g_leak", 0)
                .containsEntry("v_reset_offset", N)
                .containsEntry("gm_inh", N);
    }

    @Test
    @DisplayName("the emulator reads the file, and the calibration that it names is one of that chip")
    void read(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("chip.npz");
        byte[] bytes = new ChipModelFit(result().build()).bytes(CREATED, "0.1.0");
        Files.write(file, bytes);
        assertThat(FittedChip.read(file).sha256()).hasSize(64);
        try (ChipTarget chip =
                (ChipTarget) Targets.installed().resolve("emu:fitted?file=" + file, LinkOptions.defaults())) {
            CalibrationResult own = result().build();
            assertThat(ChosenCalibrations.requireSameChip(own, chip.chips().get(0), false))
                    .isEmpty();
            CalibrationResult other = result().time(CREATED.plusSeconds(1), 1).build();
            assertThatThrownBy(() -> ChosenCalibrations.requireSameChip(
                            other, chip.chips().get(0), false))
                    .isInstanceOf(CalibrationException.class)
                    .hasFieldOrPropertyWithValue("code", CalibrationException.Code.OTHER_CHIP);
        }
        assertThat(new ChipModelFit(result().build()).bytes(CREATED, "0.1.0")).isEqualTo(bytes);
    }

    @Test
    void aCalibrationOfMergedCircuitsIsNoModelOfSingleOnes() {
        CalibrationResult pairs = result().option(CalibrationResult.MERGED, "2").build();

        assertThatThrownBy(() -> new ChipModelFit(pairs))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING)
                .hasMessageContaining("2 circuits a neuron")
                .hasMessageContaining("without --merged");
    }

    @Test
    void noiseBeyondThatOfTheConverterIsTheMembranes() {
        double[] noise = new double[N];
        Arrays.fill(noise, 1.3);
        assertThat(new ChipModelFit(result().build()).noise()).isEmpty();
        assertThat(new ChipModelFit(result().derived(Derived.none().withNoise(noise))
                                .build())
                        .noise())
                .satisfies(found -> assertThat(found.get("noise.cadc_counts")).isEqualTo(1))
                .satisfies(found -> assertThat(found.get("noise.membrane_v"))
                        .isCloseTo(4.227e-3 * Math.sqrt(1.69 - 1.0 / 24 - 0.5), within(1e-12)));
        Arrays.fill(noise, 0);
        assertThat(new ChipModelFit(result().derived(Derived.none().withNoise(noise))
                                .build())
                        .noise())
                .containsEntry("noise.cadc_counts", 0.0)
                .containsEntry("noise.membrane_v", 0.0);
    }

    @Test
    @DisplayName("a chip that was fitted rests where the measured one rests, neuron by neuron, and is as noisy")
    void fittedChipsRestAlike(@TempDir Path folder) throws Exception {
        TargetSet targets = TargetSet.fastAndDeep();
        double[][] rest = new double[2][];
        double[][] noise = new double[2][];
        ChipConfiguration[] codes = new ChipConfiguration[1];
        measured("emu:varied?seed=5", bench -> {
            // as a search leaves them: equal codes of neighbours disturb each other, on the fitted chip once more
            int[] spread = IntStream.range(0, N).map(n -> 416 + 37 * n % 101).toArray();
            bench.configure(BaseState.of(targets)).set(NeuronParameter.V_LEAK, spread);
            new CadcRamp().run(bench);
            codes[0] = bench.configuration();
            rest[0] = rest(bench);
            noise[0] = noise(bench);
        });
        CalibrationResult result = CalibrationResult.builder(
                        new ChipIdentity(
                                new ChipId("emu-varied-5"), "emu:varied?seed=5", "a chip", "varied", Optional.empty()),
                        targets)
                .time(CREATED, 1)
                .codes(ChipCodes.of(codes[0]))
                .achieved(Quantity.LEAK, rest[0])
                .derived(Derived.none().withNoise(noise[0]))
                .build();
        Path file = folder.resolve("chip.npz");
        Files.write(file, new ChipModelFit(result).bytes(CREATED, "0.1.0"));
        measured("emu:fitted?file=" + file + "&seed=9", bench -> {
            bench.configure(codes[0]).renew();
            rest[1] = rest(bench);
            noise[1] = noise(bench);
        });

        double[] difference = new double[N];
        Arrays.setAll(difference, n -> rest[1][n] - rest[0][n]);
        Statistics before = Statistics.of(rest[0]);
        Statistics after = Statistics.of(rest[1]);
        assertThat(before.sigma()).isGreaterThan(5);
        assertThat(after.median()).isCloseTo(before.median(), within(0.5));
        assertThat(after.sigma()).isCloseTo(before.sigma(), within(0.1 * before.sigma()));
        assertThat(Statistics.of(difference).trimmedSigma()).isLessThan(1.6);
        assertThat(Statistics.of(noise[1]).median())
                .isCloseTo(Statistics.of(noise[0]).median(), within(0.1));
    }

    private static double[] rest(Bench bench) {
        return bench.read(program -> CadcPotentials.read(program.pause(125_000), 16));
    }

    private static double[] noise(Bench bench) {
        return bench.read(program -> CadcPotentials.deviation(program.pause(125_000), 60));
    }

    private static void measured(String uri, Consumer<Bench> measurement) {
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            measurement.accept(new Bench(session, ChipConfiguration.defaults()));
        }
    }
}
