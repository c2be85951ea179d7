package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compartments that a finite conductance couples (analog.md 8, 10), against closed forms and a fine integration. */
class CoupledNodesTest {
    private static final double HALF_TICK_S = 4e-9;
    private static final double C = 2.3e-12;
    private static final double G_LEAK = 382.5e-9;
    private static final int CONDUCTANCE = 23;

    /** Membrane 30 by a conductance to the somatic line, which a switch joins to membrane 31; no reset within the window. */
    private static CircuitBench pair(int code) {
        CircuitBench bench = new CircuitBench().shared().single(30).single(31).cell(30, CONDUCTANCE, code);
        return bench.bit(30, 5, 2, true).bit(30, 5, 0, true).bit(31, 5, 4, true);
    }

    private static double g(int code) {
        return 2.5e-9 * code;
    }

    private static MembraneRig nominal(CircuitBench bench) {
        return new MembraneRig(Fidelity.NOMINAL, 1, bench);
    }

    @ParameterizedTest(name = "two leak potentials settle where conductances balance them, code {0}, /4 {1}, x4 {2}")
    @CsvSource({"10, false, false", "200, false, false", "200, true, false", "200, false, true", "200, true, true"})
    void divider(int code, boolean division, boolean multiplication) {
        CircuitBench bench = pair(code).cell(30, 0, 560).cell(30, 2, 1000).cell(31, 2, 1000);
        bench.bit(30, 5, 6, division).bit(30, 5, 5, multiplication);
        double g = g(code) * (division == multiplication ? 1 : division ? 0.25 : 4);

        MembraneRig rig = nominal(bench).run(100_000);

        double high = 1.58e-3 * 560 - 0.36;
        double low = CircuitBench.LEAK_V;
        double half = (high - low) * g / (G_LEAK + 2 * g);
        assertThat(rig.array.membrane(30, 100_000)).isCloseTo(high - half, within(1e-9));
        assertThat(rig.array.membrane(31, 100_000)).isCloseTo(low + half, within(1e-9));
        assertThat(rig.array.nextFiring()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("a difference of two equal compartments decays with C/(g + 2 g_ic), their mean with C/g")
    void modes() {
        int code = 120;
        CircuitBench bench = pair(code).cell(30, 2, 1000).cell(31, 2, 1000);
        bench.cell(30, 22, 800).bit(30, 3, 0, true);
        MembraneRig rig = nominal(bench).change(20_000, 30, () -> bench.bit(30, 3, 0, false));
        rig.run(20_001);
        double sum = rig.array.membrane(30, 20_000) + rig.array.membrane(31, 20_000) - 2 * CircuitBench.LEAK_V;
        double difference = rig.array.membrane(30, 20_000) - rig.array.membrane(31, 20_000);
        assertThat(difference).isCloseTo(250e-9 * 800 / 1022 / (G_LEAK + 2 * g(code)), within(1e-6));
        for (long h = 20_250; h < 22_000; h += 250) {
            double s = (h - 20_000) * HALF_TICK_S;
            rig.run(h);
            double a = rig.array.membrane(30, h);
            double b = rig.array.membrane(31, h);
            assertThat(a + b - 2 * CircuitBench.LEAK_V).isCloseTo(sum * Math.exp(-s * G_LEAK / C), within(1e-7));
            assertThat(a - b).isCloseTo(difference * Math.exp(-s * (G_LEAK + 2 * g(code)) / C), within(1e-7));
        }
    }

    @Test
    @DisplayName("three membranes on one line without capacitance share it as a star")
    void star() {
        CircuitBench bench = new CircuitBench().shared();
        double[] leak = {466, 500, 560};
        double[] code = {40, 120, 300};
        for (int i = 0; i < 3; i++) {
            bench.single(60 + i).cell(60 + i, 0, (int) leak[i]).cell(60 + i, 2, 1000);
            bench.cell(60 + i, CONDUCTANCE, (int) code[i]).bit(60 + i, 5, 2, true);
            bench.bit(60 + i, 5, 0, i < 2);
        }

        MembraneRig rig = nominal(bench).run(100_000);

        // each membrane is a divider between its leak and the line; no current leaves the line
        double above = 0;
        double below = 0;
        for (int i = 0; i < 3; i++) {
            double series = G_LEAK * g((int) code[i]) / (G_LEAK + g((int) code[i]));
            above += series * (1.58e-3 * leak[i] - 0.36);
            below += series;
        }
        double line = above / below;
        for (int i = 0; i < 3; i++) {
            double g = g((int) code[i]);
            double expected = (G_LEAK * (1.58e-3 * leak[i] - 0.36) + g * line) / (G_LEAK + g);
            assertThat(rig.array.membrane(60 + i, 100_000)).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    @DisplayName("input at one compartment fires the other, within 5 ns of a Runge-Kutta integration of both")
    void spikes() {
        int code = 400;
        CircuitBench bench = pair(code).bit(30, 4, 3, false);
        MembraneRig rig = nominal(bench);
        for (long h = 1000; h < 30_000; h += 130) {
            rig.event(h, 30, 0, 63);
        }
        rig.run(60_000);

        long[] fired = rig.times(31);
        double[] expected = reference(code);
        assertThat(rig.times(30)).isEmpty();
        assertThat(fired).hasSizeGreaterThan(2).hasSize(expected.length);
        for (int i = 0; i < fired.length; i++) {
            assertThat(expected[i] * 1e9).as("spike " + i).isBetween(4.0 * (fired[i] - 1) - 5, 4.0 * fired[i] + 5);
        }
    }

    private static double[] reference(int code) {
        double step = 1e-9;
        double tau = 307e-6 * 10 / 512;
        double jump = 3.567e-15 * 63 * 500 * 1000;
        double a = CircuitBench.LEAK_V;
        double b = CircuitBench.LEAK_V;
        double current = 0;
        double clampUntil = -1;
        double refractoryUntil = -1;
        double[] found = new double[64];
        int count = 0;
        for (long k = 0; k < 240_000; k++) {
            long ns = k;
            if (ns % 4 == 0 && ns / 4 >= 1000 && ns / 4 < 30_000 && (ns / 4 - 1000) % 130 == 0) {
                current += jump;
            }
            boolean held = ns * 1e-9 < clampUntil;
            double middle = current * Math.exp(-step / 2 / tau);
            double da = (-G_LEAK * (a - CircuitBench.LEAK_V) + current + g(code) * (b - a)) / C;
            double db = held ? 0 : (-G_LEAK * (b - CircuitBench.LEAK_V) + g(code) * (a - b)) / C;
            double ma = a + step / 2 * da;
            double mb = b + step / 2 * db;
            double before = b;
            a += step * (-G_LEAK * (ma - CircuitBench.LEAK_V) + middle + g(code) * (mb - ma)) / C;
            b += held ? 0 : step * (-G_LEAK * (mb - CircuitBench.LEAK_V) + g(code) * (ma - mb)) / C;
            current *= Math.exp(-step / tau);
            double now = (ns + 1) * 1e-9;
            if (!held && b >= CircuitBench.THRESHOLD_V && now > refractoryUntil) {
                double fraction =
                        before < CircuitBench.THRESHOLD_V ? (CircuitBench.THRESHOLD_V - before) / (b - before) : 0;
                double at = ns * 1e-9 + fraction * step;
                found[count++] = at;
                b = CircuitBench.RESET_V;
                clampUntil = at + 125 * 32 * HALF_TICK_S;
                refractoryUntil = at + 126 * 32 * HALF_TICK_S;
            }
        }
        return Arrays.copyOf(found, count);
    }

    @Test
    @DisplayName("A-05 questions in between change no spike of coupled compartments")
    void askingChangesNothing() {
        long[] plain = busy(new MembraneRig(Fidelity.VARIED_FULL, 7, pair(300)), false);
        long[] asked = busy(new MembraneRig(Fidelity.VARIED_FULL, 7, pair(300)), true);
        assertThat(plain).hasSizeGreaterThan(2).isEqualTo(asked);
    }

    private static long[] busy(MembraneRig rig, boolean asking) {
        for (long h = 1000; h < 40_000; h += 111) {
            rig.event(h, 30, 0, 63).event(h, 31, 0, 40);
        }
        for (long h = 1000; asking && h < 60_000; h += 37) {
            long at = h;
            rig.at(h, () -> rig.array.readout().volt(30, at, 0));
        }
        rig.run(60_000);
        return rig.firings.stream().mapToLong(f -> 1000 * f.h() + f.circuit()).toArray();
    }

    @Test
    @DisplayName("a coupling that is switched off and on again leaves the charge where it was")
    void switching() {
        CircuitBench bench = pair(100).cell(30, 2, 1000).cell(31, 2, 1000).cell(30, 0, 560);
        MembraneRig rig = nominal(bench);
        rig.change(50_000, 30, () -> bench.bit(30, 5, 2, false)).run(50_000);
        double before = rig.array.membrane(30, 50_000);
        rig.run(50_001);
        assertThat(rig.array.membrane(30, 50_000)).isCloseTo(before, within(1e-9));
        assertThat(rig.array.anyStepped()).isFalse();
        rig.change(200_000, 30, () -> bench.bit(30, 5, 2, true)).run(400_000);
        assertThat(rig.array.membrane(30, 400_000)).isCloseTo(before, within(1e-9));
    }
}
