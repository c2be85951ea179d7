package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronArrayTest {
    private static final double HALF_TICK_S = 4e-9;
    private static final long MICROSECOND = 250;
    private static final TransferLaws LAWS = TransferLaws.NOMINAL;

    private static CircuitBench single(int circuit) {
        return new CircuitBench().shared().single(circuit);
    }

    private static MembraneRig nominal(CircuitBench bench) {
        return new MembraneRig(Fidelity.NOMINAL, 1, bench);
    }

    @Test
    @DisplayName("A-02 worked example: two events of weight 63 stay silent, three fire at 3.81 µs")
    void workedExample() {
        MembraneRig two =
                nominal(single(0)).event(0, 0, 0, 63).event(0, 0, 0, 63).run(100_000);
        MembraneRig three = nominal(single(0));
        for (int k = 0; k < 3; k++) {
            three.event(0, 0, 0, 63);
        }
        three.run(4000);

        assertThat(two.firings).isEmpty();
        assertThat(three.times(0)).hasSize(1);
        assertThat(three.times(0)[0] * HALF_TICK_S * 1e6).isCloseTo(3.80942, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("A-03 spikes equal a stepped reference within 2 ns, two circuits with four time constants")
    void equalsSteppedReference(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitBench bench = new CircuitBench().shared().published(10);
        int[] tauCode = new int[4];
        for (int k = 0; k < 4; k++) {
            tauCode[k] = seed % 2 == 0 ? 512 : 300 + random.nextInt(500);
            bench.cell(10 + k / 2, k % 2 == 0 ? 10 : 14, tauCode[k]);
        }
        bench.refractory(10, 30, 15, false);
        double[] tau = new double[4];
        for (int k = 0; k < 4; k++) {
            tau[k] = LAWS.synapticTauSeconds(tauCode[k], true, false);
        }
        SteppedReference reference = new SteppedReference(1e-9, tau);
        double active = LAWS.conductanceSiemens(160, false, false, false);
        double passive = LAWS.conductanceSiemens(0, true, false, false);
        reference.c = LAWS.capacitanceFarad(63) + LAWS.capacitanceFarad(0);
        reference.g = active + passive;
        reference.rest = CircuitBench.LEAK_V;
        reference.reset = CircuitBench.RESET_V;
        reference.threshold = CircuitBench.THRESHOLD_V;
        reference.clampS = 29 * 32 * HALF_TICK_S;
        reference.refractoryS = 30 * 32 * HALF_TICK_S;
        MembraneRig rig = nominal(bench);
        Map<Long, List<double[]>> events = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            long h = 2L * random.nextInt(4000);
            int line = random.nextInt(3) == 0 ? 1 + 2 * random.nextInt(2) : 2 * random.nextInt(2);
            int weight = random.nextInt(64);
            rig.event(h, 10 + line / 2, line % 2, weight);
            double ampere = LAWS.eventAmpere(weight, 728, 1000) * (line % 2 == 0 ? 1 : -1);
            events.computeIfAbsent(4 * h, k -> new ArrayList<>()).add(new double[] {line, ampere});
        }

        List<Double> expected = reference.run(60e-6, events);
        rig.run(15_000);

        assertThat(rig.times(10)).as("seed " + seed).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            double tick = expected.get(i) / HALF_TICK_S;
            assertThat((double) rig.times(10)[i])
                    .as("seed " + seed + ", spike " + i)
                    .isBetween(tick - 0.5, tick + 1.5);
        }
        assertThat(expected).as("seed " + seed).isNotEmpty();
        assertThat(rig.array.membrane(11, 15_000)).isCloseTo(reference.v, within(5e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @DisplayName("A-05 what a node was reached by before it was at rest and changed leaves no trace, to the last bit")
    void forgetsLinesThatWereReachedBefore(int earlier) {
        long later = 100_000;
        MembraneRig touched = nominal(new CircuitBench().shared().published(10));
        MembraneRig untouched = nominal(new CircuitBench().shared().published(10));
        SynapticFan[] fans = new SynapticFan[4];
        for (MembraneRig rig : List.of(touched, untouched)) {
            for (int k = 0; k < 4; k++) {
                int[] synapse = {256 * (k % 2) + 10 + k / 2};
                fans[k] = rig.array.fan(
                        new int[] {10 + k / 2},
                        new byte[] {(byte) (k % 2)},
                        new byte[] {(byte) (63 - 48 * (k % 2))},
                        synapse);
            }
            if (rig == touched) {
                rig.pulse(0, fans[earlier]);
            }
            rig.write(later - 10_000, 10, 2, 281);
            for (int k = 0; k < 12; k++) {
                rig.pulse(later + 50 * k, fans[7 * k % 4]);
            }
            rig.pulse(later + 700, fans[0]).pulse(later + 710, fans[2]).pulse(later + 720, fans[0]);
            rig.run(later + 1500);
        }

        assertThat(touched.array.membrane(10, later + 1500)).isEqualTo(untouched.array.membrane(10, later + 1500));
        assertThat(touched.times(10)).isEqualTo(untouched.times(10)).isNotEmpty();
    }

    @Test
    @DisplayName("A-04 order of events within a tick has no effect on V, to the last bit")
    void orderWithinATick() {
        for (Fidelity fidelity : Fidelity.values()) {
            MembraneRig forward = new MembraneRig(fidelity, 3, single(0));
            MembraneRig backward = new MembraneRig(fidelity, 3, single(0));
            for (int k = 0; k < 9; k++) {
                forward.event(10, 0, k % 2, 3 + k);
                backward.event(10, 0, (8 - k) % 2, 11 - k);
            }
            forward.run(100);
            backward.run(100);

            assertThat(forward.array.membrane(0, 600)).isEqualTo(backward.array.membrane(0, 600));
        }
    }

    @Test
    @DisplayName("A-05 lazy advance equals eager advance within 1e-12 V")
    void lazyEqualsEager() {
        MembraneRig lazy = nominal(single(7)).event(0, 7, 0, 40).event(900, 7, 1, 20);
        MembraneRig eager = nominal(single(7)).event(0, 7, 0, 40).event(900, 7, 1, 20);
        for (long h = 3; h < 9000; h += 101) {
            // leaves the words as they are for the solution, and makes the node stop at h
            eager.change(h, 7, () -> eager.bench.bit(7, 2, 0, eager.bench.config[7][2] % 2 == 0));
        }
        lazy.run(10_000);
        eager.run(10_000);

        for (long h = 9000; h < 10_000; h += 97) {
            assertThat(eager.array.membrane(7, h)).isCloseTo(lazy.array.membrane(7, h), within(1e-12));
        }
    }

    @Test
    @DisplayName("A-06 leak over threshold: period T_ref + tau_m ln((V_inf - V_r)/(V_inf - V_th)) within 8 ns")
    void leakOverThreshold() {
        CircuitBench bench = single(100).cell(100, 0, 700);
        MembraneRig rig = nominal(bench).run(100_000);
        double tauM = LAWS.capacitanceFarad(63) / LAWS.conductanceSiemens(153, false, false, false);
        double leak = LAWS.leakVolt(700);
        double period = 126 * 32 * HALF_TICK_S
                - 32 * HALF_TICK_S
                + tauM * Math.log((leak - CircuitBench.RESET_V) / (leak - CircuitBench.THRESHOLD_V));

        long[] times = rig.times(100);
        assertThat(times.length).isGreaterThan(10);
        for (int i = 1; i < times.length; i++) {
            assertThat((times[i] - times[i - 1]) * HALF_TICK_S).isCloseTo(period, within(8e-9));
        }
        assertThat(rig.array.atRest(1_000_000_000L)).isFalse();
    }

    @Test
    @DisplayName("A-07 no two spikes closer than T_ref; the membrane is at reset until the hold-off, and free in it")
    void refractory() {
        CircuitBench bench = single(0).cell(0, 0, 1022).refractory(0, 100, 3, false);
        MembraneRig rig = nominal(bench).run(60_000);
        long[] times = rig.times(0);

        assertThat(times.length).isGreaterThan(5);
        for (int i = 1; i < times.length; i++) {
            assertThat(times[i] - times[i - 1]).isGreaterThanOrEqualTo(100 * 32);
        }
        long last = times[times.length - 1];
        MembraneRig again =
                nominal(single(0).cell(0, 0, 1022).refractory(0, 100, 3, false)).run(last + 1);
        assertThat(again.array.membrane(0, last + 74 * 32)).isEqualTo(CircuitBench.RESET_V);
        assertThat(again.array.membrane(0, last + 76 * 32)).isGreaterThan(CircuitBench.RESET_V + 0.01);
        assertThat(again.array.refractoryTooShort(0)).isFalse();
        assertThat(nominal(single(0).refractory(0, 10, 0, false)).array.refractoryTooShort(0))
                .isTrue();
    }

    @Test
    @DisplayName("A-07 a clamp shorter than 5 tau_reset leaves a part of the excursion")
    void shortClamp() {
        CircuitBench driven = single(0).refractory(0, 4, 15, true);
        driven.common[0][0] = 0xF005 & ~0xF00 | 5 << 8;
        MembraneRig fires = nominal(driven);
        for (int k = 0; k < 5; k++) {
            fires.event(0, 0, 0, 63);
        }
        fires.run(1000);
        long spike = fires.times(0)[0];
        double after = fires.array.membrane(0, spike + 180);

        double elapsed = 3 * 64 * HALF_TICK_S;
        double left = (CircuitBench.THRESHOLD_V - CircuitBench.RESET_V) * Math.exp(-elapsed / 0.5e-6);
        assertThat(after - CircuitBench.RESET_V).isCloseTo(left, within(0.15 * left));
    }

    @Test
    @DisplayName("A-08 a merged pair with C 0 in one half equals a single circuit with C + 0.1 pF and both inputs")
    void mergedPair() {
        CircuitBench bench = single(20).single(21).capacitor(21, 0).bit(20, 5, 3, true);
        bench.bit(20, 4, 3, false).bit(21, 4, 3, false).cell(21, 8, 0);
        MembraneRig pair = nominal(bench);
        double c = LAWS.capacitanceFarad(63) + 0.1e-12;
        double g = LAWS.conductanceSiemens(153, false, false, false) + LAWS.conductanceSiemens(0, false, false, false);
        double tauS = LAWS.synapticTauSeconds(512, true, false);
        double expected = CircuitBench.LEAK_V;
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 12; i++) {
            long h = 2L * random.nextInt(800);
            int weight = 20 + random.nextInt(30);
            int line = i % 3 == 0 ? 1 : 0;
            pair.event(h, 20 + i % 2, line, weight);
            double ampere = LAWS.eventAmpere(weight, 500, 1000) * (line == 0 ? 1 : -1);
            expected += ampere / c * Kinetics.rise((2500 - h) * HALF_TICK_S, c / g, tauS);
        }
        pair.run(2500);

        assertThat(pair.array.membrane(20, 2500)).isCloseTo(expected, within(1e-12));
        assertThat(pair.array.membrane(21, 2500)).isEqualTo(pair.array.membrane(20, 2500));
    }

    @Test
    @DisplayName("A-11 jitter of a repeated stimulus has σ in 0.10..0.18 µs in varied and 0 in nominal")
    void jitter() {
        assertThat(spread(Fidelity.NOMINAL)).isLessThan(1e-12);
        assertThat(spread(Fidelity.VARIED_RESIDUAL)).isBetween(0.09e-6, 0.19e-6);
    }

    private static double spread(Fidelity fidelity) {
        MembraneRig rig = new MembraneRig(fidelity, 5, single(0));
        rig.array.programStart(3, 0);
        long window = 200 * MICROSECOND;
        for (int k = 1; k <= 1000; k++) {
            for (int i = 0; i < 4; i++) {
                rig.event(k * window, 0, 0, 63);
            }
        }
        rig.run(1001 * window);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (long h : rig.times(0)) {
            double t = h % window * HALF_TICK_S;
            sum += t;
            squares += t * t;
            count++;
        }
        assertThat(count).isEqualTo(1000);
        return Math.sqrt(Math.max(0, squares / count - sum / count * sum / count));
    }

    @Test
    @DisplayName("A-16 weight 0 has no effect; weight is linear in nominal, monotone in varied; R058")
    void weights() {
        for (Fidelity fidelity : List.of(Fidelity.NOMINAL, Fidelity.VARIED_FULL)) {
            double before = -1;
            double unit = 0;
            for (int w = 0; w < 64; w++) {
                MembraneRig rig = new MembraneRig(fidelity, 2, single(3));
                double rest = rig.array.membrane(3, 0);
                rig.event(0, 3, 0, w).run(1500);
                double lift = rig.array.membrane(3, 1500) - rest;
                if (w == 0 && fidelity == Fidelity.NOMINAL) {
                    assertThat(lift).isZero();
                }
                unit = w == 1 ? lift : unit;
                if (fidelity == Fidelity.NOMINAL) {
                    assertThat(lift).isCloseTo(w * unit, within(1e-12));
                }
                assertThat(lift).isGreaterThan(before);
                before = lift;
            }
        }
    }

    @Test
    @DisplayName("A-17 compression is set at an event and held to the next one of that line")
    void compressionIsHeld() {
        CircuitBench bench = single(0).bit(0, 4, 3, false);
        MembraneRig rig = new MembraneRig(Fidelity.VARIED_RESIDUAL, 9, bench);
        FixedPattern pattern = ChipModel.of(Fidelity.VARIED_RESIDUAL, 9).pattern();
        double start = rig.array.membrane(0, 0);
        for (int k = 0; k < 15; k++) {
            rig.event(0, 0, 0, 63);
        }
        rig.run(1000);

        double gm = 500 * pattern.synapticGm[0];
        double i = 15 * LAWS.eventAmpere(63 * pattern.weightFactor(0), gm, 1000 * pattern.dac[0]);
        double g = CompressionLaw.g(i / (4e-6 * gm / 1022));
        double c = LAWS.capacitanceFarad(63);
        double tauM = c / (LAWS.conductanceSiemens(153, false, false, false) * pattern.leakConductance[0]);
        double tauS = LAWS.synapticTauSeconds(512, true, false) * pattern.synapticTau[0];
        double s = 300 * HALF_TICK_S;
        double expected = start + g * i / c * Kinetics.rise(s, tauM, tauS);
        assertThat(g).isLessThan(0.85);
        assertThat(rig.array.membrane(0, 300)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOMINAL", "VARIED_RESIDUAL"})
    @DisplayName("A-19 a CapMem change becomes effective only after settling")
    void settling(String name) {
        Fidelity fidelity = Fidelity.valueOf(name);
        MembraneRig rig = new MembraneRig(fidelity, 4, single(0));
        double before = rig.array.membrane(0, 0);
        rig.write(1000, 0, 0, 400).run(1000 + 62_499);
        assertThat(rig.array.membrane(0, 1000 + 62_499)).isCloseTo(before, within(1e-9));

        rig.run(1000 + 62_500 * 40L);
        double half = rig.array.membrane(0, 1000 + 62_500 * 40L);
        rig.run(1000 + 62_500 * 80L + 100_000);
        double after = rig.array.membrane(0, 1000 + 62_500 * 80L + 100_000);

        double step = 1.58e-3 * (400 - 466);
        assertThat(after - before).isCloseTo(step, within(1e-9));
        double moved = fidelity == Fidelity.NOMINAL ? 0 : step * (1 - Math.exp(-39.0 / 8));
        assertThat(half - before).isCloseTo(moved, within(2e-6));
    }

    @Test
    @DisplayName("A-19 cells read 0 until the reference generator was reset")
    void referenceGate() {
        CircuitBench bench = single(0);
        bench.ready = false;
        MembraneRig rig = nominal(bench);
        assertThat(rig.array.membrane(0, 10)).isZero();

        rig.at(100, () -> {
            bench.ready = true;
            rig.array.referenceChanged(100);
        });
        rig.run(200_000);
        assertThat(rig.array.membrane(0, 200_000)).isCloseTo(CircuitBench.LEAK_V, within(1e-12));
    }

    @Test
    @DisplayName("A-23 draws depend on ordinal and time since the timer reset only, not on writes before it")
    void drawsDependOnProgramTime() {
        long[] plain = program(7, 0, 0);

        assertThat(program(7, 5, 0)).isEqualTo(plain);
        assertThat(program(7, 0, 12_346)).isEqualTo(plain);
        assertThat(program(8, 0, 0)).isNotEqualTo(plain);
    }

    private static long[] program(long ordinal, int writes, long later) {
        MembraneRig rig = new MembraneRig(Fidelity.VARIED_RESIDUAL, 11, single(0));
        rig.array.programStart(3, 0);
        rig.run(50);
        long start = 400_000;
        rig.at(start, () -> rig.array.programStart(ordinal, start));
        for (int k = 0; k < writes; k++) {
            rig.change(start + 10 + 4 * k, 0, () -> rig.bench.bit(0, 2, 0, rig.bench.config[0][2] % 2 == 0));
        }
        long zero = start + 250_000 + later;
        rig.at(zero, () -> rig.array.timerReset(zero));
        for (int k = 0; k < 20; k++) {
            for (int i = 0; i < 4; i++) {
                rig.event(zero + 25_000 + k * 50_000, 0, 0, 63);
            }
        }
        rig.run(zero + 2_000_000);
        return rig.firings.stream().mapToLong(f -> f.h() - zero).toArray();
    }

    @Test
    @DisplayName(
            "A-26 a node touched 24 max(tau) after its last event is at rest bit for bit; one tick earlier it is not")
    void rest() {
        CircuitBench bench = single(0);
        MembraneRig rig = nominal(bench).event(1000, 0, 0, 50).run(2000);
        long span = rig.array.restHalfTicks();
        double tauM = LAWS.capacitanceFarad(63) / LAWS.conductanceSiemens(153, false, false, false);

        assertThat(span).isEqualTo((long) Math.ceil(24 * tauM / HALF_TICK_S));
        assertThat(rig.array.membrane(0, 1000 + span))
                .isEqualTo(nominal(single(0)).array.membrane(0, 0));
        assertThat(rig.array.atRest(1000 + span)).isTrue();
        assertThat(rig.array.atRest(1000 + span - 2)).isFalse();
        double almost = rig.array.membrane(0, 1000 + span - 2);
        assertThat(almost)
                .isNotEqualTo(rig.array.membrane(0, 1000 + span))
                .isCloseTo(CircuitBench.LEAK_V, within(1e-9));
    }

    @Test
    @DisplayName("A-27 with weights that cannot reach the threshold the queue stays empty over 1000 events")
    void queueStaysEmpty() {
        for (Fidelity fidelity : Fidelity.values()) {
            MembraneRig rig = new MembraneRig(fidelity, 6, single(0));
            SplittableRandom random = new SplittableRandom(6);
            for (int k = 0; k < 1000; k++) {
                rig.event(100 + 2L * random.nextInt(2_000_000), 0, random.nextInt(2), 1 + random.nextInt(6));
            }
            rig.run(5_000_000);

            assertThat(rig.largestQueue).as(fidelity.toString()).isZero();
            assertThat(rig.firings).isEmpty();
        }
    }

    @Test
    @DisplayName("R041 bypass: each excitatory event with weight above 0 makes one spike, without a comparator")
    void bypass() {
        CircuitBench bench = single(5).bit(5, 4, 3, false).bit(5, 4, 7, true);
        MembraneRig rig = nominal(bench)
                .event(100, 5, 0, 1)
                .event(200, 5, 0, 63)
                .event(300, 5, 1, 20)
                .event(400, 5, 0, 0);
        rig.run(1000);

        assertThat(rig.times(5)).containsExactly(101, 201);
    }

    @Test
    @DisplayName("R039 an artificial spike resets the membrane, and needs enable_fire")
    void forcedSpike() {
        MembraneRig rig = nominal(single(5).cell(5, 1, 600));
        rig.at(100, () -> rig.array.forceFire(5, 100));
        rig.run(1000);
        assertThat(rig.times(5)).containsExactly(101);
        assertThat(rig.array.membrane(5, 1000)).isEqualTo(LAWS.resetVolt(600));

        MembraneRig off = nominal(single(5).bit(5, 4, 2, false));
        off.at(100, () -> off.array.forceFire(5, 100));
        assertThat(off.run(1000).firings).isEmpty();
    }

    @Test
    @DisplayName("R055 without the column current switches no event moves a membrane")
    void columnSwitches() {
        CircuitBench bench = single(5);
        bench.current[5][0] = false;
        MembraneRig rig = nominal(bench).event(0, 5, 0, 63).run(1000);
        assertThat(rig.array.membrane(5, 1000)).isEqualTo(rig.array.membrane(5, 0));

        rig.change(1000, 5, () -> bench.current[5][0] = true)
                .event(1002, 5, 0, 63)
                .run(3000);
        assertThat(rig.array.membrane(5, 3000)).isGreaterThan(CircuitBench.LEAK_V + 0.05);
    }

    @Test
    @DisplayName("merging and splitting circuits while they run shares the charge and loses none")
    void regrouping() {
        CircuitBench bench = single(40).single(41);
        MembraneRig rig = nominal(bench).event(0, 40, 0, 60).run(1500);
        double excursion = rig.array.membrane(40, 1500) - CircuitBench.LEAK_V;
        rig.change(1500, 40, () -> bench.bit(40, 5, 3, true)).run(1501);

        assertThat(rig.array.membrane(40, 1500)).isCloseTo(CircuitBench.LEAK_V + excursion / 2, within(1e-9));
        assertThat(rig.array.membrane(41, 1500)).isEqualTo(rig.array.membrane(40, 1500));
        rig.change(1600, 40, () -> bench.bit(40, 5, 3, false)).run(1700);
        assertThat(rig.array.membrane(41, 1700)).isLessThan(rig.array.membrane(40, 1700));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOMINAL", "VARIED_RESIDUAL", "VARIED_FULL"})
    @DisplayName("A-24 a window computed from rest, before the one in front of it, gives the bytes of the serial run")
    void windows(String name) {
        Fidelity fidelity = Fidelity.valueOf(name);
        // the largest time constant of an uncalibrated chip is longer
        long gap = fidelity == Fidelity.VARIED_FULL ? 150_000 : 60_000;
        MembraneRig serial = stimulated(fidelity, 0, 4, gap);
        serial.run(4 * gap);

        MembraneRig front = stimulated(fidelity, 0, 2, gap);
        MembraneRig back = stimulated(fidelity, 2, 4, gap);
        back.array = front.array.copyAtRest(gap);
        front.run(2 * gap);
        back.run(4 * gap);
        assertThat(front.array.leadsTo(back.array)).isTrue();
        front.array.adopt(back.array);

        List<MembraneRig.Firing> joined = new ArrayList<>(front.firings);
        joined.addAll(back.firings);
        assertThat(joined).isEqualTo(serial.firings).isNotEmpty();
        for (int circuit = 0; circuit < 16; circuit++) {
            assertThat(front.array.membrane(circuit, 4 * gap)).isEqualTo(serial.array.membrane(circuit, 4 * gap));
        }
    }

    private static MembraneRig stimulated(Fidelity fidelity, int from, int to, long gap) {
        CircuitBench bench = new CircuitBench().shared();
        for (int neuron = 0; neuron < 8; neuron++) {
            bench.published(2 * neuron);
        }
        MembraneRig rig = new MembraneRig(fidelity, 13, bench);
        rig.array.programStart(5, 0);
        rig.array.timerReset(100);
        for (int window = from; window < to; window++) {
            SplittableRandom random = new SplittableRandom(window);
            for (int k = 0; k < 150; k++) {
                long h = window * gap + 1000 + 2L * random.nextInt(1500);
                int line = random.nextInt(3) == 0 ? 1 : 0;
                rig.event(h, random.nextInt(16), line, random.nextInt(40));
            }
        }
        return rig;
    }
}
