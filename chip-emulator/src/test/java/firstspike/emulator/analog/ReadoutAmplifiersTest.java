package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadoutAmplifiersTest {

    private static final int AMPLIFIER = 4;

    private static CircuitBench bench() {
        CircuitBench bench = new CircuitBench().shared();
        for (int circuit = 0; circuit < 4; circuit++) {
            bench.single(circuit).bit(circuit, 1, AMPLIFIER, true);
        }
        bench.bit(2, 1, 5, true).bit(3, 1, 6, true);
        for (int[][] quadrant : bench.cells) {
            quadrant[128][4] = 70;
            quadrant[128][15] = 300;
        }
        return bench;
    }

    private static MembraneRig stimulated(Fidelity fidelity) {
        MembraneRig rig = new MembraneRig(fidelity, 11, bench());
        rig.array.programStart(3, 0);
        rig.array.timerReset(10);
        SplittableRandom random = new SplittableRandom(5);
        for (int burst = 0; burst < 6; burst++) {
            for (int k = 0; k < 60; k++) {
                long h = 20_000L * burst + 2L * random.nextInt(2500);
                rig.event(h, random.nextInt(4), random.nextInt(5) == 0 ? 1 : 0, 1 + random.nextInt(63));
            }
        }
        return rig;
    }

    @ParameterizedTest(name = "T159 T224 questions at any instant change no spike and no membrane, {0}")
    @EnumSource(Fidelity.class)
    void questionsChangeNothing(Fidelity fidelity) {
        long end = 150_000;
        MembraneRig unasked = stimulated(fidelity);
        MembraneRig asked = stimulated(fidelity);
        for (long h = 3; h < end; h += 17) {
            long at = h;
            asked.at(at, () -> ask(asked, at, 0));
            asked.at(at + 8, () -> ask(asked, at + 7, 0.5));
        }
        unasked.run(end);
        asked.run(end);

        assertThat(asked.firings).isEqualTo(unasked.firings).hasSizeGreaterThan(10);
        for (int circuit = 0; circuit < 4; circuit++) {
            assertThat(asked.array.membrane(circuit, end)).isEqualTo(unasked.array.membrane(circuit, end));
        }
    }

    private static void ask(MembraneRig rig, long h, double fraction) {
        for (int circuit = 0; circuit < 4; circuit++) {
            rig.array.readout().volt(circuit, h, fraction);
        }
    }

    @Test
    @DisplayName("A-13 a sample within a half-tick lies between those at its ends, and falls with the firing in it")
    void sampleWithinAHalfTick() {
        MembraneRig rig = stimulated(Fidelity.NOMINAL);
        double[] volt = new double[2 * 12_000];
        for (int h = 0; h < 12_000; h++) {
            int at = h;
            rig.at(at, () -> volt[2 * at] = rig.array.readout().volt(0, at, 0));
            rig.at(at + 1, () -> volt[2 * at + 1] = rig.array.readout().volt(0, at, 0.5));
        }
        rig.run(12_001);

        long fired = rig.times(0)[0];
        int drop = 1;
        while (volt[drop] > volt[drop - 1] - 0.1) {
            drop++;
        }
        // a firing in [fired - 1, fired) shows in the samples at or behind it
        assertThat((long) drop).isBetween(2 * fired - 2, 2 * fired);
        assertThat(volt[drop - 1]).isCloseTo(CircuitBench.THRESHOLD_V, within(1e-3));
        assertThat(volt[drop]).isEqualTo(CircuitBench.RESET_V);
        for (int i = 1; i < drop - 2; i += 2) {
            assertThat(volt[i]).isCloseTo((volt[i - 1] + volt[i + 1]) / 2, within(1e-6));
        }
    }

    @Test
    @DisplayName("A-13 the amplifier shows what its source says: membrane, synaptic lines from 1.2 V down")
    void sources() {
        MembraneRig rig = new MembraneRig(Fidelity.NOMINAL, 1, bench());
        assertThat(rig.array.readout().volt(0, 0, 0)).isEqualTo(rig.array.membrane(0, 0));
        assertThat(rig.array.readout().volt(2, 0, 0)).isEqualTo(1.2);
        rig.event(10, 2, 0, 63).event(10, 3, 1, 63).run(11);

        double current = 3.567e-15 * 63 * 500 * 1000;
        double expected = 1.2 * (1 - 0.5 * current / (4e-6 * 500 / 1022));
        assertThat(rig.array.readout().volt(2, 10, 0)).isCloseTo(expected, within(1e-12));
        assertThat(rig.array.readout().volt(3, 10, 0)).isCloseTo(expected, within(1e-12));
        double later = rig.array.readout().volt(2, 10 + 1500, 0.5);
        assertThat(later).isBetween(expected + 0.01, 1.2);
    }

    @Test
    @DisplayName("A-13 an amplifier that is off, or whose bias is below 30, shows 0 V")
    void amplifierOff() {
        CircuitBench off = bench().bit(0, 1, AMPLIFIER, false);
        assertThat(new MembraneRig(Fidelity.NOMINAL, 1, off).array.readout().volt(0, 0, 0))
                .isZero();
        CircuitBench unbiased = bench();
        unbiased.cells[0][128][18] = 29;
        assertThat(new MembraneRig(Fidelity.NOMINAL, 1, unbiased)
                        .array
                        .readout()
                        .volt(0, 0, 0))
                .isZero();
    }

    @Test
    @DisplayName("A-12 CADC law: readings of the worked example, steps of 4.227 mV, more offset or slope reads less")
    void cadcLaw() {
        CircuitBench bench = bench();
        bench.cells[1][128][4] = 170;
        bench.cells[2][128][15] = 350;
        bench.cells[3][128][15] = 0;
        ConverterLaws laws = new NeuronArray(ChipModel.of(Fidelity.NOMINAL, 1), bench)
                .readout()
                .converters();

        assertThat(laws.cadc(0, CircuitBench.LEAK_V)).isCloseTo(80, within(0.5));
        assertThat(laws.cadc(0, CircuitBench.RESET_V)).isCloseTo(80, within(0.5));
        assertThat(laws.cadc(0, CircuitBench.THRESHOLD_V)).isCloseTo(150, within(0.5));
        assertThat(laws.cadc(0, 0.9687)).isCloseTo(220, within(0.01));
        assertThat(laws.cadc(0, 0.5 + 4.227e-3) - laws.cadc(0, 0.5)).isCloseTo(1, within(1e-9));
        assertThat(laws.cadc(1, 0.5)).isCloseTo(laws.cadc(0, 0.5) - 1.8 * 100 / 1022 / 4.227e-3, within(1e-9));
        assertThat(laws.cadc(2, 0.5) - 20).isCloseTo((laws.cadc(0, 0.5) - 20) * 300 / 350, within(1e-9));
        assertThat(laws.cadc(3, 0.5)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(laws.cadc(3, 0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(laws.madc(0.376)).isEqualTo(188);
    }
}
