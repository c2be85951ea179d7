package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteppedNodesTest {
    private static final double HALF_TICK_S = 4e-9;
    private static final double EXPONENTIAL_V = 1.98e-3 * 230 + 0.12;
    private static final double A_S = 0.25e-9 * 200;

    private static CircuitBench single() {
        return new CircuitBench().shared().single(0).bit(0, 1, 4, true);
    }

    /** Exponential term at nominal strength and adaptation, both sub-threshold and by spikes. */
    private static CircuitBench adex() {
        CircuitBench bench = single().bit(0, 2, 3, true).bit(0, 2, 2, true);
        bench.cell(0, 6, 230).cell(0, 21, 500);
        bench.cell(0, 5, 466).cell(0, 18, 500).cell(0, 19, 200).cell(0, 20, 1022);
        bench.backend[0][2] |= 1 << 6;
        bench.common[0][0] |= 7 << 16;
        return bench;
    }

    /** Rheobase by the condition that the slope of the membrane touches zero. */
    private static double rheobase() {
        double leak = 382.5e-9;
        double volt = EXPONENTIAL_V + 20e-3 * Math.log(1 + A_S / leak);
        return leak * (volt - CircuitBench.LEAK_V)
                - leak * 20e-3 * (1 + A_S / leak)
                + A_S * (volt - CircuitBench.LEAK_V);
    }

    private static AdaptiveReference reference(double current) {
        AdaptiveReference reference = new AdaptiveReference();
        reference.takeOff = EXPONENTIAL_V;
        reference.a = A_S;
        reference.adaptationVolt = CircuitBench.LEAK_V;
        reference.b = 0.5e-9 * 128 * 8e-9 / 1e-6;
        reference.clamp = (126 - 1) * 32 * HALF_TICK_S;
        reference.current = current;
        return reference;
    }

    @ParameterizedTest(
            name = "A-15 AdEx: spikes within 5 ns, trace within 0.1 mV of a Runge-Kutta reference, {0} times rheobase")
    @ValueSource(doubles = {1.2, 1.4, 1.7, 2.2, 3})
    void againstReference(double drive) {
        int code = (int) Math.ceil(drive * rheobase() / 250e-9 * 1022);
        CircuitBench bench = adex().cell(0, 22, code).bit(0, 3, 0, true);
        // the reference starts from rest without the current: so does the membrane, whose switch closes at 0
        bench.bit(0, 3, 0, false);
        MembraneRig rig = new MembraneRig(Fidelity.NOMINAL, 1, bench);
        rig.change(0, 0, () -> bench.bit(0, 3, 0, true));
        AdaptiveReference reference = reference(250e-9 * code / 1022);
        // the exponential term lifts the membrane from its leak potential, in both alike
        long end = 30_000;
        double[] sampled = new double[(int) end / 50];
        double[] expected = new double[sampled.length];
        for (int i = 0; i < sampled.length; i++) {
            long h = 50L * i;
            int at = i;
            rig.at(h + 1, () -> sampled[at] = rig.array.readout().volt(0, h, 0.5));
        }
        rig.run(end);
        for (int i = 0; i < sampled.length; i++) {
            reference.run((50 * i + 0.5) * HALF_TICK_S);
            expected[i] = reference.volt;
        }
        reference.run(end * HALF_TICK_S);

        long[] fired = rig.times(0);
        assertThat(fired).hasSizeGreaterThan(2).hasSize(reference.spikes.size());
        for (int i = 0; i < fired.length; i++) {
            double ns = reference.spikes.get(i) * 1e9;
            assertThat(ns).as("spike " + i).isBetween(4.0 * (fired[i] - 1) - 5, 4.0 * fired[i] + 5);
        }
        int compared = 0;
        for (int i = 0; i < sampled.length; i++) {
            long h = 50L * i;
            boolean near = false;
            for (long f : fired) {
                near |= h > f - 10 && h <= f + 10 || h > f && h < f + 126 * 32;
            }
            if (!near) {
                compared++;
                assertThat(sampled[i]).as("half-tick " + h).isCloseTo(expected[i], within(1e-4));
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    @ParameterizedTest(name = "A-15 with all extras off the stepped solution equals the closed form within 10 ns, {0}")
    @EnumSource(
            value = Fidelity.class,
            names = {"NOMINAL", "VARIED_RESIDUAL"})
    void extrasOff(Fidelity fidelity) {
        MembraneRig closed = stimulated(fidelity, bench -> {});
        // adaptation that is on but has neither a nor b asks for steps and adds nothing
        MembraneRig steps =
                stimulated(fidelity, bench -> bench.bit(0, 2, 2, true).cell(0, 18, 500));
        closed.run(400_000);
        steps.run(400_000);

        assertThat(steps.firings).hasSameSizeAs(closed.firings).hasSizeGreaterThan(15);
        for (int i = 0; i < closed.firings.size(); i++) {
            assertThat((double) steps.firings.get(i).h())
                    .isCloseTo(closed.firings.get(i).h(), within(3.0));
        }
        for (long h = 400_000; h < 410_000; h += 1000) {
            assertThat(steps.array.membrane(0, h)).isCloseTo(closed.array.membrane(0, h), within(1e-6));
        }
    }

    private static MembraneRig stimulated(Fidelity fidelity, Consumer<CircuitBench> change) {
        CircuitBench bench = single();
        change.accept(bench);
        MembraneRig rig = new MembraneRig(fidelity, 4, bench);
        rig.array.programStart(1, 0);
        rig.array.timerReset(2);
        SplittableRandom random = new SplittableRandom(9);
        for (int burst = 0; burst < 18; burst++) {
            for (int k = 0; k < 14; k++) {
                rig.event(
                        20_000L * burst + 2L * random.nextInt(2000),
                        0,
                        random.nextInt(6) == 0 ? 1 : 0,
                        20 + random.nextInt(43));
            }
        }
        return rig;
    }

    @ParameterizedTest(
            name = "T159 T224 questions at any instant change no spike and no membrane of a stepped node, {0}")
    @EnumSource(Fidelity.class)
    void questionsChangeNothing(Fidelity fidelity) {
        MembraneRig unasked = stimulated(fidelity, bench -> copyAdex(bench));
        MembraneRig asked = stimulated(fidelity, bench -> copyAdex(bench));
        for (long h = 3; h < 150_000; h += 17) {
            long at = h;
            asked.at(at, () -> asked.array.readout().volt(0, at, 0));
            asked.at(at + 8, () -> asked.array.readout().volt(0, at + 7, 0.5));
        }
        unasked.run(150_000);
        asked.run(150_000);

        assertThat(asked.firings).isEqualTo(unasked.firings).hasSizeGreaterThan(3);
        assertThat(asked.array.membrane(0, 150_000)).isEqualTo(unasked.array.membrane(0, 150_000));
    }

    private static void copyAdex(CircuitBench bench) {
        bench.bit(0, 2, 3, true).bit(0, 2, 2, true).cell(0, 6, 230).cell(0, 21, 500);
        bench.cell(0, 5, 466).cell(0, 18, 500).cell(0, 19, 200).cell(0, 20, 1022);
        bench.backend[0][2] |= 1 << 6;
        bench.common[0][0] |= 10 << 16;
    }

    @Test
    @DisplayName(
            "A-14 COBA: amplitude at the reference potential equals CUBA, is 0 at the reversal potential and beyond turns")
    void conductanceBased() {
        // excitatory reversal at leak code 890, 1.0462 V; reference 0.5 V below it at bias 500
        double reversal = 1.58e-3 * 890 - 0.36;
        int atReference = (int) Math.round((reversal - 0.5 + 0.36) / 1.58e-3);
        double current = peak(atReference, false);
        assertThat(peak(atReference, true)).isCloseTo(current, within(0.02 * current));
        assertThat(peak(890, true)).isCloseTo(0, within(1e-6));
        double half = peak((890 + atReference) / 2, true);
        assertThat(half).isCloseTo(current / 2, within(0.02 * current));
    }

    /** Excursion of one weak event from a resting potential of a leak code, comparator off. */
    private static double peak(int leakCode, boolean coba) {
        CircuitBench bench = single().cell(0, 0, leakCode).bit(0, 4, 3, false);
        bench.cell(0, 3, 890).cell(0, 11, 500).bit(0, 1, 2, coba);
        MembraneRig rig = new MembraneRig(Fidelity.NOMINAL, 1, bench);
        rig.event(10, 0, 0, 1).run(11);
        double rest = rig.array.membrane(0, 10);
        double peak = 0;
        for (long h = 100; h < 5000; h += 20) {
            double excursion = rig.array.membrane(0, h) - rest;
            peak = Math.abs(excursion) > Math.abs(peak) ? excursion : peak;
        }
        return peak;
    }

    @Test
    @DisplayName("spikes of an adapting neuron come at growing intervals; without pulses they are regular")
    void adaptation() {
        long[] adapting = intervals(true);
        long[] plain = intervals(false);
        assertThat(adapting[3]).isGreaterThan(adapting[0] + 100);
        assertThat(plain[3]).isCloseTo(plain[1], within(2L));
    }

    private static long[] intervals(boolean pulses) {
        CircuitBench bench = single().bit(0, 2, 2, true).bit(0, 3, 0, true);
        bench.cell(0, 22, 700).cell(0, 5, 466).cell(0, 18, 100).cell(0, 20, 1022);
        bench.common[0][0] |= 11 << 16;
        if (pulses) {
            bench.backend[0][2] |= 1 << 6;
        }
        long[] times = new MembraneRig(Fidelity.NOMINAL, 1, bench).run(60_000).times(0);
        long[] intervals = new long[times.length - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = times[i + 1] - times[i];
        }
        return intervals;
    }

    @Test
    @DisplayName("A-13 the amplifier shows the adaptation: its leak potential, lifted by each spike")
    void adaptationReadout() {
        long first = driven().run(20_000).times(0)[0];
        // 0.5 nA for 128·8 ns over 25 nS
        double jump = 0.5e-9 * 1.024 / 25e-9;
        MembraneRig again = driven();
        assertThat(again.array.readout().volt(0, 0, 0)).isCloseTo(CircuitBench.LEAK_V, within(1e-9));
        again.run(first + 1);
        assertThat(again.array.readout().volt(0, first, 0.5)).isCloseTo(CircuitBench.LEAK_V + jump, within(1e-5));
    }

    /** An adapting neuron without sub-threshold adaptation whose readout shows it, driven from 0 on. */
    private static MembraneRig driven() {
        CircuitBench bench = adex().bit(0, 1, 5, true).bit(0, 1, 6, true);
        bench.cell(0, 19, 0).cell(0, 22, 600);
        return new MembraneRig(Fidelity.NOMINAL, 1, bench).change(0, 0, () -> bench.bit(0, 3, 0, true));
    }

    @Test
    @DisplayName("a membrane that runs away without a comparator stops at the rail; at rest it is not stepped any more")
    void railsAndRest() {
        CircuitBench bench = adex().bit(0, 4, 3, false).bit(0, 3, 0, true).cell(0, 22, 1022);
        MembraneRig rig = new MembraneRig(Fidelity.NOMINAL, 1, bench).run(10_000);
        assertThat(rig.array.membrane(0, 10_000)).isBetween(1.37, 1.4);
        assertThat(rig.firings).isEmpty();

        MembraneRig quiet = new MembraneRig(Fidelity.NOMINAL, 1, adex());
        quiet.run(1_000_000);
        double rest = quiet.array.membrane(0, 1_000_000);
        assertThat(quiet.array.membrane(0, 1_000_000_000)).isEqualTo(rest);
        assertThat(quiet.array.nextFiring()).isEqualTo(Long.MAX_VALUE);
    }
}
